"""What is typed on the amend page: every way of saying it, and words for what cannot be."""

from __future__ import annotations

import pytest

from attendance.models import Amendment, AttendanceRecord
from attendance.sheet.people import Person
from attendance.sheet.session import moment_of
from attendance.sheet.states import UNMARKED, State, absent
from attendance.sheet.wishes import Clock
from groups.models import GroupSession
from hours.amending.forms import AmendForm
from programs.models import Role
from tests import build
from tests.attendance.amending import a_signed_session, amend, there
from tests.attendance.sheet import on_sheet
from tests.build import MONDAY, NOW, moment
from tests.hours.amending import a_signed_monday, sent, url_of, words_of

pytestmark = pytest.mark.django_db


def clock_of(session: GroupSession) -> Clock:
    return Clock(session.held_on, session.group.program.zone, moment_of(session, NOW))


def form_of(session: GroupSession, person: Person, **fields: str) -> AmendForm:
    return AmendForm(sent(**fields), person=person, clock=clock_of(session))


@pytest.mark.parametrize(
    ("fields", "target"),
    [
        ({"arrived": "09:10"}, there("09:10-12:00")),
        ({"arrived": "9:10 am", "left": "11.30 AM"}, there("09:10-11:30")),
        ({"left": ""}, there("09:00-")),
        ({"out1": "10:00", "back1": "10:20"}, there("09:00-10:00", "10:20-12:00")),
        (
            {"out1": "0930", "back1": "0940", "out2": "10:00", "back2": "10:20"},
            there("09:00-09:30", "09:40-10:00", "10:20-12:00"),
        ),
        ({"way": "video"}, there("09:00-12:00", is_by_video=True)),
        ({"way": "telepathy"}, None),
        ({"mark": "excused"}, absent("excused")),
        ({"mark": "unexcused"}, absent("unexcused")),
        ({"mark": "no_call", "arrived": "never"}, absent("no_call")),
    ],
)
def test_what_is_said(fields: dict[str, str], target: State | None):
    session, participant = a_signed_session("09:30-10:00")
    form = form_of(session, on_sheet(session, participant), **fields)
    assert form.is_valid() is (target is not None)
    assert form.read() == target


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"mark": ""}, "mark", "Choose what the record is to say"),
        ({"mark": "<b>late</b>"}, "mark", "Choose what the record is to say"),
        ({"mark": "none"}, "mark", "Choose what the record is to say"),
        ({"arrived": ""}, "arrived", "Say when they arrived."),
        ({"arrived": "", "left": ""}, "arrived", "Say when they arrived."),
        ({"arrived": "nine"}, "arrived", "This is not a time"),
        ({"arrived": "25:00"}, "arrived", "This is not a time"),
        ({"arrived": "9:00\x00"}, "arrived", "Null characters are not allowed."),
        ({"arrived": "9" * 1_000_000}, "arrived", "This is not a time"),
        ({"left": "<script>alert(1)</script>"}, "left", "This is not a time"),
        ({"arrived": "13:00", "left": "14:00"}, "arrived", "This is after the session ended."),
        ({"left": "08:30", "arrived": "08:00"}, "left", "This is before the session started."),
        ({"left": "08:30"}, "left", "This is before they came."),
        ({"out1": "10:00"}, "back1", "Say when they came back."),
        ({"back1": "10:00"}, "out1", "Say when they went out"),
        ({"out1": "10:00", "back1": "09:50"}, "back1", "This is before they went out."),
        ({"reason": ""}, "reason", "Say why the record is amended"),
        ({"reason": "   "}, "reason", "Say why the record is amended"),
        ({"reason": "a\x00b"}, "reason", "Null characters are not allowed."),
        ({"reason": "a" * 1_000_000}, "reason", "Say it in at most 1,000 characters"),
    ],
)
def test_what_cannot_be(client_of, program, facilitator, fields, field, words):
    session, participant = a_signed_monday(program, facilitator)
    form = form_of(session, on_sheet(session, participant), **fields)
    assert not form.is_valid()
    assert words in str(form.errors[field].as_text())
    answer = client_of(facilitator).post(url_of(session, participant), sent(**fields))
    assert answer.status_code == 422
    assert words in words_of(answer)
    assert "<script>alert" not in answer.content.decode()
    assert not Amendment.objects.exists()


def test_what_was_typed_stays_typed(client_of, program, facilitator):
    session, person = a_signed_monday(program, facilitator)
    fields = sent(arrived="09:25", reason="<i>Why</i> not", out1="10:00", out2="10:30")
    page = client_of(facilitator).post(url_of(session, person), fields).content.decode()
    for kept in ('value="09:25"', 'value="10:00"', 'value="10:30"', "&lt;i&gt;Why&lt;/i&gt; not"):
        assert kept in page


def test_a_stored_reason_is_never_executed(client_of, program, facilitator):
    session, person = a_signed_monday(program, facilitator)
    amend(session, person, absent("excused"), reason="<script>alert(1)</script>")
    page = client_of(facilitator).get(url_of(session, person)).content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page


def test_times_that_were_not_touched_keep_their_moments():
    """Half past one comes twice that night; the second one stays the second one."""
    day = "2026-11-01"
    group = build.a_group()
    session = build.a_session(group, day, "00:30", "03:30")
    participant = build.an_enrollment(group.program, admitted_on="2020-01-01").participant
    record = build.a_record(session, participant, "00:30-03:30")
    second = moment(day, "01:30") + (moment(day, "02:00") - moment(day, "01:00")) / 2
    record.presences.update(left_at=second)
    person = on_sheet(session, participant)
    form = form_of(
        session, person, arrived="00:30", left=f"{second.astimezone(build.CHICAGO):%H:%M}"
    )
    assert form.is_valid()
    assert form.read() == person.state


@pytest.mark.parametrize("stretch", ["09:00-12:00", ""])
def test_only_who_was_not_expected_may_be_taken_away(stretch: str):
    session, participant = a_signed_session()
    director = build.a_colleague(session.group.program, Role.DIRECTOR)
    guest = build.an_enrollment(session.group.program).participant
    amend(session, guest, there(stretch) if stretch else absent(""), by=director)
    assert form_of(session, on_sheet(session, guest), mark="none").read() == UNMARKED
    assert form_of(session, on_sheet(session, participant), mark="none").read() is None


def test_an_absence_that_nobody_explained_can_stay_one():
    session = build.a_session()
    participant = build.a_participant()
    build.a_record(session, participant)
    person = on_sheet(session, participant)
    form = AmendForm(None, person=person, clock=clock_of(session))
    assert form["mark"].value() == "absent"
    assert form_of(session, person, mark="absent").read() == absent("")
    assert AttendanceRecord.objects.get().absence == ""


def test_the_form_begins_with_what_the_record_says():
    session, participant = a_signed_session("09:10-10:00", "10:20-12:00")
    form = AmendForm(None, person=on_sheet(session, participant), clock=clock_of(session))
    said = {name: form[name].value() for name in ("mark", "way", "arrived", "out1", "back1")}
    assert said == {
        "mark": "here",
        "way": "person",
        "arrived": "09:10",
        "out1": "10:00",
        "back1": "10:20",
    }
    assert (form["left"].value(), form["out2"].value()) == ("12:00", None)
    assert session.held_on == MONDAY
