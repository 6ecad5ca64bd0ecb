"""Whatever happens in whatever order: episodes never overlap, places lie inside, the past stays.

The oracle knows no rows: it keeps, for each person, a plain set of days in each group.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts.models import AuditEvent
from groups.enrolling.actions import CannotEnroll, Plan, enroll_participant
from groups.models import GroupMembership, GroupSession
from groups.roster import expected_at
from groups.schedule.edit import CannotSchedule
from programs.models import Enrollment, Leave
from tests import build
from tests.build import moment
from tests.groups.episodes import (
    back,
    call_off,
    discharge,
    leave,
    longer,
    onward,
    put_off,
    reverse,
    stay_after_all,
    transfer,
)

pytestmark = pytest.mark.django_db

PEOPLE = 2
LENGTH = 24
# Both weeks in which the clocks change, in a zone where they do: back and forward.
STARTS = [date(2026, 10, 26), date(2027, 3, 8)]
ACTS = [
    *("leave", "discharge", "back", "reverse", "longer", "transfer"),
    *("stay", "put_off", "call_off", "admit"),
]
STEP = st.tuples(
    st.sampled_from(ACTS),
    st.integers(0, PEOPLE - 1),  # who
    st.integers(0, 1),  # which program
    st.sampled_from([0, -3, -2, -1, 1, 2, 4, 7]),  # days from today
    st.integers(0, 6),  # how many days longer
    st.integers(0, 60),  # hours that pass before
)


class Clinic:
    """Two programs, each with a group that meets at nine on every second day."""

    def __init__(self, first: date) -> None:
        self.first, self.programs, self.groups = first, [], []
        for number in range(2):
            program = build.a_program()
            group = build.a_group(program, capacity=9)
            for day in range(number, LENGTH + 12, 2):
                build.a_session(group, first + timedelta(day), "09:00", "10:30")
            self.programs.append(program)
            self.groups.append(group)
        self.people = [build.a_participant() for _ in range(PEOPLE)]
        self.sessions = list(GroupSession.objects.order_by("starts_at").select_related("group"))
        self.now = moment(first, "08:00")
        for person, program, group in zip(self.people, self.programs, self.groups, strict=True):
            enrollment = build.an_enrollment(program, person, admitted_on=first)
            build.a_membership(group, enrollment)

    @property
    def today(self) -> date:
        return self.now.astimezone(self.programs[0].zone).date()

    def do(self, act: str, who: int, which: int, days: int, more: int) -> str:
        """Do that, or else the next of the acts that can be done just now; return which it was."""
        day = self.today + timedelta(days)
        start = ACTS.index(act)
        for other in (*ACTS[start:], *ACTS[:start]):
            trail = AuditEvent.objects.count()
            with suppress(CannotSchedule, CannotEnroll):
                getattr(self, other)(self.people[who], which, day, day + timedelta(more))
            if AuditEvent.objects.count() > trail:
                return other
        return ""

    def admit(self, person: Any, which: int, day: date, _until: date) -> None:
        if day < self.today:  # enrolling does not look back
            return
        plan = Plan(
            public_id=build.a_participant().public_id,
            program=self.programs[which],
            participant=person,
            admitted_on=day,
            admission="direct",
            planned_discharge_on=None,
            ordered_minutes=None,
            groups=[self.groups[which]] if self.joins_today(which, day) else [],
            consents={},
        )
        enroll_participant(plan=plan, now=self.now, by=None)

    def joins_today(self, which: int, day: date) -> bool:
        """Return whether nothing of the group is over on the first day."""
        over = [each for each in self.sessions if each.ends_at <= self.now]
        return all((each.group_id, each.held_on) != (self.groups[which].pk, day) for each in over)

    def latest(self, person: Any) -> Enrollment:
        found = person.enrollments.order_by("-pk").first()
        if found is None:
            raise CannotSchedule({})
        return found

    def last_leave(self, person: Any) -> Leave:
        found = person.leaves.order_by("-pk").first()
        if found is None:
            raise CannotSchedule({})
        return found

    def leave(self, person: Any, which: int, day: date, until: date) -> None:
        leave(self.latest(person), day, until if which else None, now=self.now)

    def back(self, person: Any, _which: int, day: date, _until: date) -> None:
        back(self.last_leave(person), day, now=self.now)

    def longer(self, person: Any, which: int, _day: date, until: date) -> None:
        longer(self.last_leave(person), until if which else None, now=self.now)

    def stay(self, person: Any, _which: int, _day: date, _until: date) -> None:
        stay_after_all(self.last_leave(person), now=self.now)

    def transfer(self, person: Any, which: int, day: date, _until: date) -> None:
        there = onward(self.programs[which], day, groups=[self.groups[which]])
        transfer(self.latest(person), there, now=self.now)

    def discharge(self, person: Any, which: int, day: date, _until: date) -> None:
        reason = "completed" if which else "deceased"
        discharge(self.latest(person), day, reason, now=self.now)

    def reverse(self, person: Any, which: int, _day: date, _until: date) -> None:
        ended = person.enrollments.exclude(discharged_on=None).order_by("-pk")[which:]
        if first := ended.first():
            reverse(first, now=self.now)

    def call_off(self, person: Any, _which: int, _day: date, _until: date) -> None:
        call_off(self.latest(person), now=self.now)

    def put_off(self, person: Any, _which: int, day: date, _until: date) -> None:
        put_off(self.latest(person), day, now=self.now)

    def over(self) -> list[GroupSession]:
        return [each for each in self.sessions if each.ends_at <= self.now]

    def rosters(self) -> dict[int, list[int]]:
        """Return who was expected at each session that is over, as the pages say it."""
        return {
            each.pk: sorted(person.participant_id for person in expected_at(each))
            for each in self.over()
        }

    def day_sets(self) -> dict[str, dict[int, list[set[date]]]]:
        """Return all rows as plain sets of days, of each person."""
        horizon = self.first + timedelta(LENGTH * 3)
        episodes, leaves = {}, {}
        for person in self.people:
            episodes[person.pk] = [
                days(each.admitted_on, each.discharged_on, horizon)
                for each in person.enrollments.all()
            ]
            leaves[person.pk] = [
                days(each.first_on, each.last_on, horizon) for each in person.leaves.all()
            ]
        return {"episodes": episodes, "leaves": leaves}

    def check(self) -> None:
        """No day is in two episodes or two leaves, none of a place outside its episode."""
        connection.check_constraints()
        found = self.day_sets()
        for kind in found.values():
            for sets in kind.values():
                assert sum(map(len, sets)) == len(set().union(*sets))
        horizon = self.first + timedelta(LENGTH * 3)
        inside: dict[tuple[int, date], set[int]] = {}
        for place in GroupMembership.objects.select_related("enrollment"):
            episode = place.enrollment
            here = days(place.first_on, place.last_on, horizon)
            assert here <= days(episode.admitted_on, episode.discharged_on, horizon)
            away = set().union(*found["leaves"][episode.participant_id])
            for day in here - away:
                inside.setdefault((place.group_id, day), set()).add(episode.participant_id)
        for each in self.over()[-4:]:
            oracle = sorted(inside.get((each.group_id, each.held_on), ()))
            assert sorted(row.participant_id for row in expected_at(each)) == oracle


def days(first: date, last: date | None, horizon: date) -> set[date]:
    """Return the dates from the first to the last, as a plain set."""
    end = last or horizon
    return {first + timedelta(number) for number in range((end - first).days + 1)}


class Episodes(TestCase):
    @settings(max_examples=15)
    @given(first=st.sampled_from(STARTS), steps=st.lists(STEP, min_size=6, max_size=12))
    @example(
        first=STARTS[0],
        steps=[
            ("admit", 0, 0, 0, 0, 0),
            ("leave", 0, 1, 2, 3, 1),
            ("transfer", 0, 1, 7, 0, 40),
            ("call_off", 0, 0, 0, 0, 1),
            ("reverse", 0, 0, 0, 0, 40),
            ("discharge", 0, 1, 0, 0, 2),
            ("admit", 0, 1, 1, 0, 30),
            ("put_off", 0, 0, 4, 0, 0),
        ],
    )
    def test_any_row_of_changes(self, first, steps):
        clinic = Clinic(first)
        known: dict[int, list[int]] = {}
        for act, who, which, ahead, more, hours in steps:
            clinic.now += timedelta(hours=hours, minutes=1)
            known |= clinic.rosters()
            clinic.do(act, who, which, ahead, more)
            clinic.check()
            assert clinic.rosters() == known
