"""Whatever is tapped, by whom and in whatever order it arrives: minutes, and earlier versions."""

from __future__ import annotations

import uuid
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from attendance.models import Presence
from attendance.sheet.actions import NotRecorded
from attendance.sheet.people import RecordHistory, people_of
from attendance.sheet.states import UNMARKED, Ask, State
from attendance.sheet.wishes import RowMarks
from hours.program_week import current_week, program_week
from programs.models import Role
from tests import build
from tests.attendance.sheet import a_member, record
from tests.build import MONDAY, moment

pytestmark = pytest.mark.django_db
START = moment(MONDAY, "09:00")
LENGTH = 180
StayHistory = Presence.pgh_event_model
ACTS = [
    "present",
    "late",
    "excused",
    "unexcused",
    "no_call",
    "left",
    "back",
    "clear",
    "video",
    "in_person",
]
# Who of three is meant, who of two taps, what, how many minutes after the one before, how long the
# tap waits on its device until it is sent, and whether its answer is lost, so that it comes again.
TAPS = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.integers(0, 1),
        st.sampled_from(ACTS),
        st.integers(1, 15),
        st.sampled_from([0, 0, 0, 5, 20]),
        st.booleans(),
    ),
    max_size=10,
)


@dataclass(frozen=True)
class Known:
    """The oracle's record of one person: minutes in the room, one by one, or why there are none.

    `minutes` is the set of minutes from the start in which they were there; someone who has not
    left yet is there until the end.
    """

    kind: str = "-"
    minutes: frozenset[int] = frozenset()
    is_here: bool = False


def rest_of(minute: int) -> frozenset[int]:
    return frozenset(range(minute, LENGTH))


def made(known: Known, act: str, at: int) -> Known | None:  # noqa: PLR0911 (one a mark)
    """Return what the tap makes of it, or None where it is refused or says nothing new."""
    was, here = known.minutes, known.kind == "here"
    if act == "walk_in":
        return Known("here", rest_of(max(0, at)), True) if known.kind == "-" else None
    if act == "clear":
        return Known() if known.kind != "-" else None
    if act in ("excused", "unexcused", "no_call"):
        return Known(act) if known.kind != act else None
    if act in ("video", "in_person"):
        # How somebody is there is worth no minute; it only makes the unmarked present.
        return Known("here", rest_of(0), True) if known.kind == "-" else None
    if act == "present":
        return present(known)
    if act == "late":
        return late(known, at)
    if act == "left":
        if at <= 0 or (here and not known.is_here):
            return None
        stay = was if here else rest_of(0)
        first = min(stay, default=at)
        gone = frozenset(each for each in stay if each < max(at, first))
        return Known("here", gone, False)
    if not here or known.is_here:
        return None
    return Known("here", was | rest_of(at), True)


def present(known: Known) -> Known | None:
    if known.kind != "here":
        return Known("here", rest_of(0), True)
    if known.minutes and min(known.minutes) <= 5:
        return None
    first = min(known.minutes, default=LENGTH)
    return Known("here", known.minutes | frozenset(range(first)), known.is_here)


def late(known: Known, at: int) -> Known | None:
    if known.kind != "here":
        return Known("here", rest_of(at), True) if at > 5 else None
    if not known.minutes or min(known.minutes) > 5 or at <= 5 or at not in known.minutes:
        return None
    gone_before = set(range(at)) - known.minutes
    if any(each > min(known.minutes) for each in gone_before):
        return None
    return Known("here", known.minutes & rest_of(at), known.is_here)


