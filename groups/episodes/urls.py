"""An episode of care: the page, what changes it, and the words with people after it."""

from django.urls import path

from groups.episodes.views import changes, pages

app_name = "episodes"
ONE = "<uuid:program_id>/<uuid:enrollment_id>"
urlpatterns = [
    path("<uuid:program_id>/<uuid:participant_id>/", pages.episode, name="episode"),
    # after a discharge
    path("<uuid:program_id>/follow-ups/", pages.follow_ups, name="follow_ups"),
    path(
        "<uuid:program_id>/follow-ups/<uuid:follow_up_id>/",
        pages.follow_up,
        name="follow_up",
    ),
    # an episode ends, or goes on elsewhere
    path(f"{ONE}/discharge/", changes.discharge, name="discharge"),
    path(f"{ONE}/reverse/", changes.reverse, name="reverse"),
    path(f"{ONE}/transfer/", changes.transfer, name="transfer"),
    path(f"{ONE}/step-up/", changes.transfer, {"admission": "step_up"}, name="step_up"),
    path(f"{ONE}/step-down/", changes.transfer, {"admission": "step_down"}, name="step_down"),
    # before the first day
    path(f"{ONE}/put-off/", changes.put_off, name="put_off"),
    path(f"{ONE}/call-off/", changes.call_off, name="call_off"),
    # away for a while
    path(f"{ONE}/leave/", changes.begin_leave, name="begin_leave"),
    path(f"{ONE}/leave/<uuid:leave_id>/back/", changes.end_leave, name="end_leave"),
    path(f"{ONE}/leave/<uuid:leave_id>/longer/", changes.extend_leave, name="extend_leave"),
    path(f"{ONE}/leave/<uuid:leave_id>/call-off/", changes.call_off_leave, name="call_off_leave"),
]
