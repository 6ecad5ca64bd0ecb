"""What left the clinic: a program's list, and one person's."""

from django.urls import path

from programs.disclosing import views

app_name = "disclosures"
urlpatterns = [
    path("<uuid:program_id>/", views.disclosures, name="disclosures"),
    path("<uuid:program_id>/person/<uuid:participant_id>/", views.person, name="person"),
]
