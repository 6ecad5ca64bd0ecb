"""The week calendar and the groups."""

from django.urls import path

from groups import views

app_name = "groups"
urlpatterns = [
    path("calendar/<uuid:program_id>/", views.calendar, name="calendar"),
    path("groups/<uuid:program_id>/", views.groups, name="groups"),
    path("groups/<uuid:program_id>/<uuid:group_id>/", views.group, name="group"),
]
