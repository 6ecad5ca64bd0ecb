"""One participant's whole record."""

from django.urls import path

from hours.record_export import views

app_name = "record"
urlpatterns = [
    path("<uuid:program_id>/<uuid:participant_id>/", views.record, name="record"),
    path("<uuid:program_id>/<uuid:participant_id>/record.pdf", views.as_pdf, name="pdf"),
    path("<uuid:program_id>/<uuid:participant_id>/record.json", views.as_json, name="json"),
    path("<uuid:program_id>/<uuid:participant_id>/fhir.json", views.as_fhir, name="fhir"),
]
