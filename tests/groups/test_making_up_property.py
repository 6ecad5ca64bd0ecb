"""Whatever is taken and given back in whatever order: seats suffice and nobody is in two places."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from groups.models import GroupSession, MakeUpSeat
from groups.schedule.edit import CannotSchedule
from tests import build
from tests.build import moment
from tests.groups.making_up import give_back, take

# The Sunday on which the clocks go back, and the days around it.
DAYS = (date(2026, 10, 31), date(2026, 11, 1), date(2026, 11, 2))
PEOPLE = 4
STEP = st.tuples(
    st.sampled_from(["take", "take", "take", "give"]),
    st.integers(0, PEOPLE - 1),
    st.integers(0, 8),
    st.integers(0, 6),  # hours that pass
)


class MakingUp(TestCase):
    def setUp(self) -> None:
        program = build.a_program()
        groups = [build.a_group(program, capacity=seats) for seats in (1, 2, 2)]
        times = (("09:00", "10:30"), ("10:00", "11:30"), ("10:30", "12:00"))
        self.sessions = [
            build.a_session(group, day, *times[number])
            for day in DAYS
            for number, group in enumerate(groups)
        ]
        self.people = [
            build.an_enrollment(program, admitted_on="2026-10-01") for _ in range(PEOPLE)
        ]
        build.a_membership(groups[1], self.people[0])
        build.a_leave(self.people[1].participant, DAYS[1], DAYS[1])
        self.now = moment(DAYS[0], "08:00")

    def is_member(self, who: int, session: GroupSession) -> bool:
        return who == 0 and session.group_id == self.sessions[1].group_id

    def inside(self, session: GroupSession, held: set[tuple[int, int]]) -> list[int]:
        """Return who is in the session, worked out from the seats that are held."""
        return [
            who
            for who, person in enumerate(self.people)
            if (person.pk, session.pk) in held or self.is_member(who, session)
        ]

    def could(self, who: int, session: GroupSession, held: set[tuple[int, int]]) -> bool:
        """Say the rule a second way: what each session holds, and where the person is."""
        theirs = [each for each in self.sessions if who in self.inside(each, held)]
        return (
            self.now < session.starts_at
            and session not in theirs
            and not (who == 1 and session.held_on == DAYS[1])
            and len(self.inside(session, held)) < session.group.capacity
            and all(
                each.ends_at <= session.starts_at or session.ends_at <= each.starts_at
                for each in theirs
            )
        )

    def held(self) -> set[tuple[int, int]]:
        return set(MakeUpSeat.objects.held().values_list("enrollment", "session"))

    @settings(max_examples=30)
    @given(steps=st.lists(STEP, min_size=5, max_size=25))
    def test_any_row_of_seats(self, steps):
        for act, who, which, hours in steps:
            self.now += timedelta(hours=hours, minutes=1)
            person, session, before = self.people[who], self.sessions[which], self.held()
            if act == "take":
                allowed = self.could(who, session, before)
                with suppress(CannotSchedule):
                    take(session, person, now=self.now)
                assert ((person.pk, session.pk) in self.held() - before) is allowed
            elif seat := MakeUpSeat.objects.held().filter(enrollment=person).first():
                with suppress(CannotSchedule):
                    give_back(seat, now=self.now)
                is_early = self.now < seat.session.starts_at
                assert ((person.pk, seat.session_id) not in self.held()) is is_early
            held = self.held()
            for each in self.sessions:
                assert len(self.inside(each, held)) <= each.group.capacity
            for one, other in combinations(self.sessions, 2):
                if one.starts_at < other.ends_at and other.starts_at < one.ends_at:
                    both = set(self.inside(one, held)) & set(self.inside(other, held))
                    assert not both
