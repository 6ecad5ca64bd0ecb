"""The authorizations of one person's episode."""

from django.urls import path

from programs.authorizing import views

PERSON = "<uuid:program_id>/<uuid:participant_id>/"
EPISODE = PERSON + "<uuid:episode_id>/"

app_name = "authorizations"
urlpatterns = [
    path(PERSON, views.authorizations, name="authorizations"),
    path(EPISODE + "new/", views.new_authorization, name="new_authorization"),
    path(EPISODE + "<uuid:authorization_id>/", views.authorization, name="authorization"),
]
