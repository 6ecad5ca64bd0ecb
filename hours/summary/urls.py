"""The summary of an episode of care."""

from django.urls import path

from hours.summary import views

app_name = "summary"
urlpatterns = [
    path("<uuid:program_id>/<uuid:enrollment_id>/", views.discharge, name="discharge"),
]
