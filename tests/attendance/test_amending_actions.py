"""Amending a signed record: what it writes, what it refuses in words, and what stays as it was."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError

from accounts.models import AuditEvent
from attendance.amending.refusals import ChangedMeanwhile, NotAmended, NotSigned
from attendance.models import Amendment, AttendanceRecord, Presence
from attendance.sheet.states import UNMARKED, absent
from groups.models import GroupSession
from programs.models import Participant, Role
from tests import build
from tests.attendance.amending import WHY, a_signed_session, amend, there
from tests.attendance.sheet import a_member, said
from tests.build import MONDAY, NOW, moment

pytestmark = pytest.mark.django_db
Signed = tuple[GroupSession, Participant]


@pytest.fixture
def signed() -> Signed:
    return a_signed_session()


def kept() -> list[list[Any]]:
    models = (Amendment, AttendanceRecord, Presence, AuditEvent)
    return [list(each.objects.order_by("pk").values()) for each in models]


def refused_with(*args: Any, kind: type[NotAmended] = NotAmended, **given: Any) -> tuple[str, str]:
    """Return the field and the words of the refusal; nothing may have changed."""
    before = kept()
    with pytest.raises(kind) as caught:
        amend(*args, **given)
    assert kept() == before
    return caught.value.field, str(caught.value.words)


TARGETS = [
    there("09:10-12:00"),
    there("09:00-11:00"),
    there("09:00-10:00", "10:20-12:00"),
    there("08:50-09:30", "10:00-10:10", "11:00-12:05"),
    there("09:00-12:00", is_by_video=True),
    absent("excused"),
    absent("unexcused"),
    absent("no_call"),
    absent(""),
]


@pytest.mark.parametrize("target", TARGETS, ids=str)
@pytest.mark.parametrize("was", [("09:00-12:00",), ("09:30-10:00", "10:30-11:00")])
def test_the_record_says_what_it_is_amended_to(target, was: tuple[str, ...], facilitator):
    session, person = a_signed_session(*was)
    made = amend(session, person, target, by=facilitator)
    assert made.before == str(there(*was))
    assert made.after == str(target)
    assert (made.reason, made.amended_by, made.amended_at) == (WHY, facilitator, NOW)
    record = AttendanceRecord.objects.get()
    assert (record.recorded_by, record.recorded_at, record.mark_id) == (facilitator, NOW, None)
    stays = record.presences.order_by("arrived_at").values_list("arrived_at", "left_at")
    assert tuple(stays) == target.stretches


def test_it_leaves_a_trace(signed: Signed, facilitator):
    session, person = signed
    made = amend(session, person, absent("excused"), by=facilitator)
    event = AuditEvent.objects.get(verb="attendance.amended")
    assert (event.by, event.participant_id) == (facilitator, person.public_id)
    assert (event.subject_id, event.program_id) == (
        made.public_id,
        session.group.program.public_id,
    )
    assert WHY not in str(event.detail)


def test_an_absence_amended_to_presence_loses_notice_and_reason_but_not_its_history():
    session = build.a_session()
    person = a_member(session)
    record = build.a_record(session, person, absence="excused")
    AttendanceRecord.objects.update(notice_at=NOW, reason="The bus broke down.")
    build.a_sign_off(session)
    amend(session, person, there("09:00-12:00"))
    record.refresh_from_db()
    assert (record.absence, record.notice_at, record.reason) == ("", None, "")
    assert "The bus broke down." in [each.reason for each in record.events.all()]


def test_who_is_not_said_to_have_left_has_stayed_until_the_end(signed: Signed):
    session, person = signed
    made = amend(session, person, there("09:20-"))
    assert said(session, person) == "09:20-12:00"
    assert made.after == str(there("09:20-12:00"))


def test_a_stretch_without_a_minute_goes(signed: Signed):
    session, person = signed
    amend(session, person, there("09:30-09:30", "09:30-11:00"))
    assert said(session, person) == "09:30-11:00"
    amend(session, person, there("09:40-09:40"))
    assert said(session, person) == "09:40-09:40"


def test_somebody_who_was_left_out_is_added(signed: Signed):
    session, _person = signed
    director = build.a_colleague(session.group.program, Role.DIRECTOR)
    left_out = build.an_enrollment(session.group.program).participant
    made = amend(session, left_out, there("09:00-12:00"), by=director)
    assert (made.before, said(session, left_out)) == ("-", "09:00-12:00")


def test_a_walk_in_entered_for_the_wrong_person_is_taken_away(signed: Signed):
    session, _person = signed
    director = build.a_colleague(session.group.program, Role.DIRECTOR)
    wrong = build.an_enrollment(session.group.program).participant
    amend(session, wrong, there("09:00-12:00"), by=director)
    made = amend(session, wrong, UNMARKED, by=director, reason="It was her sister.")
    assert made.after == "-"
    assert not AttendanceRecord.objects.filter(participant=wrong).exists()
    assert Amendment.objects.filter(participant=wrong).count() == 2


def test_a_closed_session_that_is_signed(signed: Signed):
    session, person = signed
    GroupSession.objects.update(closed_at=NOW)
    amend(session, person, absent("excused"))
    assert said(session, person) == "excused"


def test_it_is_refused_until_the_session_is_signed():
    session = build.a_session()
    person = a_member(session)
    build.a_record(session, person, "09:00-12:00")
    words = refused_with(session, person, absent("excused"), kind=NotSigned)
    assert words == ("mark", "This session is not signed yet: mark it on its sheet.")


@pytest.mark.parametrize("target", [there("09:00-12:00"), there("09:00-")])
def test_what_changes_nothing_is_refused(signed: Signed, target):
    assert refused_with(*signed, target) == ("mark", "That is what the record says already.")


@pytest.mark.parametrize("reason", ["", "  ", "\n\t"])
def test_it_says_why(signed: Signed, reason: str):
    field, words = refused_with(*signed, absent("excused"), reason=reason)
    assert (field, words) == ("reason", "Say why the record is amended.")


@pytest.mark.parametrize(
    ("stretches", "field", "words"),
    [
        (["12:00-12:10"], "arrived", "This is after the session ended."),
        (["08:00-09:00"], "left", "This is before the session started."),
        (["09:30-09:20"], "left", "This is before they came."),
        (["09:00-10:00", "09:50-12:00"], "back1", "This is before they went out."),
        (["09:00-", "10:00-12:00"], "out1", "Say when they went out before they came back."),
    ],
)
def test_times_that_cannot_be(signed: Signed, stretches: list[str], field: str, words: str):
    assert refused_with(*signed, there(*stretches)) == (field, words)


@pytest.mark.parametrize(
    ("stretch", "field"),
    [("11:56-12:00", "arrived"), ("09:00-11:56", "left"), ("09:00-12:30", "left")],
)
def test_times_to_come(signed: Signed, stretch: str, field: str):
    early = moment(MONDAY, "11:55")
    assert refused_with(*signed, there(stretch), now=early) == (field, "This is still to come.")


def test_signed_before_the_end_they_stay_until_then(signed: Signed):
    session, person = signed
    amend(session, person, there("09:30-12:00"), now=moment(MONDAY, "11:50"))
    assert said(session, person) == "09:30-12:00"


def test_who_was_expected_keeps_a_record(signed: Signed):
    field, words = refused_with(*signed, UNMARKED)
    assert field == "mark"
    assert "They were expected at this session" in words


def test_nobody_without_an_enrollment_on_that_day(signed: Signed):
    session, _person = signed
    program = session.group.program
    director = build.a_colleague(program, Role.DIRECTOR)
    later = build.an_enrollment(program, admitted_on=MONDAY + timedelta(days=1)).participant
    elsewhere = build.an_enrollment().participant
    for nobody in (build.a_participant(), later, elsewhere):
        field, words = refused_with(session, nobody, there("09:00-12:00"), by=director)
        assert field == "mark"
        assert words == "This person was not enrolled on that day, as far as you may know."


def test_a_record_that_is_there_is_corrected_also_when_they_are_no_longer_enrolled(signed: Signed):
    session, _person = signed
    director = build.a_colleague(session.group.program, Role.DIRECTOR)
    guest = build.an_enrollment(session.group.program)
    amend(session, guest.participant, there("09:00-12:00"), by=director)
    guest.discharged_on, guest.discharge_reason = MONDAY - timedelta(days=3), "moved"
    guest.save()
    amend(session, guest.participant, UNMARKED, by=director)


@pytest.mark.parametrize("is_known", [True, False])
def test_no_minute_that_is_credited_elsewhere(signed: Signed, is_known: bool):
    session, person = signed
    amend(session, person, there("09:00-10:00"))
    program = session.group.program if is_known else build.a_program()
    other = build.a_session(build.a_group(program, name="Anger"), starts="11:00", ends="13:00")
    build.a_record(other, person, "11:00-13:00")
    director = build.a_colleague(session.group.program, Role.DIRECTOR)
    field, words = refused_with(session, person, there("09:00-11:01"), by=director)
    assert field == "arrived"
    assert ("Anger" in words) is is_known
    amend(session, person, there("09:00-11:00"), by=director)


def test_a_record_that_was_amended_after_it_was_shown(signed: Signed):
    session, person = signed
    shown = there("09:00-12:00")
    amend(session, person, absent("excused"), seen=shown)
    words = refused_with(session, person, absent("no_call"), seen=shown, kind=ChangedMeanwhile)
    assert "a moment ago" in words[1]


def test_a_session_that_is_not_theirs(signed: Signed):
    nobody_s = GroupSession(pk=signed[0].pk + 1_000_000)
    with pytest.raises(GroupSession.DoesNotExist):
        amend(nobody_s, signed[1], absent("excused"))


def test_nothing_stays_when_the_trail_cannot_be_written(signed: Signed, audit_fails):
    with pytest.raises(IntegrityError):
        amend(*signed, absent("excused"))
    assert not Amendment.objects.exists()
    assert said(*signed) == "09:00-12:00"


def test_every_version_stays_in_the_history(signed: Signed):
    session, person = signed
    there_again = there("09:10-10:00", "10:30-12:00", is_by_video=True)
    for target in (there("09:10-12:00"), absent("no_call"), there_again):
        amend(session, person, target)
    made = list(Amendment.objects.all())
    assert [each.after for each in made[:-1]] == [each.before for each in made[1:]]
    record = AttendanceRecord.objects.get()
    assert [each.absence for each in record.events.order_by("pgh_id")] == ["", "", "no_call", ""]
