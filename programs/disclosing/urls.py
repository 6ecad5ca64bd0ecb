"""What left the clinic: stated before, recorded after, accounted for."""

from django.urls import path

from programs.disclosing import views

app_name = "disclosures"
urlpatterns = [
    path("<uuid:program_id>/", views.disclosures, name="disclosures"),
    path("<uuid:program_id>/person/<uuid:participant_id>/", views.person, name="person"),
    path(
        "<uuid:program_id>/person/<uuid:participant_id>/accounting.pdf",
        views.accounting,
        name="accounting",
    ),
]
