"""Alerts: whose they are, what can wait, and the week in numbers."""

from __future__ import annotations

from django.urls import path

from hours.alerting import views

ONE = "<uuid:program_id>/<uuid:alert_id>/"

app_name = "alerts"
urlpatterns = [
    path("<uuid:program_id>/", views.alerts, name="alerts"),
    path("<uuid:program_id>/digest/", views.digest, name="digest"),
    path(ONE, views.one, name="one"),
    path(ONE + "give/", views.give, name="give"),
    path(ONE + "take/", views.take, name="take"),
    path(ONE + "snooze/", views.snooze, name="snooze"),
    path(ONE + "wake/", views.wake, name="wake"),
]
