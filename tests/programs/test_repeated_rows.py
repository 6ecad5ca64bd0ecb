"""What the database refuses to hold twice, or twice at a time, about the clinic and its people."""

from __future__ import annotations

from typing import Any

import pytest

from programs.models import (
    Closure,
    ContactConsent,
    Enrollment,
    HoursRule,
    Leave,
    Order,
    Participant,
    RequiredCredential,
    Role,
    Room,
    ScheduleRule,
    StaffAssignment,
)
from tests import build
from tests.build import NOW, on
from tests.refusals import explains, refused

pytestmark = pytest.mark.django_db


def test_a_room_once_per_site():
    room = build.a_room(name="Oak")
    build.a_room(build.a_site(), name="Oak")
    with refused("room_once_per_site"):
        build.a_room(room.site, name="Oak")
    explains(Room(site=room.site, name="Oak", capacity=4), "room_once_per_site")


@pytest.mark.parametrize("of_program", [True, False])
def test_a_closure_once(of_program: bool):
    program = build.a_program()
    given: dict[str, Any] = {"site": program.site, "program": program if of_program else None}
    closure = build.a_closure(**given)
    build.a_closure(**given, first_on="2026-11-25")
    build.a_closure(build.a_program(program.site))
    build.a_closure(**given, removed_at=NOW)
    with refused("closure_once"):
        build.a_closure(**given)
    with refused("closure_once"):
        Closure.objects.filter(**given).update(removed_at=None)
    again = Closure(first_on=closure.first_on, last_on=closure.last_on, reason="Snow", **given)
    explains(again, "closure_once")


def test_a_rule_once_per_date():
    rule = build.a_rule(build.a_program())
    build.a_rule(build.a_program())
    build.a_rule(rule.program, effective_from=on("2026-01-02"))
    with refused("hours_rule_once_per_date"):
        build.a_rule(rule.program)
    again = HoursRule.objects.get(pk=rule.pk)
    again.pk, again._state.adding = None, True
    explains(again, "hours_rule_once_per_date")


def test_a_schedule_rule_once_per_date():
    rule = build.a_schedule_rule(build.a_program())
    build.a_schedule_rule(build.a_program())
    build.a_schedule_rule(rule.program, effective_from="2026-01-02")
    with refused("schedule_rule_once_per_date"):
        build.a_schedule_rule(rule.program)
    again = ScheduleRule(program=rule.program, effective_from=rule.effective_from)
    explains(again, "schedule_rule_once_per_date")


def test_a_required_credential_once():
    rule = build.a_schedule_rule(build.a_program())
    same = {"kind": "process", "credential": "LCSW"}
    rule.credentials.create(**same)
    rule.credentials.create(**{**same, "kind": "family"})
    rule.credentials.create(**{**same, "credential": "LPC"})
    build.a_schedule_rule(build.a_program()).credentials.create(**same)
    with refused("required_credential_once"):
        rule.credentials.create(**same)
    explains(RequiredCredential(rule=rule, **same), "required_credential_once")


def test_an_assignment_once_while_it_lasts():
    user, program = build.a_user(), build.a_program()
    build.an_assignment(user, program, Role.BILLING, started_at=NOW, ended_at=NOW)
    build.an_assignment(user, program, Role.BILLING)
    build.an_assignment(user, program, Role.CLINICIAN)
    build.an_assignment(user, build.a_program(), Role.BILLING)
    with refused("staff_assignment_once"):
        build.an_assignment(user, program, Role.BILLING)
    again = StaffAssignment(user=user, program=program, role=Role.BILLING)
    explains(again, "staff_assignment_once")


def test_a_consent_once_while_it_lasts():
    participant = build.a_participant()
    build.a_consent(participant, withdrawn_at=NOW)
    build.a_consent(participant)
    build.a_consent(participant, channel="email")
    build.a_consent()
    with refused("contact_consent_once"):
        build.a_consent(participant)
    again = ContactConsent(participant=participant, channel="sms", given_at=NOW)
    explains(again, "contact_consent_once")


def test_an_order_once_per_date():
    order = build.an_order(build.an_enrollment())
    build.an_order(order.enrollment, effective_from="2026-11-03")
    build.an_order(build.an_enrollment())
    with refused("order_once_per_date"):
        build.an_order(order.enrollment)
    again = Order(
        enrollment=order.enrollment, effective_from=order.effective_from, minutes_per_week=540
    )
    explains(again, "order_once_per_date")


def test_a_chart_number_once():
    participant = build.a_participant()
    with refused("programs_participant_chart_number_key"):
        build.a_participant(chart_number=participant.chart_number)
    assert Participant.objects.count() == 1


def an_episode(admitted_on: str, discharged_on: str | None, **fields: Any) -> Enrollment:
    reason = "transferred" if discharged_on else ""
    return build.an_enrollment(
        admitted_on=admitted_on, discharged_on=discharged_on, discharge_reason=reason, **fields
    )


# Dates of an episode or leave beside one from the 9th to the 20th, both included.
BESIDE = [("2026-11-01", "2026-11-08"), ("2026-11-21", "2026-11-30"), ("2026-11-21", None)]
OVER = [
    ("2026-11-01", "2026-11-09"),
    ("2026-11-20", "2026-11-30"),
    ("2026-11-20", None),
    ("2026-11-01", None),
    ("2026-11-12", "2026-11-12"),
]


@pytest.mark.parametrize(("first", "last"), BESIDE)
def test_episodes_side_by_side(first: str, last: str | None):
    episode = an_episode("2026-11-09", "2026-11-20")
    an_episode(first, last, participant=episode.participant)
    an_episode("2026-11-09", None)


@pytest.mark.parametrize(("first", "last"), OVER)
def test_no_two_episodes_at_once_in_any_program(first: str, last: str | None):
    participant = an_episode("2026-11-09", "2026-11-20").participant
    with refused("enrollment_one_at_a_time"):
        an_episode(first, last, participant=participant)
    again = Enrollment(
        participant=participant,
        program=build.a_program(),
        admitted_on=on(first),
        discharged_on=on(last) if last else None,
        discharge_reason="moved" if last else "",
    )
    explains(again, "enrollment_one_at_a_time")


@pytest.mark.parametrize(("first", "last"), BESIDE)
def test_leaves_side_by_side(first: str, last: str | None):
    leave = build.a_leave(build.a_participant(), "2026-11-09", "2026-11-20")
    build.a_leave(leave.participant, first, last)
    build.a_leave(build.a_participant(), "2026-11-09", None)


@pytest.mark.parametrize(("first", "last"), OVER)
def test_no_two_leaves_at_once(first: str, last: str | None):
    participant = build.a_leave(build.a_participant(), "2026-11-09", "2026-11-20").participant
    with refused("leave_one_at_a_time"):
        build.a_leave(participant, first, last)
    again = Leave(participant=participant, first_on=on(first), last_on=on(last) if last else None)
    explains(again, "leave_one_at_a_time")
