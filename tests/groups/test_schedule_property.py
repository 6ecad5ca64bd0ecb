"""Any row of changes keeps the calendar whole: one session a date, right times, nothing recorded
moves, and what is undone is as before."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from groups.actions import generate_sessions
from groups.models import GroupSession, MeetingPattern, ScheduleChange
from groups.schedule.actions import (
    cancel_session,
    change_slot,
    end_slot,
    move_session,
    start_slots,
    undo_change,
)
from groups.schedule.edit import CannotSchedule, Placement, SlotWish
from groups.schedule.undo import CannotUndo
from programs.models import Closure
from tests import build

pytestmark = pytest.mark.django_db
ZONES = ["America/Chicago", "America/New_York", "America/Phoenix", "Europe/Berlin", "Asia/Kolkata"]
# A week before each change of the clocks of the United States and of Europe, and a plain one.
STARTS = [date(2026, 3, 2), date(2026, 3, 23), date(2026, 10, 19), date(2026, 10, 26)]
BIG = 1_000
SLOTS = st.builds(
    SlotWish,
    weekday=st.integers(0, 6),
    starts=st.sampled_from([time(1, 30), time(2, 15), time(9), time(17, 30)]),
    ends=st.sampled_from([time(3, 30), time(4)]),
    first_on=st.just(date.min),
    every_weeks=st.integers(1, 3),
    breaks=st.sampled_from([(), ((time(2, 30), time(2, 45)),)]),
)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["change", "end", "move", "cancel", "mark", "undo", "close", "wait"]),
        st.integers(0, BIG),
        SLOTS,
    ),
    max_size=7,
)


def fitted(wish: SlotWish, **changes: Any) -> SlotWish:
    """The wish with an end after its start; breaks only where they lie inside."""
    hours = timedelta(hours=2)
    ends = (datetime.combine(date.min, wish.starts) + hours).time()
    breaks = tuple(each for each in wish.breaks if wish.starts <= each[0] and each[1] <= ends)
    values = {**vars(wish), "ends": ends, "breaks": breaks, **changes}
    return SlotWish(**values)


class Planning:
    """A program with one group, its slots, and somebody who changes them at random."""

    def __init__(self, zone: str, start: date) -> None:
        self.zone = ZoneInfo(zone)
        self.program = build.a_program(build.a_site(timezone=zone))
        self.group = build.a_group(self.program)
        self.now = datetime.combine(start, time(12), tzinfo=self.zone).astimezone(UTC)
        self.recorded: dict[int, Any] = {}

    def sessions(self) -> list[GroupSession]:
        return list(
            GroupSession.objects.in_calendar().filter(group=self.group).order_by("starts_at", "pk")
        )

    def slots(self) -> list[MeetingPattern]:
        return list(MeetingPattern.objects.in_force().filter(group=self.group).order_by("pk"))

    def calendar(self) -> list[tuple]:
        return [
            (each.pk, each.held_on, each.starts_at, each.ends_at, each.breaks, each.status)
            for each in self.sessions()
        ]

    def step(self, act: str, number: int, wish: SlotWish) -> None:
        coming = [each for each in self.sessions() if each.starts_at > self.now]
        slots = self.slots()
        own: dict[str, Any] = {"now": self.now, "by": None}
        if act == "wait":
            self.now += timedelta(days=number % 9, hours=number % 24)
        elif act == "undo":
            if change := ScheduleChange.objects.filter(undone_at=None).order_by("-pk").first():
                undo_change(change=change, **own)
        elif act in ("change", "end") and slots:
            self.change_slot(act, slots[number % len(slots)], number, wish, own)
        elif coming:
            self.touch(act, coming[number % len(coming)], number, wish, own)

    def change_slot(self, act, slot, number, wish, own) -> None:
        own_sessions = [each for each in self.sessions() if each.pattern_id == slot.pk]
        fills = [each.slot_on for each in own_sessions if each.slot_on]
        coming = [day for day in fills if day > self.now.astimezone(self.zone).date()]
        if coming and act == "end":
            end_slot(pattern=slot, last_on=coming[number % len(coming)], override="Yes", **own)
        elif coming:
            from_on = coming[number % len(coming)]
            change_slot(pattern=slot, wish=fitted(wish), from_on=from_on, override="Yes", **own)

    def touch(self, act, session, number, wish, own) -> None:
        if act == "cancel":
            cancel_session(session=session, reason="Ill", **own)
        elif act == "close":
            day = session.held_on
            if not Closure.objects.filter(program=self.program, first_on=day).exists():
                build.a_closure(self.program, first_on=day, last_on=day + timedelta(number % 2))
            generate_sessions(now=self.now, by=None)
        elif act == "mark" and session.status == "scheduled":
            build.a_record(session, build.a_participant(), absence="excused")
            self.recorded[session.pk] = self.told(session.pk)
        elif act == "move":
            day, fit = session.held_on + timedelta(number % 6), fitted(wish)
            to = Placement(day, fit.starts, fit.ends, fit.breaks)
            move_session(session=session, to=to, override="Yes", **own)

    def told(self, key: int) -> list:
        names = ("held_on", "starts_at", "ends_at", "breaks", "room_id", "status")
        row = GroupSession.objects.get(pk=key)
        return [getattr(row, name) for name in names]


def try_step(planning: Planning, step: tuple) -> None:
    with suppress(CannotSchedule, CannotUndo):
        planning.step(*step)


class Changing(TestCase):
    @settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
    @given(
        zone=st.sampled_from(ZONES),
        start=st.sampled_from(STARTS),
        slots=st.lists(SLOTS, min_size=1, max_size=2, unique_by=lambda each: each.weekday),
        steps=STEPS,
    )
    def test_the_calendar_stays_whole(self, zone, start, slots, steps):
        planning = Planning(zone, start)
        wishes = [fitted(each, first_on=start + timedelta(days=1)) for each in slots]
        start_slots(group=planning.group, wishes=wishes, override="Yes", now=planning.now, by=None)
        for step in steps:
            before = planning.calendar()
            count = ScheduleChange.objects.count()
            try_step(planning, step)
            self.holds(planning)
            self.undo_is_as_before(planning, step, before, count)

    def holds(self, planning: Planning) -> None:
        """Nothing recorded has moved, no date is doubled or lost, and the night adds nothing."""
        for key, told in planning.recorded.items():
            assert planning.told(key) == told
        generate_sessions(now=planning.now, by=None)
        once = planning.calendar()
        generate_sessions(now=planning.now, by=None)
        assert planning.calendar() == once
        for slot in planning.slots():
            self.slot_is_whole(planning, slot)

    def slot_is_whole(self, planning: Planning, slot: MeetingPattern) -> None:
        filled = Counter(
            GroupSession.objects.filter(pattern=slot).values_list("slot_on", flat=True)
        )
        until = planning.now.astimezone(planning.zone).date() + timedelta(weeks=13)
        for day in dates_by_hand(slot, min(until, slot.last_on or until)):
            if exists(day, slot, planning.zone):
                assert filled[day] == 1, (slot.pk, day)

    def undo_is_as_before(self, planning, step, before, count) -> None:
        """Undoing at once brings back each session that was there, as it was."""
        if step[0] not in ("change", "end", "move", "cancel"):
            return
        if ScheduleChange.objects.count() == count:
            return
        made = ScheduleChange.objects.latest("pk")
        undo_change(change=made, now=planning.now, by=None)
        after = planning.calendar()
        assert [row for row in after if row in before] == before
        generate_sessions(now=planning.now, by=None)
        assert planning.calendar() == before


def dates_by_hand(slot: MeetingPattern, until: date) -> list[date]:
    """The slot's dates, counted day by day."""
    found, day, weeks = [], slot.first_on, -1
    while day <= until:
        if day.weekday() == slot.weekday:
            weeks += 1
            if weeks % slot.every_weeks == 0:
                found.append(day)
        day += timedelta(days=1)
    return found


def exists(day: date, slot: MeetingPattern, zone: ZoneInfo) -> bool:
    """Whether the slot has any length on that night."""
    ends = [
        datetime.combine(day, each, tzinfo=zone).timestamp() for each in (slot.starts, slot.ends)
    ]
    return ends[0] < ends[1]
