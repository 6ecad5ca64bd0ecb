"""Enrolling someone: program, groups, dates, consent; and what is half filled in."""

from django.urls import path

from groups.enrolling import views

app_name = "enroll"
urlpatterns = [
    path("<uuid:program_id>/", views.enroll, name="enroll"),
    path("<uuid:program_id>/drafts/<uuid:draft_id>/", views.draft, name="draft"),
    path("<uuid:program_id>/drafts/<uuid:draft_id>/discard/", views.discard, name="discard"),
]
