"""What a program's sessions taught, as a file."""

from django.urls import path

from attendance.taught_file import views

app_name = "taught_file"
urlpatterns = [
    path("<uuid:program_id>/lessons.csv", views.lessons, name="lessons"),
]
