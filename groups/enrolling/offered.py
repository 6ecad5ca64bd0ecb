"""Offered hours: what a set of groups amounts to on the dates of a week, before anybody enrolls.

The weekly hours say the same of stored sessions (`hours/weekly_hours.py`, `offered`); a test
enrolls people and holds the two together. Values in, minutes out; no database, no clock.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from zoneinfo import ZoneInfo

from groups.counting import counted
from groups.meeting_dates import Meeting, WeeklySlot, meeting_on, meets_on


@dataclass(frozen=True)
class GroupSlots:
    """A group's kind and its weekly slots."""

    name: str
    kind: str
    slots: Sequence[WeeklySlot]


@dataclass(frozen=True)
class Counting:
    """What of a rule tells how minutes are counted: how, and of which kinds of group."""

    count: str
    kinds: Collection[str]


@dataclass(frozen=True)
class Offered:
    """Minutes by date, each date asked for among them; `shortest` is the shortest session's."""

    by_date: dict[date, int]
    shortest: int

    @property
    def minutes(self) -> int:
        return sum(self.by_date.values())

    def days(self, least: int) -> int:
        """Return on how many dates at least that many minutes, and any at all, are offered."""
        return sum(minutes >= max(least, 1) for minutes in self.by_date.values())


@dataclass(frozen=True)
class Clash:
    """Two groups that meet at the same time."""

    names: tuple[str, str]
    meeting: Meeting


def offered(
    groups: Iterable[GroupSlots], *, dates: Iterable[date], zone: ZoneInfo, counting: Counting
) -> Offered:
    """Return the minutes that these groups offer on these dates, counted as the rule counts."""
    by_date = dict.fromkeys(dates, 0)
    sessions = []
    for group in groups:
        for meeting in meetings_on(group, by_date, zone):
            if group.kind in counting.kinds:
                span = (meeting.starts_at, meeting.ends_at)
                sessions.append(counted([span], meeting.breaks, counting.count))
                by_date[meeting.held_on] += sessions[-1]
    return Offered(by_date, min((minutes for minutes in sessions if minutes), default=0))


def meetings_on(group: GroupSlots, dates: Iterable[date], zone: ZoneInfo) -> Iterator[Meeting]:
    """Yield the group's meetings on these dates; two slots that start together are one meeting."""
    starts = set()
    for day in dates:
        for slot in group.slots:
            if not meets_on(slot, day):
                continue
            meeting = meeting_on(slot, day, zone)
            if meeting.starts_at < meeting.ends_at and meeting.starts_at not in starts:
                starts.add(meeting.starts_at)
                yield meeting


def clashes(groups: Iterable[GroupSlots], *, dates: Iterable[date], zone: ZoneInfo) -> list[Clash]:
    """Return the pairs of groups that meet at the same time, with the first such meeting."""
    days = tuple(dates)
    meetings = [(group.name, [*meetings_on(group, days, zone)]) for group in groups]
    found = []
    for (one, these), (other, those) in combinations(meetings, 2):
        both = (
            max(this, that, key=lambda meeting: meeting.starts_at)
            for this in these
            for that in those
            if this.starts_at < that.ends_at and that.starts_at < this.ends_at
        )
        if first := min(both, key=lambda meeting: meeting.starts_at, default=None):
            found.append(Clash((one, other), first))
    return found
