"""What the database refuses about reminders."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from programs.models import Enrollment
from reminders.models import FAILURES, Reason, Reminder
from tests import build
from tests.build import MONDAY, NOW
from tests.build_reminders import a_reminder, a_reply
from tests.refusals import explains, refused

pytestmark = pytest.mark.django_db

CLAIMED = {"status": "claimed", "claimed_at": NOW}
SENT = {"status": "sent", "claimed_at": NOW, "sent_at": NOW}
LATER, EARLIER = NOW + timedelta(minutes=1), NOW - timedelta(minutes=1)
CHANGE = {"kind": "change", "round": 1}


@pytest.fixture
def enrollment() -> Enrollment:
    return build.an_enrollment()


def made(enrollment: Enrollment, **fields: Any) -> Reminder:
    return a_reminder(enrollment.participant, enrollment.program, **fields)


def response_to(enrollment: Enrollment, **fields: Any) -> Reminder:
    reply = a_reply(enrollment.participant, enrollment.program)
    given = {"kind": "response", "response": "stopped", "response_to": reply, **fields}
    return made(enrollment, **given)


def test_one_per_participant_day_kind_and_round(enrollment: Enrollment):
    made(enrollment, status="skipped", reason="no_consent")
    made(enrollment, kind="soon")
    made(enrollment, for_on=MONDAY + timedelta(days=1))
    made(enrollment, **CHANGE)
    made(enrollment, kind="change", round=2)
    made(build.an_enrollment())
    with refused("reminder_once"):
        made(enrollment, channel="sms", due_at=LATER)
    with refused("reminder_once"):
        made(enrollment, **CHANGE)
    again = Reminder(
        participant=enrollment.participant,
        program=enrollment.program,
        for_on=MONDAY,
        due_at=NOW,
        try_at=NOW,
        expires_at=NOW,
    )
    explains(again, "reminder_once")


def test_of_responses_there_may_be_several_a_day(enrollment: Enrollment):
    response_to(enrollment)
    response_to(enrollment)


@pytest.mark.parametrize(
    ("field", "constraint"),
    [
        ("kind", "reminder_kind_known"),
        ("channel", "reminder_channel_known"),
        ("status", "reminder_status_known"),
        ("reason", "reminder_reason_known"),
        ("response", "reminder_response_known"),
    ],
)
def test_choices_are_known(enrollment: Enrollment, field: str, constraint: str):
    explains(made(enrollment), constraint, **{field: "owl"})
    row = response_to(enrollment) if field == "response" else made(build.an_enrollment())
    # What nobody knows tells no story either: which of the two speaks is by name.
    with refused(constraint):
        Reminder.objects.filter(pk=row.pk).update(**{field: "owl"})


@pytest.mark.parametrize(
    "fields",
    [{"kind": "evening", "round": 1}, {"kind": "weekly", "round": 2}, {"kind": "change"}],
)
def test_only_changes_have_rounds(enrollment: Enrollment, fields: dict):
    made(enrollment, **CHANGE)
    with refused("reminder_rounds_of_changes"):
        made(enrollment, **fields)
    explains(made(build.an_enrollment()), "reminder_rounds_of_changes", **fields)


@pytest.mark.parametrize("missing", [{"response": ""}, {"response_to": None}])
def test_a_response_says_something_to_a_reply(enrollment: Enrollment, missing: dict):
    response_to(enrollment)
    with refused("reminder_response_to_a_reply"):
        response_to(enrollment, **missing)
    explains(response_to(enrollment), "reminder_response_to_a_reply", **missing)


def test_nothing_else_is_a_response(enrollment: Enrollment):
    with refused("reminder_response_to_a_reply"):
        response_to(enrollment, kind="evening")
    explains(made(enrollment), "reminder_response_to_a_reply", response="help")


STORIES = [
    {"status": "planned"},
    {"status": "planned", "attempts": 1, "reason": "no_answer"},
    CLAIMED,
    {**CLAIMED, "attempts": 3},
    SENT,
    {"status": "failed", "reason": "message_refused"},
    {**CLAIMED, "status": "failed", "reason": "address_refused"},
    {**SENT, "status": "failed", "reason": "bounced"},
    {"status": "skipped", "reason": "not_expected"},
    {"status": "expired"},
    {"status": "expired", "attempts": 3, "reason": "no_answer"},
    {**CLAIMED, "status": "unknown"},
    {**CLAIMED, "status": "unknown", "reason": "nonsense"},
]
CONTRADICTIONS = [
    {"status": "planned", "claimed_at": NOW},
    {"status": "planned", "reason": "no_answer"},
    {"status": "planned", "attempts": 1},
    {"status": "planned", "attempts": 1, "reason": "no_consent"},
    {"status": "claimed"},
    {**CLAIMED, "reason": "no_answer"},
    {**SENT, "claimed_at": None},
    {**CLAIMED, "status": "sent"},
    {**SENT, "reason": "no_answer"},
    {"status": "failed"},
    {"status": "failed", "reason": "no_consent"},
    {**SENT, "status": "failed", "reason": "no_answer"},
    {"status": "skipped"},
    {"status": "skipped", "reason": "no_answer"},
    {**CLAIMED, "status": "skipped", "reason": "no_consent"},
    {**CLAIMED, "status": "expired"},
    {"status": "expired", "reason": "no_consent"},
    {"status": "unknown"},
    {**SENT, "status": "unknown"},
    {**CLAIMED, "status": "unknown", "reason": "no_consent"},
]


@pytest.mark.parametrize("story", STORIES)
def test_a_story_that_holds_together(enrollment: Enrollment, story: dict):
    made(enrollment, **story).full_clean()


@pytest.mark.parametrize("story", CONTRADICTIONS)
def test_a_story_that_does_not(enrollment: Enrollment, story: dict):
    with refused("reminder_tells_one_story"):
        made(enrollment, **story)
    explains(made(enrollment), "reminder_tells_one_story", **story)


@pytest.mark.parametrize("reason", Reason.values)
def test_every_reason_is_of_a_failure_or_of_not_sending(enrollment: Enrollment, reason: str):
    right, wrong = ("failed", "skipped") if reason in FAILURES else ("skipped", "failed")
    made(enrollment, status=right, reason=reason)
    with refused("reminder_tells_one_story"):
        made(enrollment, kind="soon", status=wrong, reason=reason)


def test_sent_is_after_claimed(enrollment: Enrollment):
    with refused("reminder_sent_after_claimed"):
        made(enrollment, **{**SENT, "sent_at": EARLIER})
    explains(made(enrollment, **SENT), "reminder_sent_after_claimed", sent_at=EARLIER)


@pytest.mark.parametrize("field", ["expires_at", "try_at"])
def test_it_is_due_before_it_is_tried_or_expires(enrollment: Enrollment, field: str):
    made(enrollment, **{field: NOW})
    with refused("reminder_due_before_it_expires"):
        made(enrollment, kind="soon", **{field: EARLIER})
    other = made(build.an_enrollment())
    explains(other, "reminder_due_before_it_expires", **{field: EARLIER})


@pytest.mark.parametrize(
    ("story", "holds"),
    [
        ({**SENT, "delivered_at": NOW}, True),
        ({**SENT, "delivered_at": LATER}, True),
        ({**CLAIMED, "status": "unknown", "delivered_at": EARLIER}, True),
        ({**SENT, "delivered_at": EARLIER}, False),
        ({**CLAIMED, "delivered_at": LATER}, False),
        ({"delivered_at": LATER}, False),
        ({**SENT, "status": "failed", "reason": "bounced", "delivered_at": LATER}, False),
    ],
)
def test_it_is_delivered_after_it_was_sent(enrollment: Enrollment, story: dict, holds: bool):
    if holds:
        made(enrollment, **story).full_clean()
        return
    with refused("reminder_delivered_after_sent"):
        made(enrollment, **story)
    explains(made(enrollment), "reminder_delivered_after_sent", **story)


def test_its_history_is_kept(enrollment: Enrollment):
    reminder = made(enrollment)
    Reminder.objects.filter(pk=reminder.pk).update(status="skipped", reason="no_consent")
    assert list(reminder.events.order_by("pgh_id").values_list("status", flat=True)) == [
        "planned",
        "skipped",
    ]
