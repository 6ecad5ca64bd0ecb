"""Closing a week: what was concluded, and what was corrected since."""

from __future__ import annotations

from django.urls import path

from hours.concluding import views

app_name = "concluding"
urlpatterns = [
    path("<uuid:program_id>/<str:week_on>/close/", views.close, name="close"),
]
