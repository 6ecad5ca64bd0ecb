"""What the database refuses about notices to staff."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest

from accounts.models import User
from programs.models import Program
from reminders.models import StaffNotice
from tests import build
from tests.build import NOW
from tests.build_records import a_staff_notice
from tests.refusals import explains, refused

pytestmark = pytest.mark.django_db

SENT = {"status": "sent", "claimed_at": NOW, "sent_at": NOW}


def test_one_per_person_kind_and_thing(program: Program, director: User, clinician: User):
    a_staff_notice(program, user=director, status="withdrawn")
    a_staff_notice(program, user=director, kind="sign")
    a_staff_notice(program, user=director, about=uuid.uuid4())
    a_staff_notice(program, user=clinician)
    with refused("staff_notice_once"):
        a_staff_notice(program, user=director)
    again = StaffNotice(
        user=director, program=program, kind="record", about=program.public_id, due_at=NOW
    )
    explains(again, "staff_notice_once")


@pytest.mark.parametrize(
    ("field", "constraint"),
    [
        ("kind", "staff_notice_kind_known"),
        ("status", "staff_notice_status_known"),
        ("failure", "staff_notice_failure_known"),
    ],
)
def test_choices_are_known(program: Program, field: str, constraint: str):
    explains(a_staff_notice(program), constraint, **{field: "owl"})
    notice = a_staff_notice(program)
    moved = {"failure": {"status": "failed"}}.get(field, {})
    with refused(constraint):
        StaffNotice.objects.filter(pk=notice.pk).update(**{field: "owl", **moved})


@pytest.mark.parametrize("kind", ["safety", "record", "sign", "notes", "cosign", "outreach"])
def test_each_kind_there_is(program: Program, kind: str):
    a_staff_notice(program, kind=kind).full_clean()


@pytest.mark.parametrize(
    "story",
    [
        {"status": "planned"},
        {"status": "withdrawn"},
        {"status": "claimed", "claimed_at": NOW},
        SENT,
        {"status": "failed", "failure": "too_late"},
        {"status": "failed", "failure": "address_refused", "claimed_at": NOW},
    ],
)
def test_a_story_that_holds_together(program: Program, story: dict):
    a_staff_notice(program, **story).full_clean()


@pytest.mark.parametrize(
    "story",
    [
        {"status": "planned", "claimed_at": NOW},
        {"status": "planned", "failure": "too_late"},
        {"status": "withdrawn", "sent_at": NOW, "claimed_at": NOW},
        {"status": "withdrawn", "failure": "too_late"},
        {"status": "claimed"},
        {**SENT, "claimed_at": None},
        {"status": "sent", "claimed_at": NOW},
        {**SENT, "failure": "too_late"},
        {"status": "failed"},
        {**SENT, "status": "failed", "failure": "too_late"},
    ],
)
def test_a_story_that_does_not(program: Program, story: dict):
    with refused("staff_notice_tells_one_story"):
        a_staff_notice(program, **story)
    explains(a_staff_notice(program), "staff_notice_tells_one_story", **story)


def test_sent_is_after_claimed(program: Program):
    earlier = NOW - timedelta(minutes=1)
    with refused("staff_notice_sent_after_claimed"):
        a_staff_notice(program, **{**SENT, "sent_at": earlier})
    notice = a_staff_notice(program, **SENT)
    explains(notice, "staff_notice_sent_after_claimed", sent_at=earlier)


def test_what_is_due_and_what_is_seen(program: Program, director: User, stranger: User):
    due = a_staff_notice(program)
    first = a_staff_notice(program, due_at=NOW - timedelta(hours=1))
    a_staff_notice(program, due_at=NOW + timedelta(seconds=1))
    a_staff_notice(program, status="withdrawn")
    a_staff_notice(build.a_program(), status="withdrawn")
    assert list(StaffNotice.objects.due(NOW)) == [first, due]
    assert StaffNotice.objects.visible_to(director).count() == 4
    assert StaffNotice.objects.visible_to(stranger).count() == 0
