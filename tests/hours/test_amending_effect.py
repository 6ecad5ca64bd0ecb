"""What an amendment changes in the week, as the weekly hours themselves say before and after."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection

from accounts.models import AuditEvent
from attendance.amending.refusals import NotAmended
from attendance.models import Amendment, AttendanceRecord, Presence
from attendance.sheet.states import absent
from groups.models import GroupSession
from hours.amending.actions import amend_and_follow
from hours.amending.effect_words import effect_words, in_one_sentence
from hours.models import Alert
from hours.verdicts import Verdict
from programs.models import Enrollment, Role
from tests import build
from tests.attendance.amending import there
from tests.attendance.sheet import a_member, said
from tests.build import MONDAY, NOW, moment
from tests.hours.amending import a_signed_monday, correction, effect

pytestmark = pytest.mark.django_db
AFTER_THE_WEEK = NOW + timedelta(days=7)


@pytest.fixture
def signed(program):
    return a_signed_monday(program)


def kept() -> list[list[Any]]:
    models: list[Any] = [Amendment, AttendanceRecord, Presence, AuditEvent, Alert]
    models += [AttendanceRecord.pgh_event_model, Presence.pgh_event_model]
    return [list(each.objects.order_by("pk").values()) for each in models]


def words(session, person, target, now=NOW):
    return effect_words(effect(session, person, target, now), program="Evening IOP")


def test_minutes_the_day_and_the_verdict(signed):
    before, (session, person) = kept(), signed
    found = effect(session, person, there("09:00-11:30"), now=AFTER_THE_WEEK)
    assert kept() == before
    assert (found.before.credited, found.after.credited) == (180, 150)
    assert (found.before.qualifies, found.after.qualifies) == (True, False)
    assert (found.before.row.verdict, found.after.row.verdict) == (Verdict.MET, Verdict.NOT_MET)
    said_of_it = effect_words(found, program="Evening IOP")
    assert [each.is_changed for each in said_of_it.turns] == [True, True, True]
    assert "the week is over, 30\N{NO-BREAK SPACE}min short" in said_of_it.because
    assert in_one_sentence(found) == (
        "Credited here: 150 min instead of 180 min. The day no longer qualifies."
        " The week was met and is not met."
    )


def test_another_kind_of_absence_changes_no_hours(program):
    session, person = a_signed_monday(program)
    amend_and_follow(correction=correction(session, person, absent("excused")), **_by())
    connection.check_constraints()
    said_of_it = words(session, person, absent("no_call"))
    assert said_of_it.instead == "Nothing changes in the hours."
    assert in_one_sentence(effect(session, person, absent("no_call"))) == ""


def _by() -> dict[str, Any]:
    return {"by": build.a_user(), "now": NOW}


def test_the_rest_of_the_day_is_seen(signed):
    session, person = signed
    afternoon = build.a_session(build.a_group(session.group.program), starts="13:00", ends="14:00")
    build.a_record(afternoon, person, "13:00-14:00")
    found = effect(session, person, there("10:00-12:00"))
    assert (found.before.on_day, found.after.on_day) == (240, 180)
    assert found.after.qualifies
    assert found.after.credited == 120


def test_breaks_are_not_counted(program):
    build.a_rule(program)
    session = build.a_session(build.a_group(program), breaks="10:30-10:45")
    person = a_member(session)
    build.a_record(session, person, "09:00-12:00")
    build.a_sign_off(session)
    found = effect(session, person, there("10:40-12:00"))
    assert (found.before.credited, found.after.credited) == (165, 75)


def test_a_kind_that_does_not_count_leaves_the_week_as_it_is(signed):
    session, person = signed
    program = session.group.program
    program.rules.update(counts=["skills"])
    family = build.a_session(build.a_group(program, kind="family"), starts="13:00", ends="14:00")
    build.a_record(family, person, "13:00-14:00")
    build.a_sign_off(family)
    said_of_it = words(family, person, there("13:30-14:00"))
    assert said_of_it.turns == ()
    assert "Sessions of this kind do not count" in said_of_it.instead
    amend_and_follow(correction=correction(family, person, absent("no_call")), **_by())
    assert said(family, person) == "no_call"


def test_a_week_without_a_rule(signed):
    session, person = signed
    session.group.program.rules.update(effective_from=MONDAY + timedelta(days=1))
    assert words(session, person, absent("no_call")).instead.startswith("No rule covers this week")
    amend_and_follow(correction=correction(session, person, absent("no_call")), **_by())
    assert not Alert.objects.exists()


def test_somebody_of_another_program(signed, director):
    session, _person = signed
    guest = build.an_enrollment()
    build.an_assignment(director, guest.program, Role.DIRECTOR)
    target = there("09:00-12:00")
    found = effect(session, guest.participant, target, by=director)
    said_of_it = effect_words(found, program="Evening IOP")
    assert "Not enrolled in Evening IOP on this day" in said_of_it.instead


def two_enrollments(session: GroupSession, person) -> tuple[Enrollment, Enrollment]:
    """Somebody discharged on the Monday and back on the Wednesday of the same week."""
    first = person.enrollments.get()
    first.memberships.update(last_on=MONDAY)
    first.discharged_on, first.discharge_reason = MONDAY, "moved"
    first.save()
    wednesday = MONDAY + timedelta(days=2)
    again = build.an_enrollment(first.program, person, admitted_on=wednesday)
    build.a_membership(session.group, again)
    return first, again


def test_of_two_enrollments_in_a_week_the_one_of_that_day(signed):
    session, person = signed
    first, again = two_enrollments(session, person)
    later = build.a_session(session.group, MONDAY + timedelta(days=2))
    build.a_record(later, person, "09:00-12:00")
    build.a_sign_off(later)
    monday = effect(session, person, there("09:00-11:00"))
    assert monday.after.row.person.enrollment_key == first.pk
    assert monday.after.row.attended == 120
    wednesday = effect(later, person, there("09:00-11:30", day=later.held_on))
    assert wednesday.after.row.person.enrollment_key == again.pk
    assert wednesday.after.row.attended == 150


def test_a_partial_week_may_be_exempt(program):
    session, person = a_signed_monday(program, partial_weeks="exempt", min_minutes_per_week=540)
    two_enrollments(session, person)
    found = effect(session, person, there("09:00-11:00"))
    assert found.before.row.verdict is found.after.row.verdict is Verdict.EXEMPT
    assert (found.before.row.attended, found.after.row.attended) == (180, 120)


@pytest.mark.parametrize(
    ("day", "starts", "ends", "stretch", "minutes"),
    [
        # Clocks go back at two in the morning of the first, forward on the eighth of March.
        ("2026-11-01", "00:30", "03:30", "00:30-03:00", (240, 210)),
        ("2026-03-08", "00:30", "03:30", "00:30-03:00", (120, 90)),
        ("2026-03-08", "09:00", "12:00", "10:00-12:00", (180, 120)),
        ("2026-11-01", "09:00", "12:00", "10:00-12:00", (180, 120)),
    ],
)
def test_the_days_on_which_clocks_change(program, day, starts, ends, stretch, minutes):
    build.a_rule(program)
    session = build.a_session(build.a_group(program), day, starts, ends)
    person = a_member(session)
    build.a_record(session, person, f"{starts}-{ends}")
    build.a_sign_off(session)
    target = there(stretch, day=date.fromisoformat(day))
    found = effect(session, person, target)
    assert (found.before.credited, found.after.credited) == minutes


def test_a_duplicate_s_record_counts_for_who_is_kept(signed, director):
    session, person = signed
    other = build.a_participant(first_name="Grace", last_name="Lindquist")
    person.merged_into, person.merged_at, person.merged_by = other, NOW, director
    person.save()
    found = effect(session, person, there("09:00-11:00"))
    assert found.after.row.person.participant_id == other.public_id
    assert (found.before.row.attended, found.after.row.attended) == (180, 120)


def test_a_refusal_leaves_nothing(signed):
    before, (session, person) = kept(), signed
    with pytest.raises(NotAmended):
        effect(session, person, there("09:00-12:00"))
    without = correction(session, person, absent("excused"), reason=" ")
    with pytest.raises(NotAmended):
        amend_and_follow(correction=without, **_by())
    assert kept() == before


def test_nothing_is_amended_when_the_trail_cannot_be_written(signed, audit_fails):
    session, person = signed
    with pytest.raises(IntegrityError):
        amend_and_follow(correction=correction(session, person, absent("excused")), **_by())
    assert not Amendment.objects.exists()
    assert said(session, person) == "09:00-12:00"


def test_alerts_of_a_week_long_past_follow(program):
    session, person = a_signed_monday(program)
    long_after = moment(MONDAY, "12:00") + timedelta(weeks=30)
    amend_and_follow(
        correction=correction(session, person, there("09:00-11:00")),
        by=build.a_user(),
        now=long_after,
    )
    connection.check_constraints()
    alerts = Alert.objects.of_week(MONDAY)
    assert {(each.kind, each.minutes_short) for each in alerts.open()} == {
        ("not_met", 60),
        ("days_short", 60),
    }
    amend_and_follow(
        correction=correction(session, person, there("09:00-12:00")),
        by=build.a_user(),
        now=long_after,
    )
    assert not alerts.open().exists()
