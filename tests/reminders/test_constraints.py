"""What the database refuses about reminders."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from programs.models import Enrollment
from reminders.models import Reminder
from tests import build
from tests.build import MONDAY, NOW
from tests.refusals import explains, refused

pytestmark = pytest.mark.django_db

SENT = {"status": "sent", "claimed_at": NOW, "sent_at": NOW}


@pytest.fixture
def enrollment() -> Enrollment:
    return build.an_enrollment()


def a_reminder(enrollment: Enrollment, **fields: Any) -> Reminder:
    given = {"for_on": MONDAY, "due_at": NOW, "program": enrollment.program}
    return Reminder.objects.create(participant=enrollment.participant, **{**given, **fields})


def test_one_per_participant_day_and_channel(enrollment: Enrollment):
    a_reminder(enrollment, status="withdrawn")
    a_reminder(enrollment, channel="sms")
    a_reminder(enrollment, for_on=MONDAY + timedelta(days=1))
    a_reminder(build.an_enrollment())
    with refused("reminder_once_a_day"):
        a_reminder(enrollment)
    again = Reminder(
        participant=enrollment.participant,
        program=enrollment.program,
        for_on=MONDAY,
        due_at=NOW,
    )
    explains(again, "reminder_once_a_day")


@pytest.mark.parametrize(
    ("field", "constraint"),
    [
        ("channel", "reminder_channel_known"),
        ("status", "reminder_status_known"),
        ("failure", "reminder_failure_known"),
    ],
)
def test_choices_are_known(enrollment: Enrollment, field: str, constraint: str):
    reminder = a_reminder(enrollment)
    explains(reminder, constraint, **{field: "owl"})
    reminder = a_reminder(build.an_enrollment())
    moved = {"failure": {"status": "failed"}}.get(field, {})
    with refused(constraint):
        # A status nobody knows tells no story either: which of the two speaks is by name.
        Reminder.objects.filter(pk=reminder.pk).update(**{field: "owl", **moved})


STORIES = [
    {"status": "planned"},
    {"status": "withdrawn"},
    {"status": "claimed", "claimed_at": NOW},
    SENT,
    {"status": "failed", "failure": "too_late"},
    {"status": "failed", "failure": "address_refused", "claimed_at": NOW},
]
CONTRADICTIONS = [
    {"status": "planned", "claimed_at": NOW},
    {"status": "planned", "failure": "too_late"},
    {"status": "withdrawn", "sent_at": NOW, "claimed_at": NOW},
    {"status": "claimed"},
    {**SENT, "claimed_at": None},
    {"status": "sent", "claimed_at": NOW},
    {**SENT, "failure": "too_late"},
    {"status": "failed"},
    {**SENT, "status": "failed", "failure": "too_late"},
]


@pytest.mark.parametrize("story", STORIES)
def test_a_story_that_holds_together(enrollment: Enrollment, story: dict):
    a_reminder(enrollment, **story)


@pytest.mark.parametrize("story", CONTRADICTIONS)
def test_a_story_that_does_not(enrollment: Enrollment, story: dict):
    with refused("reminder_tells_one_story"):
        a_reminder(enrollment, **story)
    explains(a_reminder(enrollment), "reminder_tells_one_story", **story)


def test_sent_is_after_claimed(enrollment: Enrollment):
    earlier = NOW - timedelta(minutes=1)
    with refused("reminder_sent_after_claimed"):
        a_reminder(enrollment, **{**SENT, "sent_at": earlier})
    explains(a_reminder(enrollment, **SENT), "reminder_sent_after_claimed", sent_at=earlier)


def test_its_history_is_kept(enrollment: Enrollment):
    reminder = a_reminder(enrollment)
    Reminder.objects.filter(pk=reminder.pk).update(status="withdrawn")
    assert list(reminder.events.order_by("pgh_id").values_list("status", flat=True)) == [
        "planned",
        "withdrawn",
    ]
