"""When a weekly slot meets: its dates, and on each date the instants of its start and end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from programs.weeks import DAYS, instant

Span = tuple[datetime, datetime]


class WeeklySlot(Protocol):
    """What a meeting pattern says, whether it is a row or a line of a file."""

    @property
    def weekday(self) -> int: ...
    @property
    def starts(self) -> time: ...
    @property
    def ends(self) -> time: ...
    @property
    def breaks(self) -> Sequence[Sequence[time]]: ...
    @property
    def first_on(self) -> date: ...
    @property
    def last_on(self) -> date | None: ...
    @property
    def every_weeks(self) -> int: ...


@dataclass(frozen=True)
class Meeting:
    """One date of a slot, as instants in UTC; breaks are in order and do not touch."""

    held_on: date
    starts_at: datetime
    ends_at: datetime
    breaks: tuple[Span, ...]


def dates_of(slot: WeeklySlot, *, until: date) -> Iterator[date]:
    """Yield the slot's dates to its last day or, where that is open, to `until` (included)."""
    day = first_date_of(slot)
    last_on = until if slot.last_on is None else slot.last_on
    while day <= last_on:
        yield day
        day += timedelta(days=DAYS * slot.every_weeks)


def first_date_of(slot: WeeklySlot) -> date:
    """Return the first of its weekdays on or after its first day; every n weeks count from it."""
    return slot.first_on + timedelta(days=(slot.weekday - slot.first_on.weekday()) % DAYS)


def meets_on(slot: WeeklySlot, day: date) -> bool:
    """Return whether the date is one of the slot's."""
    is_on = slot.first_on <= day and (slot.last_on is None or day <= slot.last_on)
    weeks, days = divmod((day - first_date_of(slot)).days, DAYS)
    return is_on and days == 0 and weeks % slot.every_weeks == 0


def meeting_on(slot: WeeklySlot, day: date, zone: ZoneInfo) -> Meeting:
    """Return the slot's meeting on that date: 17:30 on the wall is 17:30 all year.

    A break in the hour the clocks jump over is cut to the meeting.
    """
    start, end = instant(day, slot.starts, zone), instant(day, slot.ends, zone)
    breaks = ((instant(day, a, zone), instant(day, b, zone)) for a, b in slot.breaks)
    inside = ((max(first, start), min(last, end)) for first, last in breaks)
    return Meeting(day, start, end, _joined(inside))


def meetings_of(slot: WeeklySlot, zone: ZoneInfo, *, until: date) -> Iterator[Meeting]:
    """Yield the slot's meetings in order.

    A slot that lies in the hour the clocks jump over has no length on that night: no meeting.
    """
    for day in dates_of(slot, until=until):
        meeting = meeting_on(slot, day, zone)
        if meeting.starts_at < meeting.ends_at:
            yield meeting


def _joined(stretches: Iterable[Span]) -> tuple[Span, ...]:
    """Return the stretches as the database keeps them: sorted, touching ones made one."""
    joined: list[Span] = []
    for start, end in sorted(stretches):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        elif start < end:
            joined.append((start, end))
    return tuple(joined)
