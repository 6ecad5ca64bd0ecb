"""Who has received which lesson, and who will."""

from django.urls import path

from attendance.coverage import views

PERSON = "<uuid:program_id>/person/<uuid:participant_id>/"

app_name = "coverage"
urlpatterns = [
    path("<uuid:program_id>/", views.program, name="program"),
    path("<uuid:program_id>/coverage.csv", views.csv, name="csv"),
    path("<uuid:program_id>/coverage.xlsx", views.xlsx, name="xlsx"),
    path("<uuid:program_id>/group/<uuid:group_id>/", views.group, name="group"),
    path("<uuid:program_id>/lesson/<uuid:lesson_id>/", views.lesson, name="lesson"),
    path("<uuid:program_id>/seat/<uuid:enrollment_id>/<uuid:session_id>/", views.book, name="book"),
    # one person
    path(PERSON, views.person, name="person"),
    path(PERSON + "waive/<uuid:lesson_id>/", views.waive, name="waive"),
    path(PERSON + "take-back/<uuid:waiver_id>/", views.take_back, name="take_back"),
]
