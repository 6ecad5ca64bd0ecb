"""The hours that the calendar offers, and the Matrix schedule."""

from django.urls import path

from groups.offering import views

app_name = "offering"
urlpatterns = [
    path("<uuid:program_id>/", views.offered, name="offered"),
    path("<uuid:program_id>/matrix/", views.matrix, name="matrix"),
]
