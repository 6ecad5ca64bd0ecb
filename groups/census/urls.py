"""The census of a program on a day, and its rows as a file."""

from django.urls import path

from groups.census import views

app_name = "census"
urlpatterns = [
    path("<uuid:program_id>/", views.census, name="census"),
    path("<uuid:program_id>/census.csv", views.export_csv, name="csv"),
    path("<uuid:program_id>/census.xlsx", views.export_xlsx, name="xlsx"),
]
