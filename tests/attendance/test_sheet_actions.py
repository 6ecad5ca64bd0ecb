"""Marking and signing: what comes of each mark, what is refused, what two at once may not do."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError

from accounts.models import AuditEvent
from attendance.models import AttendanceRecord, Presence, SignOff
from attendance.sheet.actions import CannotSign, NotRecorded, ReadOnly, sign_session
from attendance.sheet.states import Ask, state_from
from attendance.sheet.wishes import RowMarks
from groups.models import GroupSession
from tests import build
from tests.attendance.sheet import AT_TEN, AT_THE_END, a_member, on_sheet, record, said
from tests.build import MONDAY, moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(program) -> GroupSession:
    return build.a_session(build.a_group(program))


@pytest.fixture
def person(session):
    return a_member(session)


def mark(session, person, act, **fields) -> RowMarks:
    return RowMarks(person.public_id, on_sheet(session, person).state, Ask(act), **fields)


@pytest.mark.parametrize(
    ("acts", "expected"),
    [
        (["present"], "09:00-"),
        (["late"], "10:00-"),
        (["excused"], "excused"),
        (["unexcused", "no_call"], "no_call"),
        (["present", "left"], "09:00-10:00"),
        (["present", "late"], "10:00-"),
        (["late", "present"], "09:00-"),
        (["present", "left", "back"], "09:00-"),
        (["excused", "present"], "09:00-"),
        (["present", "clear"], "-"),
        (["rest"], "09:00-"),
        (["left"], "09:00-10:00"),
    ],
)
def test_each_mark(session, person, facilitator, acts, expected):
    for act in acts:
        record(session, facilitator, mark(session, person, act))
    assert said(session, person) == expected


def test_out_and_back(session, person, facilitator):
    record(session, facilitator, mark(session, person, "present"))
    record(session, facilitator, mark(session, person, "left"))
    later = AT_TEN + timedelta(minutes=15)
    record(session, facilitator, mark(session, person, "back"), now=later)
    assert said(session, person) == "09:00-10:00, 10:15-"


@pytest.mark.parametrize(
    ("at", "expected"), [("08:52", "08:52-"), ("09:00", "09:00-"), ("13:00", "09:00-12:00")]
)
def test_present_before_and_after(session, person, facilitator, at, expected):
    record(session, facilitator, mark(session, person, "present"), now=moment(MONDAY, at))
    assert said(session, person) == expected


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        ({"arrived": "08:50"}, "08:50-"),
        ({"arrived": "9:12 am", "left": "0950"}, "09:12-09:50"),
        (
            {"arrived": "09:00", "out1": "09:20", "back1": "09:35", "left": "10:00"},
            "09:00-09:20, 09:35-10:00",
        ),
    ],
)
def test_typed_times(session, person, facilitator, times, expected):
    record(session, facilitator, RowMarks(person.public_id, times=times))
    assert said(session, person) == expected


@pytest.mark.parametrize(
    ("times", "field", "words"),
    [
        ({"arrived": "soon"}, "arrived", "not a time"),
        ({"arrived": "25:00"}, "arrived", "not a time"),
        ({"arrived": "12:00"}, "arrived", "after the session ended"),
        ({"arrived": "08:00", "left": "08:59"}, "left", "before the session started"),
        ({"arrived": "10:00", "left": "09:30"}, "left", "before they came"),
        ({"left": "10:30"}, "arrived", "when they arrived"),
        ({"arrived": "09:00", "out1": "10:00"}, "back1", "when they came back"),
        ({"arrived": "09:00", "back1": "10:00"}, "out1", "when they went out"),
        ({"arrived": "09:00", "out1": "10:00", "back1": "09:50"}, "back1", "before they went out"),
    ],
)
def test_times_that_cannot_be(session, person, facilitator, times, field, words):
    other = a_member(session)
    with pytest.raises(NotRecorded) as refused:
        record(
            session,
            facilitator,
            mark(session, other, "present"),
            RowMarks(person.public_id, times=times),
        )
    (problem,) = refused.value.problems
    assert (problem.participant, problem.field) == (person.public_id, field)
    assert words in str(problem.words)
    assert not AttendanceRecord.objects.exists()  # nothing half-saved


@pytest.mark.parametrize(
    ("act", "at", "words"),
    [
        ("late", "09:04", "when they arrived"),
        ("late", "12:30", "when they arrived"),
        ("present", "07:00", "an hour before"),
        ("left", "08:58", "has not started"),
        ("back", "10:00", "Nothing says"),
    ],
)
def test_marks_that_cannot_be(session, person, facilitator, act, at, words):
    with pytest.raises(NotRecorded, match=words):
        record(session, facilitator, mark(session, person, act), now=moment(MONDAY, at))


def test_the_same_twice_changes_nothing(session, person, facilitator, clinician):
    first = mark(session, person, "late")
    assert record(session, facilitator, first).changed
    later = AT_TEN + timedelta(minutes=3)
    assert not record(session, facilitator, first, now=later).changed
    assert not record(session, clinician, first, now=later).changed
    assert said(session, person) == "10:00-"
    assert AuditEvent.objects.filter(verb="attendance.recorded").count() == 1


def test_leaving_twice_is_leaving_once(session, person, facilitator):
    record(session, facilitator, mark(session, person, "present"))
    leaving = mark(session, person, "left")
    for minutes in (0, 2):
        record(session, facilitator, leaving, now=AT_TEN + timedelta(minutes=minutes))
    assert said(session, person) == "09:00-10:00"


def test_a_newer_record_of_someone_else_is_kept_until_mine_is_used(
    session, person, facilitator, clinician
):
    stale = mark(session, person, "present")
    record(session, facilitator, mark(session, person, "late"))
    kept = record(session, clinician, stale).conflicts[person.public_id]
    assert kept.person.recorded_by == "Fay Marlow"
    assert said(session, person) == "10:00-"
    use = RowMarks(person.public_id, on_sheet(session, person).state, use=kept.wanted)
    record(session, clinician, use)
    assert said(session, person) == "09:00-"


def test_a_stale_sheet_changes_only_what_was_changed_on_it(session, person, facilitator, clinician):
    untouched, other = RowMarks(person.public_id), a_member(session)
    record(session, facilitator, mark(session, person, "excused"))
    done = record(session, clinician, untouched, mark(session, other, "present"))
    assert (done.changed, done.conflicts) == ((other.public_id,), {})
    assert said(session, person) == "excused"


def test_who_is_not_on_the_sheet(session, facilitator):
    stranger = build.an_enrollment(session.group.program).participant
    with pytest.raises(NotRecorded, match="not on the sheet"):
        record(session, facilitator, RowMarks(stranger.public_id, act=Ask.PRESENT))
    record(session, facilitator, RowMarks(stranger.public_id, act=Ask.WALK_IN))
    record(session, facilitator, RowMarks(stranger.public_id, act=Ask.WALK_IN))
    assert said(session, stranger) == "10:00-"
    elsewhere = build.an_enrollment().participant
    with pytest.raises(NotRecorded, match="not on the sheet"):
        record(session, facilitator, RowMarks(elsewhere.public_id, act=Ask.WALK_IN))


@pytest.mark.parametrize(("is_known", "words"), [(True, "Evening core"), (False, "Busy")])
def test_a_minute_in_another_session(session, person, facilitator, is_known, words):
    program = session.group.program if is_known else build.a_program()
    other = build.a_session(build.a_group(program, name="Evening core"), MONDAY, "09:30", "11:00")
    build.a_record(other, person, "09:30-11:00")
    with pytest.raises(NotRecorded, match=words):
        record(session, facilitator, mark(session, person, "present"))
    assert said(session, person) == "-"


def test_signing_closes_and_freezes(session, person, facilitator):
    record(session, facilitator, mark(session, person, "present"))
    signed = sign(session, facilitator, now=moment(MONDAY, "11:45"))
    assert said(session, person) == "09:00-12:00"
    assert (signed.signed_by, signed.reason) == (facilitator, "")
    assert AuditEvent.objects.get(verb="attendance.signed").detail["stretches_closed"] == 1
    with pytest.raises(ReadOnly):
        record(session, facilitator, mark(session, person, "late"))
    with pytest.raises(ReadOnly):
        sign(session, facilitator)


def sign(session, by, *, reason="", is_substitute=False, now=AT_THE_END) -> SignOff:
    sheets = GroupSession.objects.filter(pk=session.pk)
    return sign_session(session=sheets, reason=reason, is_substitute=is_substitute, by=by, now=now)


def test_signing_waits_for_everyone_and_for_the_end(session, person, facilitator):
    with pytest.raises(CannotSign, match="15 minutes before"):
        sign(session, facilitator, now=moment(MONDAY, "11:44"))
    with pytest.raises(CannotSign, match="Mark everyone") as refused:
        sign(session, facilitator)
    assert refused.value.unmarked == (person.public_id,)
    assert not SignOff.objects.exists()


def test_a_substitute_says_why(session, director):
    with pytest.raises(CannotSign, match="Say why"):
        sign(session, director, is_substitute=True, reason=" ")
    sign(session, director, is_substitute=True, reason="Fay is ill")
    assert SignOff.objects.get().reason == "Fay is ill"
    assert "ill" not in str(AuditEvent.objects.get().detail)


@pytest.mark.parametrize("fields", [{"status": "cancelled"}, {"closed_at": AT_TEN}])
def test_sheets_that_are_not_to_be_marked(session, person, facilitator, fields):
    GroupSession.objects.filter(pk=session.pk).update(**fields)
    with pytest.raises(ReadOnly):
        record(session, facilitator, RowMarks(person.public_id, act=Ask.PRESENT))


def test_a_sheet_opens_twelve_hours_ahead(session, person, facilitator):
    early = session.starts_at - timedelta(hours=12, minutes=1)
    with pytest.raises(ReadOnly):
        record(session, facilitator, RowMarks(person.public_id, act=Ask.EXCUSED), now=early)


def test_nothing_is_recorded_without_its_line_on_the_trail(
    session, person, facilitator, audit_fails
):
    with pytest.raises(IntegrityError):
        record(session, facilitator, RowMarks(person.public_id, act=Ask.PRESENT))
    assert not Presence.objects.exists()


@pytest.mark.parametrize("text", ["", "p:", "p:x-y", "p:1-2-3", "a:rude", "p:9999999999999999-"])
def test_a_state_nobody_wrote(text):
    assert state_from(text) is None
