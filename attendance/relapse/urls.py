"""The relapse prevention plan."""

from django.urls import path

from attendance.relapse import views

app_name = "relapse"
PERSON = "<uuid:program_id>/<uuid:participant_id>/"
urlpatterns = [
    # relapse/<program>/<participant>/
    path(PERSON, views.plan, name="plan"),
    path(f"{PERSON}edit/", views.edit, name="edit"),
    path(f"{PERSON}version/<uuid:plan_id>/", views.version, name="version"),
    path(f"{PERSON}paper/<str:language>/", views.paper, name="paper"),
]
