"""The attendance sheet of one session."""

from django.urls import path

from attendance.sheet.views import absence, marking, news

app_name = "sheet"
ONE = "<uuid:program_id>/<uuid:session_id>/"
urlpatterns = [
    path(ONE, marking.sheet, name="sheet"),
    path(ONE + "walk-in/", marking.walk_in, name="walk_in"),
    path(ONE + "news/", news.news, name="news"),
    path(ONE + "absence/<uuid:participant_id>/", absence.absence, name="absence"),
]
