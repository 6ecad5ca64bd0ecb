"""People, and one participant."""

from django.urls import path

from hours.people import views

app_name = "people"
urlpatterns = [
    path("<uuid:program_id>/", views.people, name="people"),
    path("<uuid:program_id>/<uuid:participant_id>/", views.participant, name="participant"),
]
