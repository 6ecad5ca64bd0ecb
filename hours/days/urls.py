"""Which days qualify, and if not, why: the page and its files."""

from django.urls import path

from hours.days import views

app_name = "days"
urlpatterns = [
    path("<uuid:program_id>/", views.days, name="days"),
    path("<uuid:program_id>/days.csv", views.export_csv, name="csv"),
    path("<uuid:program_id>/days.xlsx", views.export_xlsx, name="xlsx"),
]
