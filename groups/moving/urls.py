"""One session of the calendar, and what can be done with it."""

from django.urls import path

from groups.moving import views

app_name = "moving"
urlpatterns = [
    path("<uuid:program_id>/add/", views.add, name="add"),
    path("<uuid:program_id>/undo/<uuid:change_id>/", views.undo, name="undo"),
    path("<uuid:program_id>/<uuid:session_id>/", views.session, name="session"),
    path("<uuid:program_id>/<uuid:session_id>/move/", views.move, name="move"),
    path("<uuid:program_id>/<uuid:session_id>/cancel/", views.cancel, name="cancel"),
    path("<uuid:program_id>/<uuid:session_id>/reinstate/", views.reinstate, name="reinstate"),
    path("<uuid:program_id>/<uuid:session_id>/combine/", views.combine, name="combine"),
]
