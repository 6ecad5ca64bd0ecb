"""Authorizations as a fuel gauge: the list, its files, one person's gauges, the review packet."""

from __future__ import annotations

from django.urls import path

from hours.fuel import views
from hours.fuel.packet import views as packet_views

PROGRAM = "<uuid:program_id>/"
EPISODE = PROGRAM + "packet/<uuid:enrollment_id>/"

app_name = "fuel"
urlpatterns = [
    path(PROGRAM, views.fuel, name="fuel"),
    path(PROGRAM + "authorizations.csv", views.export_csv, name="csv"),
    path(PROGRAM + "authorizations.xlsx", views.export_xlsx, name="xlsx"),
    path(PROGRAM + "person/<uuid:participant_id>/", views.person, name="person"),
    path(EPISODE, packet_views.packet, name="packet"),
    path(EPISODE + "packet.pdf", packet_views.packet_pdf, name="packet_pdf"),
]
