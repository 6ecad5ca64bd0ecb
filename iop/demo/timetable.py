"""The demo clinic's groups: between 06:00 and 22:00 one of them is always meeting.

A group meets on days of the program's week, counted from the week's first day (0 to 6), because
that day is chosen when the demo is made: two days before.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

DAY, EVENING = "mh-day", "sud-evening"
LEADS = "facilitator@harborstreet.example"
CLINICIAN = "clinician@harborstreet.example"
NOOR = "noor.haddad@harborstreet.example"
TOMAS = "tomas.keller@harborstreet.example"
WEEK = 7
OPEN = {"Midday coping skills", "Open recovery skills"}
# The week in which the demo is made, after eight weeks of history, and its third day.
THIS_WEEK = 8
TODAY = THIS_WEEK * WEEK + 2


@dataclass(frozen=True)
class Group:
    """A group and its weekly slots, all at the same time of day."""

    name: str
    program: str
    kind: str
    starts: time
    ends: time
    days: tuple[int, ...]
    leaders: tuple[str, ...]
    track: str
    breaks: str = ""
    capacity: int = 12
    room: str = "Harbor Room"

    @property
    def format(self) -> str:
        """Open groups take guests for a make-up. Few do, so that some weeks cannot be saved."""
        return "open" if self.name in OPEN else "closed"


def _group(
    name: str, program: str, kind: str, times: str, days: str, track: str, *leaders: str
) -> Group:
    """Return a group; `times` as "06:00-09:00 07:25-07:35" (the break last), `days` as "0246"."""
    hours, _, breaks = times.partition(" ")
    starts, ends = (time.fromisoformat(each) for each in hours.split("-"))
    meets = tuple(int(day) for day in days)
    return Group(name, program, kind, starts, ends, meets, leaders, track, breaks)


EARLY, MORNING = "06:00-09:00 07:25-07:35", "09:00-12:00 10:25-10:35"
MIDDAY, AFTERNOON = "12:00-14:00", "14:00-17:00 15:25-15:35"
SUPPER, LATE = "17:00-20:00 18:25-18:35", "20:00-22:00"

CHAIN = (
    _group("Early risers", DAY, "process", EARLY, "0246", "CBT", LEADS, NOOR),
    _group("Sunrise DBT", DAY, "skills", EARLY, "135", "DBT", LEADS, NOOR),
    _group("Morning process", DAY, "process", MORNING, "0135", "CBT", LEADS, NOOR),
    _group("DBT skills", DAY, "skills", MORNING, "246", "DBT", LEADS, NOOR),
    _group("Midday CBT", DAY, "psychoeducation", MIDDAY, "0246", "CBT", LEADS),
    _group("Midday coping skills", DAY, "skills", MIDDAY, "135", "DBT", LEADS),
    _group("Afternoon process", DAY, "process", AFTERNOON, "0134", "CBT", LEADS, TOMAS),
    _group("CBT workshop", DAY, "skills", AFTERNOON, "256", "CBT", LEADS, TOMAS),
    _group("Evening core", EVENING, "process", SUPPER, "0134", "Recovery basics", LEADS, TOMAS),
    _group(
        "Relapse prevention",
        EVENING,
        "relapse_prevention",
        SUPPER,
        "256",
        "Relapse prevention",
        LEADS,
        TOMAS,
    ),
    _group("Late recovery skills", EVENING, "skills", LATE, "0135", "Relapse prevention", LEADS),
    _group("Night process", EVENING, "process", LATE, "246", "Recovery basics", LEADS),
)
DROP_IN = Group(
    name="Open recovery skills",
    program=EVENING,
    kind="skills",
    starts=time(10),
    ends=time(12),
    days=(6,),
    leaders=(CLINICIAN,),
    track="Recovery basics",
    room="Garden Room",
    capacity=8,
)


def groups() -> tuple[Group, ...]:
    """Return all groups: those that follow one another through the day, and the drop-in."""
    return (*CHAIN, DROP_IN)


@dataclass(frozen=True)
class Meeting:
    """One dated session of a group; times are the site's local ones, without a zone."""

    group: Group
    day: int
    held_on: date
    number: int

    @property
    def starts(self) -> datetime:
        return datetime.combine(self.held_on, self.group.starts)

    @property
    def ends(self) -> datetime:
        return datetime.combine(self.held_on, self.group.ends)

    @property
    def is_closed(self) -> bool:
        """Whether the day's closure keeps it from meeting."""
        return self.group.program == CLOSED_PROGRAM and self.day == CLOSED_DAY


# A staff training on the last day of last week: three days before the demo is made.
CLOSED_PROGRAM, CLOSED_DAY = DAY, THIS_WEEK * WEEK - 1


def meetings(anchor: date, until: date) -> Iterator[Meeting]:
    """Yield what is held from the anchor, the first day of the history, to `until` (included)."""
    for group in groups():
        number = 0
        for day in range((until - anchor).days + 1):
            meeting = Meeting(group, day, anchor + timedelta(days=day), number)
            if day % WEEK in group.days and not meeting.is_closed:
                yield meeting
                number += 1
