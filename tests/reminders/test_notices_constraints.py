"""What the database refuses about notices to staff."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest

from accounts.models import User
from programs.models import Program
from reminders.models import FAILURES, NoticeKind, Reason, StaffNotice
from tests import build
from tests.build import NOW
from tests.build_records import a_staff_notice
from tests.refusals import explains, refused

pytestmark = pytest.mark.django_db

CLAIMED = {"status": "claimed", "claimed_at": NOW}
SENT = {"status": "sent", "claimed_at": NOW, "sent_at": NOW}
TAKEN_BACK = {"status": "skipped", "reason": "not_needed"}


def test_one_per_person_kind_and_thing(program: Program, director: User, clinician: User):
    a_staff_notice(program, user=director, **TAKEN_BACK)
    a_staff_notice(program, user=director, kind="sign")
    a_staff_notice(program, user=director, about=uuid.uuid4())
    a_staff_notice(program, user=clinician)
    with refused("staff_notice_once"):
        a_staff_notice(program, user=director)
    again = StaffNotice(
        user=director,
        program=program,
        kind="record",
        about=program.public_id,
        due_at=NOW,
        try_at=NOW,
    )
    explains(again, "staff_notice_once")


@pytest.mark.parametrize(
    ("field", "constraint"),
    [
        ("kind", "staff_notice_kind_known"),
        ("status", "staff_notice_status_known"),
        ("reason", "staff_notice_reason_known"),
        ("channel", "staff_notice_channel_known"),
    ],
)
def test_choices_are_known(program: Program, field: str, constraint: str):
    explains(a_staff_notice(program), constraint, **{field: "owl"})
    notice = a_staff_notice(program)
    # What nobody knows tells no story either: which of the two speaks is by name.
    with refused(constraint):
        StaffNotice.objects.filter(pk=notice.pk).update(**{field: "owl"})


@pytest.mark.parametrize("kind", NoticeKind.values)
def test_each_kind_there_is(program: Program, kind: str):
    a_staff_notice(program, kind=kind).full_clean()


@pytest.mark.parametrize(
    "story",
    [
        {"status": "planned"},
        {"status": "planned", "attempts": 1, "reason": "no_answer"},
        TAKEN_BACK,
        {"status": "skipped", "reason": "not_wanted"},
        CLAIMED,
        SENT,
        {"status": "failed", "reason": "address_refused"},
        {"status": "failed", "reason": "address_refused", "claimed_at": NOW},
        {**SENT, "status": "failed", "reason": "bounced"},
        {"status": "expired"},
        {"status": "expired", "attempts": 3, "reason": "no_answer"},
        {**CLAIMED, "status": "unknown"},
    ],
)
def test_a_story_that_holds_together(program: Program, story: dict):
    a_staff_notice(program, **story).full_clean()


@pytest.mark.parametrize(
    "story",
    [
        {"status": "planned", "claimed_at": NOW},
        {"status": "planned", "reason": "no_answer"},
        {"status": "planned", "attempts": 1},
        {"status": "planned", "attempts": 1, "reason": "not_needed"},
        {**TAKEN_BACK, "sent_at": NOW, "claimed_at": NOW},
        {"status": "skipped"},
        {"status": "skipped", "reason": "no_answer"},
        {"status": "claimed"},
        {**CLAIMED, "reason": "not_needed"},
        {**SENT, "claimed_at": None},
        CLAIMED | {"status": "sent"},
        {**SENT, "reason": "no_answer"},
        {"status": "failed"},
        {"status": "failed", "reason": "not_wanted"},
        {**SENT, "status": "failed", "reason": "no_answer"},
        {**CLAIMED, "status": "expired"},
        {"status": "unknown"},
    ],
)
def test_a_story_that_does_not(program: Program, story: dict):
    with refused("staff_notice_tells_one_story"):
        a_staff_notice(program, **story)
    explains(a_staff_notice(program), "staff_notice_tells_one_story", **story)


@pytest.mark.parametrize("reason", Reason.values)
def test_every_reason_is_of_a_failure_or_of_not_sending(program: Program, reason: str):
    right, wrong = ("failed", "skipped") if reason in FAILURES else ("skipped", "failed")
    a_staff_notice(program, status=right, reason=reason).full_clean()
    with refused("staff_notice_tells_one_story"):
        a_staff_notice(program, status=wrong, reason=reason)


def test_sent_is_after_claimed(program: Program):
    earlier = NOW - timedelta(minutes=1)
    with refused("staff_notice_sent_after_claimed"):
        a_staff_notice(program, **{**SENT, "sent_at": earlier})
    notice = a_staff_notice(program, **SENT)
    explains(notice, "staff_notice_sent_after_claimed", sent_at=earlier)


def test_tried_when_it_is_due_or_later(program: Program):
    a_staff_notice(program, try_at=NOW + timedelta(days=1)).full_clean()
    earlier = NOW - timedelta(seconds=1)
    with refused("staff_notice_tried_when_due"):
        a_staff_notice(program, try_at=earlier)
    explains(a_staff_notice(program), "staff_notice_tried_when_due", try_at=earlier)


def test_what_is_due_and_what_is_seen(program: Program, director: User, stranger: User):
    due = a_staff_notice(program)
    first = a_staff_notice(program, due_at=NOW - timedelta(hours=1))
    a_staff_notice(program, try_at=NOW + timedelta(seconds=1))
    a_staff_notice(program, **TAKEN_BACK)
    a_staff_notice(build.a_program(), **TAKEN_BACK)
    assert list(StaffNotice.objects.due(NOW)) == [first, due]
    assert StaffNotice.objects.visible_to(director).count() == 4
    assert StaffNotice.objects.visible_to(stranger).count() == 0
