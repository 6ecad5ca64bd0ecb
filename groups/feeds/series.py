"""Which sessions a calendar program is told of as one repeating event, and which one by one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from groups.meeting_dates import WeeklySlot, dates_of, meeting_on, meets_on
from groups.models import GroupSession, MeetingPattern
from programs.models import Program


@dataclass(frozen=True)
class ShownSlot:
    """A weekly slot from the first to the last of its dates that the feed tells of."""

    weekday: int
    starts: time
    ends: time
    first_on: date
    last_on: date
    every_weeks: int
    breaks: Sequence[Sequence[time]] = ()


@dataclass(frozen=True)
class Series:
    """A slot that repeats, without the dates it leaves out.

    `moved` are those of its sessions that are at another time or in another room than the slot.
    """

    pattern: MeetingPattern
    program: Program
    slot: ShownSlot
    left_out: tuple[date, ...]
    moved: tuple[GroupSession, ...]

    @property
    def zone(self) -> ZoneInfo:
        """The zone of the site."""
        return self.program.zone

    def start_on(self, day: date) -> datetime:
        """Return the slot's start on that date, on the wall clock of its zone."""
        return datetime.combine(day, self.slot.starts, tzinfo=self.zone)

    def end_on(self, day: date) -> datetime:
        """Return the slot's end on that date, on the wall clock of its zone."""
        return datetime.combine(day, self.slot.ends, tzinfo=self.zone)


@dataclass(frozen=True)
class Agenda:
    """All sessions of a feed: those of slots that repeat, and those that stand alone."""

    series: tuple[Series, ...]
    alone: tuple[GroupSession, ...]


def agenda_of(sessions: Iterable[GroupSession]) -> Agenda:
    """Sort the sessions, read with their slot, room and site, into series and single ones."""
    repeating: dict[int, list[GroupSession]] = defaultdict(list)
    alone = []
    for session in sessions:
        if _repeats(session):
            repeating[session.pattern_id].append(session)  # type: ignore[index]
        else:
            alone.append(session)
    return Agenda(tuple(_series(found) for found in repeating.values()), tuple(alone))


def _repeats(session: GroupSession) -> bool:
    slot, day = session.pattern, session.slot_on
    if slot is None or day is None or not meets_on(slot, day):
        return False
    return _clocks_stand_still(slot, day, session.group.program.zone)


def _clocks_stand_still(slot: WeeklySlot, day: date, zone: ZoneInfo) -> bool:
    """Return whether nobody can read the slot's hours on that date in two ways.

    A time that is skipped or comes twice has one offset before the clocks turn (fold 0) and
    another after it (fold 1); a turn between start and end makes the meeting longer or shorter.
    """
    walls = [datetime.combine(day, clock, tzinfo=zone) for clock in (slot.starts, slot.ends)]
    return len({wall.replace(fold=fold).utcoffset() for wall in walls for fold in (0, 1)}) == 1


def _series(found: Sequence[GroupSession]) -> Series:
    pattern, program = found[0].pattern, found[0].group.program
    days = {session.slot_on for session in found if session.slot_on}
    slot = ShownSlot(
        weekday=pattern.weekday,  # type: ignore[union-attr]
        starts=pattern.starts,  # type: ignore[union-attr]
        ends=pattern.ends,  # type: ignore[union-attr]
        first_on=min(days),
        last_on=max(days),
        every_weeks=pattern.every_weeks,  # type: ignore[union-attr]
    )
    return Series(
        pattern=pattern,  # type: ignore[arg-type]
        program=program,
        slot=slot,
        left_out=tuple(day for day in dates_of(slot, until=slot.last_on) if day not in days),
        moved=tuple(each for each in found if not _as_the_slot_says(each, slot, program.zone)),
    )


def _as_the_slot_says(session: GroupSession, slot: ShownSlot, zone: ZoneInfo) -> bool:
    meeting = meeting_on(slot, session.slot_on, zone)  # type: ignore[arg-type]
    times = (session.starts_at, session.ends_at) == (meeting.starts_at, meeting.ends_at)
    return times and session.room_id == session.pattern.room_id  # type: ignore[union-attr]
