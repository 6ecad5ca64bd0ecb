"""What is owed: records, signatures, notes and co-signatures that wait."""

from django.urls import path

from attendance.owed import views

app_name = "owed"
urlpatterns = [
    path("<uuid:program_id>/", views.owed, name="owed"),
]
