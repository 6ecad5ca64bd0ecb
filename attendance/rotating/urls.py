"""The pages on which a group's lessons are planned."""

from django.urls import path

from attendance.rotating import views

app_name = "rotation"
urlpatterns = [
    path("<uuid:program_id>/", views.rotations, name="rotations"),
    # /rotation/<program>/<group>/
    path("<uuid:program_id>/<uuid:group_id>/", views.rotation, name="rotation"),
    path("<uuid:program_id>/<uuid:group_id>/start/", views.start, name="start"),
    path("<uuid:program_id>/<uuid:group_id>/order/", views.order, name="order"),
    path("<uuid:program_id>/<uuid:group_id>/<uuid:session_id>/", views.lessons, name="lessons"),
]
