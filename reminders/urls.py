"""What went out, and what is due."""

from django.urls import path

from reminders import views

app_name = "reminders"
urlpatterns = [
    path("<uuid:program_id>/", views.outbox, name="outbox"),
]
