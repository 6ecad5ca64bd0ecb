"""Weekly hours: the board, and its rows as files."""

from django.urls import path

from hours import views

app_name = "hours"
urlpatterns = [
    path("", views.boards, name="boards"),
    path("<uuid:program_id>/", views.board, name="board"),
    path("<uuid:program_id>/export.csv", views.export, name="export"),
    path("<uuid:program_id>/export.xlsx", views.export_xlsx, name="export_xlsx"),
    path("<uuid:program_id>/export.pdf", views.export_pdf, name="export_pdf"),
]
