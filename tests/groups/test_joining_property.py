"""Whatever is done in whatever order: seats suffice, the line keeps its order, the past stays."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from groups.enrolling.seats import Place, free_seats
from groups.joining.actions.members import put_off_membership
from groups.joining.actions.waiting import stop_waiting
from groups.joining.roster_on import roster_on
from groups.joining.seats import busiest
from groups.models import (
    GroupMembership,
    GroupSession,
    ScheduleException,
    TherapyGroup,
    WaitingPlace,
)
from groups.schedule.edit import CannotSchedule
from tests import build
from tests.build import moment
from tests.groups.joining import WHY, end, join, move, promote, wait

pytestmark = pytest.mark.django_db

# Two weeks around the clocks going back, November 1, in a zone that has them go back.
FIRST = date(2026, 10, 26)
DAYS = 21
PEOPLE = 5
ACTS = ["join", "join_anyway", "move", "end", "end", "put_off", "wait", "stop", "promote"]
STEP = st.tuples(
    st.sampled_from(ACTS),
    st.integers(0, PEOPLE - 1),  # who
    st.integers(0, 1),  # which group
    st.sampled_from([-6, -4, -3, -2, -1, 0, 0, 1, 2, 5, 9]),  # days from now
    st.integers(0, 30),  # hours that pass
)
PLACES = st.lists(
    st.tuples(st.integers(0, 20), st.integers(0, 20) | st.none()).map(
        lambda drawn: Place(
            FIRST + timedelta(drawn[0]),
            None if drawn[1] is None else FIRST + timedelta(drawn[0] + drawn[1]),
        )
    ),
    max_size=8,
)


class Clinic:
    """Two groups with one and two seats that meet on odd and even days, and people enrolled."""

    def __init__(self) -> None:
        self.program = build.a_program()
        self.groups = [build.a_group(self.program, capacity=seats) for seats in (1, 2)]
        for number, group in enumerate(self.groups):
            for days in range(number, DAYS + 10, 2):
                build.a_session(group, FIRST + timedelta(days), "09:00", "10:30")
        self.people = [build.an_enrollment(self.program, admitted_on=FIRST) for _ in range(PEOPLE)]
        self.people[0].discharged_on = FIRST + timedelta(12)
        self.people[0].discharge_reason = "moved"
        self.people[0].save()
        self.now = moment(FIRST, "08:00")
        for group, person in zip((*self.groups, self.groups[1]), self.people[2:], strict=True):
            build.a_membership(group, person)
        for minutes, person in enumerate(self.people[:2]):
            for group in self.groups:
                wait(group, person, now=self.now - timedelta(minutes=9 - minutes))
        self.places: list[GroupMembership] = []
        self.joined: tuple[int, ...] = ()

    @property
    def today(self) -> date:
        return self.now.astimezone(self.program.zone).date()

    def do(self, act: str, who: int, which: int, days: int) -> None:
        person, group, day = self.people[who], self.groups[which], self.today + timedelta(days)
        places = list(GroupMembership.objects.order_by("-pk")[:6])
        place = places[(2 * who + which) % len(places)]
        queued = WaitingPlace.objects.filter(group=group).order_by("-pk").first()
        acts: dict[str, Any] = {
            "join": lambda: join(group, person, day, now=self.now),
            "join_anyway": lambda: join(group, person, day, now=self.now, override=WHY),
            "wait": lambda: wait(group, person, now=self.now),
            "promote": lambda: promote(group, now=self.now),
        }
        other = next(each for each in self.groups if each.pk != place.group_id)
        acts |= {
            "move": lambda: move(place, other, day, now=self.now),
            "end": lambda: end(place, day, now=self.now),
            "put_off": lambda: put_off_membership(place=place, first_on=day, now=self.now, by=None),
            "stop": lambda: stop_waiting(place=queued, now=self.now, by=None) if queued else None,
        }
        with suppress(CannotSchedule):
            acts[act]()

    def on(self, group: TherapyGroup, day: date) -> list[GroupMembership]:
        """Return who is in the group on the date; `places` are as of the last look."""
        return [
            each
            for each in self.places
            if each.group_id == group.pk
            and each.first_on <= day
            and (each.last_on is None or day <= each.last_on)
        ]

    def look(self) -> dict[tuple[int, date], list[int]]:
        """Return who is in each group on each date so far, and at the sessions that are over."""
        self.places = list(GroupMembership.objects.all())
        days = [FIRST + timedelta(day) for day in range((self.today - FIRST).days)]
        over = GroupSession.objects.filter(ends_at__lte=self.now, held_on=self.today)
        settled = [(group, day) for group in self.groups for day in days]
        settled += [(each.group, each.held_on) for each in over.select_related("group")]
        return {
            (group.pk, day): sorted(each.enrollment_id for each in self.on(group, day))
            for group, day in settled
        }

    def check_seats(self) -> None:
        """Members beyond the seats are there by somebody's reason only."""
        exceptions = ScheduleException.objects.filter(kind="group_capacity")
        overridden = set(exceptions.values_list("membership", flat=True))
        for group in self.groups:
            for day in range(-1, DAYS + 20):
                here = self.on(group, FIRST + timedelta(day))
                assert len([each for each in here if each.pk not in overridden]) <= group.capacity

    def check_line(self, before: dict[int, list[int]], moment_of: datetime) -> None:
        """Who came in from the line just now stood before all who still wait."""
        for group in self.groups:
            came = WaitingPlace.objects.filter(group=group, left_at=moment_of)
            still = [row.pk for row in WaitingPlace.objects.waiting().filter(group=group)]
            stood = before[group.pk]
            for place in came.filter(membership__isnull=False).exclude(pk__in=self.joined):
                behind = stood[: stood.index(place.pk)]
                assert not set(behind) & set(still)


class Joining(TestCase):
    @settings(max_examples=20)
    @given(steps=st.lists(STEP, min_size=4, max_size=12))
    def test_any_row_of_changes(self, steps):
        clinic = Clinic()
        known: dict[tuple[int, date], list[int]] = {}
        for act, who, which, days, hours in steps:
            clinic.now += timedelta(hours=hours, minutes=1)
            known |= clinic.look()
            before = {
                group.pk: [row.pk for row in WaitingPlace.objects.waiting().filter(group=group)]
                for group in clinic.groups
            }
            # Whoever joins by a reason of their own leaves the line out of turn.
            own = WaitingPlace.objects.waiting().filter(enrollment=clinic.people[who])
            clinic.joined = tuple(own.values_list("pk", flat=True))
            clinic.do(act, who, which, days)
            now_known = clinic.look()
            assert {key: now_known[key] for key in known} == known
            clinic.check_seats()
            clinic.check_line(before, clinic.now)
        for group in clinic.groups:
            for day in [day for key, day in known if key == group.pk][-3:]:
                members = roster_on(group, day).members
                found = sorted(each.enrollment_id for each in members)
                assert found == known[group.pk, day]


@given(places=PLACES, first=st.integers(0, 30), length=st.integers(0, 20) | st.none())
def test_the_busiest_day_leaves_the_free_seats(places, first, length):
    first_on = FIRST + timedelta(first)
    last_on = None if length is None else first_on + timedelta(length)
    taken, day = busiest(places, first_on=first_on, last_on=last_on)
    assert free_seats(6, places, first_on=first_on, last_on=last_on) == max(0, 6 - taken)
    assert sum(place.covers(day) for place in places) == taken
    assert first_on <= day
    assert last_on is None or day <= last_on
