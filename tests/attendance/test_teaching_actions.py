"""What a session taught, put on record and put right: what changes, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError

from accounts.models import AuditEvent
from attendance.teaching.actions import (
    Taught,
    add_taught,
    change_other,
    complete_taught,
    confirm_taught,
    withdraw_taught,
)
from attendance.teaching.refusals import AlreadyConfirmed, AlreadyWithdrawn, CannotConfirm
from groups.models import SessionLesson, Teaching
from tests import build
from tests.attendance.teaching import (
    AT_NOON,
    AT_TEN,
    BEFORE,
    a_written_lesson,
    confirm,
    whole,
    with_plan,
)
from tests.build import moment
from tests.build_curriculum import a_draft, an_answer, taught

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(program, facilitator):
    return build.a_session(build.a_group(program), facilitators=[facilitator])


@pytest.fixture
def waves(program):
    return a_written_lesson(program, "Riding out a craving")


@pytest.fixture
def evening(program):
    return a_written_lesson(program, "A plan for the evening")


def verbs() -> list[str]:
    return list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True))


def test_the_plan_becomes_a_record(session, waves, evening, facilitator):
    plan, dropped = with_plan(session, waves, evening)
    a_draft(waves, homework="Not yet.")
    steps = ["Practiced once", "Never heard of"]
    said = whole(session, waves, steps_done=steps, homework="Ride out one wave.")
    teaching = confirm(session, facilitator, said, now=AT_TEN)
    row = SessionLesson.objects.get()
    assert (row.pk, row.taught_at, row.taught_by) == (plan.pk, AT_TEN, facilitator)
    assert (row.began_at, row.ended_at) == (session.starts_at, session.ends_at)
    assert row.version is not None
    assert row.version.number == 2
    assert (row.homework, row.steps_done) == ("Ride out one wave.", ["Practiced once"])
    assert (teaching.confirmed_by, teaching.other) == (facilitator, "")
    assert verbs()[-2:] == ["session_lessons.dropped", "teaching.confirmed"]
    last = AuditEvent.objects.last()
    assert last is not None
    assert (last.detail["lessons"], last.detail["dropped"]) == (1, 1)
    assert (
        str(dropped.public_id) in AuditEvent.objects.order_by("pk").reverse()[1].detail["planned"]
    )


def test_others_are_added_in_the_order_of_time(session, waves, evening, facilitator):
    with_plan(session, waves)
    confirm(
        session,
        facilitator,
        whole(session, waves, starts="10:30"),
        whole(session, evening, ends="10:30"),
        other="A walk by the river",
    )
    rows = list(SessionLesson.objects.order_by("position"))
    assert [row.lesson for row in rows] == [evening, waves]
    assert Teaching.objects.get().other == "A walk by the river"


def test_nothing_was_taught(session, waves, facilitator):
    with_plan(session, waves)
    confirm(session, facilitator)
    assert not SessionLesson.objects.exists()
    assert Teaching.objects.exists()


def test_the_same_said_twice_is_kept_once(session, waves, facilitator, clinician):
    first = confirm(session, facilitator, whole(session, waves), now=AT_TEN)
    assert confirm(session, clinician, whole(session, waves)) == first
    assert Teaching.objects.get().confirmed_by == facilitator
    assert verbs().count("teaching.confirmed") == 1


@pytest.mark.parametrize("other", ["", "Bingo"])
def test_something_else_said_later_is_refused(session, waves, facilitator, clinician, other):
    confirm(session, facilitator, whole(session, waves), other="Bingo" if not other else "")
    with pytest.raises(AlreadyConfirmed) as refused:
        confirm(session, clinician, whole(session, waves), other=other)
    assert refused.value.teaching is not None
    assert refused.value.teaching.confirmed_by == facilitator


def test_imported_history_is_on_record(session, waves, facilitator):
    taught(session, waves)
    with pytest.raises(AlreadyConfirmed) as refused:
        confirm(session, facilitator, whole(session, waves))
    assert refused.value.teaching is None


def test_not_before_it_begins_and_not_cancelled(session, waves, facilitator):
    with pytest.raises(CannotConfirm, match="begins at 9:00 AM"):
        confirm(session, facilitator, now=BEFORE)
    confirm_taught(session=session, taught=[], other="x", by=facilitator, now=session.starts_at)
    other = build.a_session(session.group, "2026-11-24", status="cancelled")
    with pytest.raises(CannotConfirm, match="cancelled"):
        confirm(other, facilitator, now=moment("2026-11-25", "12:00"))
    assert Teaching.objects.count() == 1


@pytest.mark.parametrize(
    ("starts", "ends", "words"),
    [
        ("08:59", "10:00", "9:00 AM to 12:00 PM"),
        ("11:00", "12:01", "9:00 AM to 12:00 PM"),
        ("10:00", "10:00", "ends after it begins"),
        ("11:00", "10:00", "ends after it begins"),
    ],
)
def test_times_that_cannot_be(session, waves, facilitator, starts, ends, words):
    with_plan(session, waves)
    with pytest.raises(CannotConfirm, match=words):
        confirm(session, facilitator, whole(session, waves, starts=starts, ends=ends))
    assert SessionLesson.objects.planned().count() == 1
    assert not Teaching.objects.exists()


def test_seconds_and_overlaps(session, waves, evening, facilitator):
    odd = Taught(waves, session.starts_at.replace(second=1), session.ends_at)
    with pytest.raises(CannotConfirm, match="whole minutes"):
        confirm(session, facilitator, odd)
    both = whole(session, waves, ends="10:31"), whole(session, evening, starts="10:30")
    with pytest.raises(CannotConfirm, match="overlap"):
        confirm(session, facilitator, *both)
    halves = whole(session, waves, ends="10:30"), whole(session, evening, starts="10:30")
    confirm(session, facilitator, *halves)
    assert SessionLesson.objects.taught().count() == 2


def test_lessons_that_cannot_be(session, waves, facilitator):
    twice = whole(session, waves, ends="10:00"), whole(session, waves, starts="10:00")
    with pytest.raises(CannotConfirm, match="named twice"):
        confirm(session, facilitator, *twice)
    with pytest.raises(CannotConfirm, match="this program's library"):
        confirm(session, facilitator, whole(session, build.a_lesson()))
    bare = waves.module.lessons.create(name="Only a draft")
    a_draft(bare)
    with pytest.raises(CannotConfirm, match="Only a draft has no published version"):
        confirm(session, facilitator, whole(session, bare))


def test_nothing_is_kept_where_the_trail_cannot_be(session, waves, facilitator, audit_fails):
    with_plan(session, waves)
    with pytest.raises(IntegrityError):
        confirm(session, facilitator, whole(session, waves))
    assert SessionLesson.objects.planned().count() == 1
    assert not Teaching.objects.exists()


def test_withdrawn_with_a_reason_and_taught_again(session, waves, facilitator):
    confirm(session, facilitator, whole(session, waves))
    row = SessionLesson.objects.get()
    with pytest.raises(CannotConfirm, match="why"):
        withdraw_taught(taught=row, reason=" ", by=facilitator, now=AT_NOON)
    withdraw_taught(taught=row, reason="The wrong one", by=facilitator, now=AT_NOON)
    row.refresh_from_db()
    assert (row.withdrawn_by, row.withdrawn_reason) == (facilitator, "The wrong one")
    with pytest.raises(AlreadyWithdrawn):
        withdraw_taught(taught=row, reason="Again", by=facilitator, now=AT_NOON)
    with pytest.raises(AlreadyWithdrawn):
        complete_taught(taught=row, steps_done=[], homework="x", by=facilitator)
    again = whole(session, waves, ends="10:00")
    assert add_taught(session=session, taught=again, by=facilitator, now=AT_NOON).pk != row.pk
    assert SessionLesson.objects.taught().count() == 1
    assert "wrong" not in str(AuditEvent.objects.values_list("detail"))


def test_added_once_and_beside_the_others(session, waves, evening, facilitator):
    confirm(session, facilitator, whole(session, waves, ends="10:30"))
    added = whole(session, evening, starts="10:30", homework="Write it down.")
    first = add_taught(session=session, taught=added, by=facilitator, now=AT_NOON)
    assert add_taught(session=session, taught=added, by=facilitator, now=AT_NOON) == first
    other_times = whole(session, evening, starts="11:00")
    with pytest.raises(CannotConfirm, match="on record already"):
        add_taught(session=session, taught=other_times, by=facilitator, now=AT_NOON)
    third = a_written_lesson(session.group.program, "Sleep")
    with pytest.raises(CannotConfirm, match="overlap"):
        add_taught(session=session, taught=whole(session, third), by=facilitator, now=AT_NOON)
    assert SessionLesson.objects.taught().count() == 2


def test_completed_later(session, waves, facilitator):
    confirm(session, facilitator, whole(session, waves))
    row = SessionLesson.objects.get()
    changed: dict[str, Any] = {"steps_done": ["Practiced once"], "homework": "Two waves."}
    complete_taught(taught=row, **changed, by=facilitator)
    complete_taught(taught=row, **changed, by=facilitator)
    row.refresh_from_db()
    assert (row.steps_done, row.homework) == (["Practiced once"], "Two waves.")
    assert verbs().count("teaching.completed") == 1
    an_answer(row, build.a_participant(), session)
    with pytest.raises(CannotConfirm, match="Keep its words"):
        complete_taught(taught=row, steps_done=[], homework="", by=facilitator)


def test_what_else_was_done_is_put_right(session, facilitator):
    for words in ("A walk", "A walk", "A film"):
        change_other(session=session, other=words, by=facilitator, now=AT_NOON)
    assert Teaching.objects.get().other == "A film"
    assert verbs().count("teaching.other_changed") == 2
    with pytest.raises(CannotConfirm):
        change_other(session=session, other="x", by=facilitator, now=BEFORE)
