"""The attendance sheet and the signed session on paper."""

from django.urls import path

from attendance.papers import views

app_name = "papers"
urlpatterns = [
    path("<uuid:program_id>/<uuid:session_id>/sheet.pdf", views.sheet, name="sheet"),
    path("<uuid:program_id>/<uuid:session_id>/session.pdf", views.session, name="session"),
    path(
        "<uuid:program_id>/<uuid:session_id>/<uuid:participant_id>/session.pdf",
        views.person,
        name="person",
    ),
]
