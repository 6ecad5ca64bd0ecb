"""The notes of a session: written, signed, co-signed, added to; and one person's over time."""

from django.urls import path

from attendance.notes.views import reading, signing, writing

SESSION = "<uuid:program_id>/<uuid:session_id>/"

app_name = "notes"
urlpatterns = [
    path("person/<uuid:program_id>/<uuid:participant_id>/", reading.of_person, name="of_person"),
    path(SESSION, writing.notes, name="notes"),
    path(SESSION + "group/", writing.group, name="group"),
    path(SESSION + "sign/", signing.sign, name="sign"),
    path(SESSION + "cosign/", signing.cosign, name="cosign"),
    path(SESSION + "addendum/", signing.addendum, name="addendum"),
    path(SESSION + "<uuid:participant_id>/", writing.person, name="person"),
]
