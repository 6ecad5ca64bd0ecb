"""The skills diary."""

from django.urls import path

from attendance.diary import views

app_name = "diary"
PERSON = "<uuid:program_id>/<uuid:participant_id>/"
urlpatterns = [
    # diary/<program>/<participant>/
    path(PERSON, views.diary, name="diary"),
    path(f"{PERSON}enter/", views.enter, name="enter"),
    path(f"{PERSON}card/", views.card, name="card"),
    path(f"{PERSON}<uuid:use_id>/withdraw/", views.withdraw, name="withdraw"),
]
