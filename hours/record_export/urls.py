"""One participant's whole record, to read and for other systems."""

from django.urls import path

from hours.record_export import views

app_name = "record"
urlpatterns = [
    path("<uuid:program_id>/<uuid:participant_id>/", views.record, name="record"),
]
