"""A weekly slot as other calendars write it: RFC 5545's DTSTART, RRULE and EXDATE.

All three are on the wall clock of the slot's zone. A start in the hour the clocks jump over means
as many minutes after the jump, as RFC 5545 (3.3.5) reads it and `programs.weeks.instant` too.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from groups.meeting_dates import (
    WeeklySlot,
    dates_of,
    first_date_of,
    meeting_on,
    meetings_of,
)
from programs.weeks import instant

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WALL, UTC_TIME = "%Y%m%dT%H%M%S", "%Y%m%dT%H%M%SZ"
# An open slot is followed so far for the nights on which the clocks jump over it.
TWO_YEARS = timedelta(days=2 * 366)


def rrule_of(slot: WeeklySlot, zone: ZoneInfo) -> str:
    """Return the slot's RRULE, such as `FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;UNTIL=20261201T150000Z`.

    It counts from `first_start`. The last day, as an instant, is in UTC, which RFC 5545 asks for.
    """
    rule = f"FREQ=WEEKLY;INTERVAL={slot.every_weeks};BYDAY={WEEKDAYS[slot.weekday]}"
    if slot.last_on is None:
        return rule
    return f"{rule};UNTIL={instant(slot.last_on, slot.starts, zone):{UTC_TIME}}"


def first_start(slot: WeeklySlot, zone: ZoneInfo) -> datetime | None:
    """Return the start of the slot's first meeting, the DTSTART; None where it never meets."""
    soon = first_date_of(slot) + timedelta(weeks=2 * slot.every_weeks)
    first = next(meetings_of(slot, zone, until=soon), None)
    return None if first is None else _on_the_wall(slot, first.held_on, zone)


def left_out(slot: WeeklySlot, zone: ZoneInfo, *, until: date) -> list[datetime]:
    """Return the starts that the rule gives and the slot does not hold, the EXDATEs.

    Those are the nights on which a slot lies in the hour the clocks jump over. An open slot is
    followed to `until`, included.
    """
    first = first_start(slot, zone)
    if first is None:
        return []
    return [
        _on_the_wall(slot, day, zone)
        for day in dates_of(slot, until=until)
        if day > first.date() and not _is_held(slot, day, zone)
    ]


def followed_to(slot: WeeklySlot, today: date) -> date:
    """Return to which date a slot is followed: its last, or two years on where it is open."""
    return slot.last_on or max(today, slot.first_on) + TWO_YEARS


def recurrence_lines(slot: WeeklySlot, zone: ZoneInfo, *, until: date) -> tuple[str, ...]:
    """Return DTSTART, RRULE and EXDATE as lines of an iCalendar file.

    None for a slot that never meets.
    """
    first = first_start(slot, zone)
    if first is None:
        return ()
    skipped = left_out(slot, zone, until=until)
    except_for = [f"EXDATE;TZID={zone.key}:{','.join(f'{each:{WALL}}' for each in skipped)}"]
    return (
        f"DTSTART;TZID={zone.key}:{first:{WALL}}",
        f"RRULE:{rrule_of(slot, zone)}",
        *(except_for if skipped else ()),
    )


def _on_the_wall(slot: WeeklySlot, day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, slot.starts, tzinfo=zone)


def _is_held(slot: WeeklySlot, day: date, zone: ZoneInfo) -> bool:
    meeting = meeting_on(slot, day, zone)
    return meeting.starts_at < meeting.ends_at
