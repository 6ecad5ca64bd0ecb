"""Who is in a group, and who waits for a seat in it."""

from django.urls import path

from groups.joining import views

app_name = "joining"
urlpatterns = [
    path("<uuid:program_id>/<uuid:group_id>/", views.members, name="members"),
    # a group gets somebody
    path("<uuid:program_id>/<uuid:group_id>/join/", views.join, name="join"),
    path("<uuid:program_id>/<uuid:group_id>/wait/", views.wait, name="wait"),
    path("<uuid:program_id>/<uuid:group_id>/promote/", views.promote, name="promote"),
    # a place in a group changes
    path("<uuid:program_id>/move/<uuid:membership_id>/", views.move, name="move"),
    path("<uuid:program_id>/end/<uuid:membership_id>/", views.end, name="end"),
    path("<uuid:program_id>/put-off/<uuid:membership_id>/", views.put_off, name="put_off"),
    # a place in the line
    path(
        "<uuid:program_id>/stop-waiting/<uuid:place_id>/",
        views.stop_waiting,
        name="stop_waiting",
    ),
]
