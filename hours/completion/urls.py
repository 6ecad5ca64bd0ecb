"""Whether somebody has completed the program, and the certificate."""

from django.urls import path

from hours.completion import views

app_name = "completion"
urlpatterns = [
    path("<uuid:program_id>/", views.everyone, name="everyone"),
    path("<uuid:program_id>/<uuid:participant_id>/", views.completion, name="completion"),
    path(
        "<uuid:program_id>/<uuid:participant_id>/<uuid:episode_id>/certificate/",
        views.issue,
        name="issue",
    ),
    path(
        "<uuid:program_id>/certificate/<uuid:certificate_id>/<str:language>/",
        views.certificate,
        name="certificate",
    ),
]
