"""How long records are kept, and which must not be destroyed."""

from django.urls import path

from programs.retaining import views

app_name = "retention"
urlpatterns = [
    path("<uuid:program_id>/", views.retention, name="retention"),
    path("<uuid:program_id>/<uuid:participant_id>/", views.person, name="person"),
    path("<uuid:program_id>/<uuid:participant_id>/<uuid:hold_id>/lift/", views.lift, name="lift"),
]
