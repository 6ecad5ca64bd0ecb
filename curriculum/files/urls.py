"""The library as CSV, out and in."""

from django.urls import path

from curriculum.files import views

app_name = "curriculum_files"
urlpatterns = [
    path("<uuid:program_id>/", views.files, name="files"),
    path("<uuid:program_id>/curriculum.csv", views.curriculum, name="curriculum"),
]
