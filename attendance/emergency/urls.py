"""A record opened in an emergency: for a reason, for an hour, and reviewed."""

from django.urls import path

from attendance.emergency import views

app_name = "emergency"
urlpatterns = [
    path("<uuid:program_id>/open/", views.find, name="find"),
    path("<uuid:program_id>/open/<uuid:participant_id>/", views.ask, name="ask"),
    path("<uuid:program_id>/record/<uuid:access_id>/", views.record, name="record"),
    path("<uuid:program_id>/record/<uuid:access_id>/close/", views.close, name="close"),
    path("<uuid:program_id>/", views.review, name="review"),
]
