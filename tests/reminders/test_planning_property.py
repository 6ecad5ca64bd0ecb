"""Planning against an oracle: whoever the rosters of tomorrow's sessions name, and agreed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from groups.models import GroupSession
from groups.roster import expected_at
from programs.models import Participant
from reminders.actions import plan_reminders
from reminders.expected import expected_on
from reminders.models import Reminder
from tests import build
from tests.build import MONDAY, moment

pytestmark = pytest.mark.django_db

DAYS = st.integers(-2, 2)
SPAN = st.tuples(DAYS, st.none() | st.integers(0, 2))
PERSON = st.fixed_dictionaries(
    {
        "admitted": DAYS,
        "stays": st.none() | st.integers(0, 3),
        "group": st.none() | st.sampled_from([0, 1]),
        "seat": st.none() | st.integers(0, 3),
        "leave": st.none() | SPAN,
        "consent": st.sampled_from(["email", "sms", "withdrawn", "none"]),
        "has_email": st.booleans(),
    }
)
SESSION = st.tuples(st.sampled_from([0, 1]), DAYS, st.booleans())


def day(number: int):
    return MONDAY + timedelta(days=number)


def span(drawn) -> tuple:
    first, length = drawn
    return day(first), None if length is None else day(first + length)


class Planning(TestCase):
    """One drawn clinic after the other, each in a transaction of its own."""

    @settings(max_examples=40)
    @given(
        st.lists(SESSION, min_size=1, max_size=4),
        st.lists(PERSON, min_size=1, max_size=4),
    )
    def test_the_planned_are_those_the_rosters_name(self, sessions, people):
        program = build.a_program()
        groups = [build.a_group(program), build.a_group(program)]
        held = [store_session(groups, number, *each) for number, each in enumerate(sessions)]
        for each in people:
            store_person(program, groups, held, each)
        plan_reminders(now=moment(day(-1), "12:00"), by=None)
        planned = set(Reminder.objects.planned().values_list("participant", flat=True))
        first = first_starts(GroupSession.objects.filter(held_on=MONDAY))
        assert planned == {pk for pk in first if may_be_reminded(Participant.objects.get(pk=pk))}
        expected: Any = expected_on(MONDAY)
        assert first == dict(expected.values_list("participant", "starts_at"))


def first_starts(sessions) -> dict:
    """The oracle: each session's roster, one by one."""
    first: dict = {}
    for session in sessions.order_by("-starts_at"):
        for enrollment in expected_at(session):
            first[enrollment.participant_id] = session.starts_at
    return first


def may_be_reminded(person: Participant) -> bool:
    agreed = [each for each in person.consents.all() if not each.withdrawn_at]
    return bool(person.email) and any(each.channel == "email" for each in agreed)


def store_session(groups, number: int, group: int, ahead: int, is_cancelled: bool):
    status = "cancelled" if is_cancelled else "scheduled"
    starts, ends = f"{8 + number:02}:00", f"{9 + number:02}:00"
    return build.a_session(groups[group], day(ahead), starts, ends, status=status)


def store_person(program, groups, held, drawn) -> None:
    email = "someone@mail.example" if drawn["has_email"] else ""
    person = build.a_participant(email=email)
    if drawn["consent"] in ("email", "sms"):
        build.a_consent(person, channel=drawn["consent"])
    if drawn["consent"] == "withdrawn":
        build.a_consent(person, channel="email", withdrawn_at=build.NOW)
    first, last = span((drawn["admitted"], drawn["stays"]))
    ended = {"discharged_on": last, "discharge_reason": "completed"} if last else {}
    enrollment = build.an_enrollment(program, person, admitted_on=first, **ended)
    if drawn["group"] is not None:
        build.a_membership(groups[drawn["group"]], enrollment)
    if drawn["seat"] is not None and drawn["seat"] < len(held):
        session = held[drawn["seat"]]
        if first <= session.held_on and (last is None or session.held_on <= last):
            build.a_make_up_seat(session, enrollment)
    if drawn["leave"]:
        build.a_leave(person, *span(drawn["leave"]))
