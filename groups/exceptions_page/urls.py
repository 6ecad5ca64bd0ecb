"""The list of overridden warnings, and their review."""

from django.urls import path

from groups.exceptions_page import views

app_name = "exceptions"
urlpatterns = [
    path("<uuid:program_id>/", views.exceptions, name="exceptions"),
    path("<uuid:program_id>/<uuid:exception_id>/review/", views.review, name="review"),
]