class Tapping(TestCase):
    @settings(max_examples=20)
    @given(taps=TAPS)
    def test_no_tap_is_lost_doubled_or_applied_over_a_newer_record(self, taps):
        self.set_the_scene()
        for who, by, act, pause, waits, is_lost in taps:
            self.clock += pause
            made_at = self.clock - waits
            mark = self.tap(who, act, made_at)
            before = self.states
            self.send(by, mark)
            self.judge(who, act, mark, made_at, before)
            if is_lost:
                after = self.states
                self.clock += 1
                self.send(1 - by if pause == 1 else by, mark)
                assert self.states == after
        self.minutes_are_the_oracles()
        self.no_minute_is_counted_twice()
        self.every_version_is_readable()

    def set_the_scene(self) -> None:
        program = build.a_program()
        build.a_rule(program, count="net_minutes")
        self.session = build.a_session(build.a_group(program), MONDAY, "09:00", "12:00")
        self.users = [build.a_colleague(program, Role.FACILITATOR) for _ in range(2)]
        # The third is added late: a walk-in, from the first tap on.
        walk_in = build.an_enrollment(program, admitted_on="2020-01-01").participant
        self.people = [a_member(self.session), a_member(self.session), walk_in]
        self.known = [Known() for _ in self.people]
        self.clock = 0
        self.states: tuple[State, ...] = (UNMARKED,) * 3
        # When each version was recorded, how far row history reached then, and what it says.
        self.versions: list[tuple[int, tuple[int, int], tuple[State, ...]]] = []

    def tap(self, who: int, act: str, made_at: int) -> RowMarks:
        """A tap on the row as it stood in the minute in which it was made."""
        earlier = [states for at, _ends, states in self.versions if at < made_at]
        state = earlier[-1][who] if earlier else UNMARKED
        is_new = who == 2 and state == UNMARKED
        return RowMarks(
            self.people[who].public_id,
            state,
            Ask.WALK_IN if is_new else Ask(act),
            mark_id=uuid.uuid4(),
            age=timedelta(minutes=self.clock - made_at),
        )

    def send(self, by: int, mark: RowMarks) -> None:
        with suppress(NotRecorded):
            record(self.session, self.users[by], mark, now=START + timedelta(minutes=self.clock))
        people = {each.id: each.state for each in people_of(self.session)}
        now = tuple(people.get(each.public_id, UNMARKED) for each in self.people)
        if now != self.states:
            self.versions.append((self.clock, self.ends_of_history(), now))
        self.states = now

    def judge(self, who: int, act: str, mark: RowMarks, made_at: int, before) -> None:
        """Let the oracle follow what was applied, and see that the right things were."""
        made_of_it = made(self.known[who], str(mark.act), made_at)
        changed = [each for each in range(3) if self.states[each] != before[each]]
        assert changed in ([], [who])
        if mark.age == timedelta() and made_of_it is not None:
            assert changed  # what was tapped on the latest record is never lost
        if changed:
            recorded = [at for at, _ends, _states in self.versions[:-1]]
            assert mark.seen == before[who] or made_at >= max(recorded, default=0)
            self.known[who] = made_of_it or self.known[who]

    # --- what must hold -----------------------------------------------------------------------

    def minutes_are_the_oracles(self) -> None:
        """The weekly hours, which come from SQL, credit the oracle's minutes to each person."""
        now = START + timedelta(minutes=LENGTH)
        program = self.session.group.program
        facts = program_week(program, week=current_week(program, now), as_of=now)
        assert facts is not None
        credited = {
            each.participant_id: sum(line.credited for line in each.lines) for each in facts.people
        }
        for person, known in zip(self.people, self.known, strict=True):
            assert credited.get(person.public_id, 0) == len(known.minutes)

    def no_minute_is_counted_twice(self) -> None:
        for state in self.states:
            ends = [left for _came, left in state.stretches[:-1]]
            starts = [came for came, _left in state.stretches[1:]]
            assert None not in ends
            assert all(left <= came for left, came in zip(ends, starts, strict=True) if left)

    def ends_of_history(self) -> tuple[int, int]:
        """Return how far the two histories reach by now."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT (SELECT coalesce(max(pgh_id), 0) FROM attendance_attendancerecordevent),"
                " (SELECT coalesce(max(pgh_id), 0) FROM attendance_presenceevent)"
            )
            return cursor.fetchone()

    def every_version_is_readable(self) -> None:
        """Row history, read up to where it reached then, says what each record said then."""
        records = list(RecordHistory.objects.filter(session=self.session).order_by("pgh_id"))
        stays = list(StayHistory.objects.filter(session=self.session).order_by("pgh_id"))
        for _at, (last_record, last_stay), states in self.versions:
            for person, state in zip(self.people, states, strict=True):
                of_them = [
                    each
                    for each in records
                    if each.participant_id == person.pk and each.pgh_id <= last_record
                ]
                theirs = [each for each in stays if each.pgh_id <= last_stay]
                assert read_again(of_them, theirs) == str(state)


def read_again(records: list[Any], stays: list[Any]) -> str:
    """Write down the state of which one person's row history tells."""
    if not records or records[-1].pgh_label == "delete":
        return "-"
    row = records[-1]
    latest = {each.pgh_obj_id: each for each in stays if each.record_id == row.pgh_obj_id}
    spans = sorted(
        (each.arrived_at, each.left_at) for each in latest.values() if each.pgh_label != "delete"
    )
    if not spans:
        return f"a:{row.absence}"

    def text(at) -> str:
        return str(int(at.timestamp()) // 60) if at else ""

    said = ",".join(f"{text(came)}-{text(left)}" for came, left in spans)
    return f"{'v' if row.is_by_video else 'p'}:{said}"
