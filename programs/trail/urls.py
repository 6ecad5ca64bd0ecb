"""The audit trail, read: who looked at whom, who did what, and what stands out."""

from django.urls import path

from programs.trail import views

app_name = "trail"
urlpatterns = [
    path("<uuid:program_id>/", views.trail, name="trail"),
    path("<uuid:program_id>/person/<uuid:participant_id>/", views.person, name="person"),
    path(
        "<uuid:program_id>/person/<uuid:participant_id>/trail.csv",
        views.person_csv,
        name="person_csv",
    ),
    path("<uuid:program_id>/colleague/<uuid:user_id>/", views.colleague, name="colleague"),
    path(
        "<uuid:program_id>/colleague/<uuid:user_id>/trail.csv",
        views.colleague_csv,
        name="colleague_csv",
    ),
]
