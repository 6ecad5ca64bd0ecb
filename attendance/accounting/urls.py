"""The accounting of disclosures, below the page of what left about a person."""

from django.urls import path

from attendance.accounting import views

app_name = "accounting"
urlpatterns = [
    path(
        "<uuid:program_id>/person/<uuid:participant_id>/accounting.pdf",
        views.accounting,
        name="accounting",
    ),
]
