"""Who a participant is, and how they are reached."""

from django.urls import path

from programs.profile import views

app_name = "profile"
urlpatterns = [
    path("<uuid:program_id>/<uuid:participant_id>/", views.profile, name="profile"),
    path("<uuid:program_id>/<uuid:participant_id>/edit/", views.edit, name="edit"),
]
