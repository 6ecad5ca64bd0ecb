"""Getting back in touch with somebody who was missed."""

from django.urls import path

from attendance.outreach import views

ONE = "<uuid:program_id>/<uuid:outreach_id>/"

app_name = "outreach"
urlpatterns = [
    path("<uuid:program_id>/", views.outreach, name="outreach"),
    path(ONE, views.one, name="one"),
    path(ONE + "attempt/", views.attempt, name="attempt"),
    path(ONE + "hand-over/", views.hand_over, name="hand_over"),
    path(ONE + "close/", views.close, name="close"),
]
