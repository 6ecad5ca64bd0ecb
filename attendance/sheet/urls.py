"""The attendance sheet of one session."""

from django.urls import path

from attendance.sheet import views

app_name = "sheet"
urlpatterns = [
    path("<uuid:program_id>/<uuid:session_id>/", views.sheet, name="sheet"),
    path("<uuid:program_id>/<uuid:session_id>/walk-in/", views.walk_in, name="walk_in"),
]
