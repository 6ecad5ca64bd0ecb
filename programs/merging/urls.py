"""Two records of one person: who may be on record already, and what a director does about it."""

from django.urls import path

from programs.merging import views

app_name = "merging"
urlpatterns = [
    # while somebody is entered
    path("<uuid:program_id>/likely/", views.likely, name="likely"),
    # what was reported
    path("<uuid:program_id>/", views.duplicates, name="duplicates"),
    path("<uuid:program_id>/report/<uuid:report_id>/", views.settle, name="settle"),
    # from a person's page
    path("<uuid:program_id>/<uuid:participant_id>/also/", views.also, name="also"),
    path(
        "<uuid:program_id>/<uuid:participant_id>/merge/<uuid:other_id>/",
        views.merge,
        name="merge",
    ),
    path(
        "<uuid:program_id>/<uuid:participant_id>/unmerge/<uuid:record_id>/",
        views.unmerge,
        name="unmerge",
    ),
]
