"""Check-ins: how somebody arrives, how that goes over time, and who is not safe."""

from django.urls import path

from attendance.check_ins import views

app_name = "check_ins"
urlpatterns = [
    path("<uuid:program_id>/safety/", views.safety, name="safety"),
    path("<uuid:program_id>/safety/<uuid:alert_id>/", views.alert, name="alert"),
    path("<uuid:program_id>/person/<uuid:participant_id>/", views.over_time, name="over_time"),
    path(
        "<uuid:program_id>/<uuid:session_id>/<uuid:participant_id>/",
        views.check_in,
        name="check_in",
    ),
]
