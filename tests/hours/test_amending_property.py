"""Whatever is marked, signed, amended, added late and sent twice: every minute is credited once."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from attendance.amending.refusals import NotAmended
from attendance.models import Amendment, AttendanceRecord, Presence
from attendance.sheet.actions import sign_session
from attendance.sheet.refusals import CannotSign, NotRecorded, ReadOnly
from attendance.sheet.states import UNMARKED, Ask, State, absent, present
from attendance.sheet.wishes import RowMarks
from groups.models import GroupSession
from hours.amending.actions import amend_and_follow
from hours.amending.comparing import Correction
from hours.amending.preview import effect_of
from hours.program_week import program_week
from programs.models import Role
from tests import build
from tests.attendance.sheet import a_member, on_sheet, record
from tests.build import moment

pytestmark = pytest.mark.django_db

# A plain Monday, and the nights on which clocks go back and forward: two sessions that overlap.
DAYS = {
    date(2026, 11, 23): (("09:00", "12:00", "10:30-10:45"), ("11:00", "13:00", "")),
    date(2026, 11, 1): (("00:30", "03:30", ""), ("03:00", "05:00", "")),
    date(2026, 3, 8): (("00:30", "03:30", ""), ("03:00", "05:00", "")),
}
PEOPLE, SESSIONS = 3, 2
LEFT_OUT = 2  # enrolled, and a member of neither group

# The model of a record: minutes since the start as [came, left or None] pairs, or a word.
Said = str | list[list[Any]]
MINUTES = st.lists(st.integers(-10, 150), min_size=1, max_size=5, unique=True).map(sorted)
SAID = st.sampled_from(["-", "excused", "no_call"]) | MINUTES.map(
    lambda at: [[at[i], at[i + 1] if i + 1 < len(at) else None] for i in range(0, len(at), 2)]
)
STEP = st.tuples(
    st.sampled_from(["mark", "mark", "again", "sign", "amend", "amend", "amend"]),
    st.integers(0, PEOPLE - 1),
    st.integers(0, SESSIONS - 1),
    SAID,
)
EVERYBODY = [("mark", who, where, "excused") for where in (0, 1) for who in (0, 1)]
SIGNED = [*EVERYBODY, ("sign", 0, 0, "-"), ("sign", 0, 1, "-")]
# Half of them begin with everything signed, so that most of what follows is amended.
STEPS = st.tuples(st.sampled_from([[], SIGNED]), st.lists(STEP, max_size=10)).map(
    lambda parts: [*parts[0], *parts[1]]
)


class World:
    """The sessions and people, and what the model knows of them."""

    def __init__(self, day: date) -> None:
        self.program = build.a_program()
        build.a_rule(self.program)
        self.user = build.a_colleague(self.program, Role.DIRECTOR)
        self.sessions = [
            build.a_session(build.a_group(self.program), day, starts, ends, breaks=breaks)
            for starts, ends, breaks in DAYS[day]
        ]
        self.people = [a_member(self.sessions[0]) for _ in range(PEOPLE - 1)]
        for person in self.people:
            build.a_membership(self.sessions[1].group, person.enrollments.get())
        left_out = build.an_enrollment(self.program, admitted_on="2020-01-01")
        self.people.append(left_out.participant)
        self.now = moment(day, "14:00")
        self.said: dict[tuple[int, int], Said] = {
            (who, where): "-" for who in range(PEOPLE) for where in range(SESSIONS)
        }
        self.signed: set[int] = set()
        self.versions: dict[tuple[int, int], list[Said]] = {}

    def length(self, where: int) -> int:
        session = self.sessions[where]
        return int((session.ends_at - session.starts_at).total_seconds()) // 60

    def minutes(self, who: int, where: int, said: Said | None = None) -> set[int]:
        """Return the minutes since 1970 in which they were in the session."""
        said = self.said[who, where] if said is None else said
        begins = int(self.sessions[where].starts_at.timestamp()) // 60
        there: set[int] = set()
        for came, left in said if isinstance(said, list) else []:
            until = self.length(where) if left is None else left
            there |= {begins + each for each in range(came or 0, until)}
        return there & set(range(begins, begins + self.length(where)))

    def credited(self, who: int, where: int) -> int:
        pauses: set[int] = set()
        for pause in self.sessions[where].breaks:
            start, end = (int(at.timestamp()) // 60 for at in pause)
            pauses |= set(range(start, end))
        return len(self.minutes(who, where) - pauses)

    def is_possible(self, who: int, where: int, said: Said) -> bool:
        """Say whether it touches the session, and no minute of it is on record in the other."""
        if isinstance(said, list):
            outside = [came >= self.length(where) or (left or 1) <= 0 for came, left in said]
            if any(outside) or any(left == 0 for _came, left in said):
                return False
        return not self.minutes(who, where, said) & self.minutes(who, 1 - where)

    def state(self, where: int, said: Said) -> State:
        if isinstance(said, str):
            return UNMARKED if said == "-" else absent(said)
        start = self.sessions[where].starts_at

        def at(minutes: int | None) -> Any:
            return None if minutes is None else start + timedelta(minutes=minutes)

        return present(*((at(came), at(left)) for came, left in said))

    def settled(self, where: int, said: Said) -> Said:
        """Whoever is said not to have left has stayed until the end."""
        if isinstance(said, str):
            return said
        return [[came, self.length(where) if left is None else left] for came, left in said]


class Records(TestCase):
    @settings(max_examples=25)
    @given(day=st.sampled_from(list(DAYS)), steps=STEPS)
    @example(day=date(2026, 11, 23), steps=[*SIGNED, ("amend", 2, 0, [[-5, None]])])
    @example(day=date(2026, 11, 1), steps=[*SIGNED, ("amend", 0, 0, [[30, 100], [150, None]])])
    @example(
        day=date(2026, 3, 8),
        steps=[*SIGNED, ("amend", 0, 0, [[0, 100]]), ("amend", 0, 1, [[1, 9]])],
    )
    @example(
        day=date(2026, 11, 23),
        steps=[*SIGNED, ("amend", 2, 0, [[0, 180]]), ("amend", 2, 0, "-"), ("amend", 0, 0, "-")],
    )
    def test_every_minute_is_credited_once_and_every_version_stays(self, day, steps):
        world = World(day)
        for kind, who, where, said in steps:
            world.now += timedelta(minutes=1)
            {"mark": self.mark, "again": self.mark, "sign": self.sign, "amend": self.amend}[kind](
                world, who, where, said, again=kind == "again"
            )
            self.minutes_are_the_model_s(world)
        self.versions_are_all_there(world)

    def mark(self, world: World, who: int, where: int, said: Said, *, again: bool) -> None:
        """Put exactly this on the sheet, with one tap that may arrive twice."""
        session, person = world.sessions[where], world.people[who]
        if who == LEFT_OUT and world.said[who, where] == "-":
            said = [[0, world.length(where)]] if said != "-" else "-"
        tap = uuid.uuid4()
        for _time in range(2 if again else 1):
            seen = on_known(session, person, who)
            walks_in = who == LEFT_OUT and seen == UNMARKED
            if walks_in and said == "-":
                break
            ways: dict[str, Any] = {"use": world.state(where, said)}
            ways = {"act": Ask.WALK_IN} if walks_in else ways
            try:
                record(
                    session,
                    world.user,
                    RowMarks(person.public_id, seen=seen, mark_id=tap, **ways),
                    now=world.now,
                )
            except ReadOnly:
                assert where in world.signed
                return
            except NotRecorded:
                assert not world.is_possible(who, where, said)
                return
        else:
            assert where not in world.signed
            assert world.is_possible(who, where, said)
        world.said[who, where] = said

    def sign(self, world: World, who: int, where: int, said: Said, *, again: bool) -> None:
        sessions = GroupSession.objects.filter(pk=world.sessions[where].pk)
        unmarked = any(world.said[each, where] == "-" for each in range(PEOPLE - 1))
        try:
            sign_session(
                session=sessions, reason="Away.", is_substitute=True, by=world.user, now=world.now
            )
        except (ReadOnly, CannotSign):
            assert unmarked or where in world.signed
            return
        assert not unmarked
        world.signed.add(where)
        for each in range(PEOPLE):
            world.said[each, where] = world.settled(where, world.said[each, where])

    def amend(self, world: World, who: int, where: int, said: Said, *, again: bool) -> None:
        said, key = world.settled(where, said), (who, where)
        wanted = Correction(
            session=GroupSession.objects.filter(pk=world.sessions[where].pk),
            participant=world.people[who],
            target=world.state(where, said),
            reason="Seen on the door list.",
        )
        is_possible = (
            where in world.signed
            and said != world.said[key]
            and (said != "-" or who == LEFT_OUT)
            and world.is_possible(who, where, said)
        )
        try:
            foreseen = effect_of(wanted, by=world.user, now=world.now)
            done = amend_and_follow(correction=wanted, by=world.user, now=world.now)
        except NotAmended:
            assert not is_possible
            return
        connection.check_constraints()  # as at the commit
        assert is_possible
        assert foreseen == done
        world.versions.setdefault(key, [world.said[key]]).append(said)
        world.said[key] = said
        assert done.after.credited == world.credited(who, where)

    def minutes_are_the_model_s(self, world: World) -> None:
        week = world.program.week_of(world.sessions[0].held_on)
        facts = program_week(world.program, week=week, as_of=world.now)
        assert facts is not None
        found = {
            (person.participant_id, line.session_id): line.credited
            for person in facts.people
            for line in person.lines
        }
        for who, person in enumerate(world.people):
            both = [world.minutes(who, where) for where in range(SESSIONS)]
            assert not both[0] & both[1]
            for where, session in enumerate(world.sessions):
                credited = found.get((person.public_id, session.public_id), 0)
                assert credited == world.credited(who, where), (who, where)

    def versions_are_all_there(self, world: World) -> None:
        for (who, where), versions in world.versions.items():
            made = Amendment.objects.filter(
                session=world.sessions[where], participant=world.people[who]
            )
            written = [str(world.state(where, said)) for said in versions]
            assert [made[0].before, *(each.after for each in made)] == written
            ever = Presence.pgh_event_model.objects.filter(
                session=world.sessions[where], participant=world.people[who]
            )
            stretches = set(ever.values_list("arrived_at", "left_at"))
            for said in versions:
                assert set(world.state(where, said).stretches) <= stretches
        assert AttendanceRecord.objects.count() == sum(said != "-" for said in world.said.values())


def on_known(session: GroupSession, person: Any, who: int) -> State:
    """Return what is on record; whoever was left out may not stand on the sheet at all."""
    if (
        who != LEFT_OUT
        or AttendanceRecord.objects.filter(session=session, participant=person).exists()
    ):
        return on_sheet(session, person).state
    return UNMARKED
