"""A correction of a signed record, and what it changes in the week."""

from django.urls import path

from hours.amending import views

app_name = "amending"
urlpatterns = [
    path("<uuid:program_id>/<uuid:session_id>/", views.left_out, name="left_out"),
    path("<uuid:program_id>/<uuid:session_id>/<uuid:participant_id>/", views.amend, name="amend"),
]
