"""The kiosk: one person at a time checks in by themselves, and sees no other name."""

from django.urls import path

from attendance.kiosk import views

app_name = "kiosk"
urlpatterns = [
    path("", views.here, name="here"),
    path("answers/", views.answers, name="answers"),
    path("thanks/", views.thanks, name="thanks"),
    path("leave/", views.leave, name="leave"),
    path("<uuid:program_id>/<uuid:session_id>/start/", views.start, name="start"),
]
