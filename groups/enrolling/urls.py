"""Enrolling someone: program, groups, dates, consent."""

from django.urls import path

from groups.enrolling import views

app_name = "enroll"
urlpatterns = [
    path("<uuid:program_id>/", views.enroll, name="enroll"),
]
