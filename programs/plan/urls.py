"""The plan of care of one person's episode."""

from django.urls import path

from programs.plan import views

PERSON = "<uuid:program_id>/<uuid:participant_id>/"
EPISODE = PERSON + "<uuid:episode_id>/"
CERTIFICATION = EPISODE + "certifications/<uuid:certification_id>/"
DETERMINATION = EPISODE + "determinations/<uuid:determination_id>/"

app_name = "plan"
urlpatterns = [
    path(PERSON, views.plan, name="plan"),
    path(EPISODE + "admission/", views.admission, name="admission"),
    path(EPISODE + "orders/new/", views.new_order, name="new_order"),
    # goals
    path(EPISODE + "goals/new/", views.new_goal, name="new_goal"),
    path(EPISODE + "goals/<uuid:goal_id>/close/", views.close_goal, name="close_goal"),
    path(EPISODE + "goals/<uuid:goal_id>/reopen/", views.reopen_goal, name="reopen_goal"),
    # what a physician signs
    path(EPISODE + "certifications/new/", views.new_certification, name="new_certification"),
    path(CERTIFICATION + "withdraw/", views.withdraw_certification, name="withdraw_certification"),
    path(EPISODE + "determinations/new/", views.new_determination, name="new_determination"),
    path(DETERMINATION + "withdraw/", views.withdraw_determination, name="withdraw_determination"),
]
