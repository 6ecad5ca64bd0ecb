"""A clinic folder's rows as typed values. What the database holds already is read into the same.

Two rows are equal when an import would change nothing; where a row stands does not count, nor
does what is kept in rows of its own (roles, consents, the first order).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, fields
from datetime import date, time
from typing import Any, ClassVar

from attendance.clinic_folder.problems import ALREADY, Place, Problem

Key = tuple[Any, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One line. `KEY` names the columns that say which thing it is about."""

    KEY: ClassVar[tuple[str, ...]] = ()
    place: Place = field(default=ALREADY, compare=False, repr=False)

    @property
    def key(self) -> Key:
        return tuple(getattr(self, column) for column in self.KEY)

    def cells(self, *, without: Collection[str] = ()) -> dict[str, Any]:
        """Return the columns and their values, those left out that are `without`."""
        return {
            each.name: getattr(self, each.name)
            for each in fields(self)
            if each.name != "place" and each.name not in without
        }

    @property
    def is_stored(self) -> bool:
        """Whether it comes from the database and not from the folder."""
        return self.place is ALREADY

    def problem(self, column: str, words: str, value: Any = ...) -> Problem:
        """Return a problem with one of this row's cells; its value is the cell's unless given."""
        shown = getattr(self, column) if value is ... else value
        return Problem(self.place, column, as_written(shown), words)


def as_written(value: Any) -> str:
    """Return the value as a file would have it."""
    if value is None:
        return ""
    return value.strftime("%H:%M") if isinstance(value, time) else str(value)


@dataclass(frozen=True, kw_only=True, slots=True)
class ClinicRow(Row):
    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SiteRow(Row):
    KEY = ("code",)
    code: str
    name: str
    timezone: str
    reminder_sender: str
    callback_phone: str


@dataclass(frozen=True, kw_only=True, slots=True)
class RoomRow(Row):
    KEY = ("site", "name")
    site: str
    name: str
    capacity: int


@dataclass(frozen=True, kw_only=True, slots=True)
class StaffRow(Row):
    KEY = ("email",)
    email: str
    name: str
    credential: str
    roles: dict[str, str] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class ProgramRow(Row):
    KEY = ("code",)
    code: str
    name: str
    site: str
    level_of_care: str
    population: str
    track: str
    week_starts_on: int
    seats: int


@dataclass(frozen=True, kw_only=True, slots=True)
class RuleRow(Row):
    KEY = ("program", "effective_from")
    program: str
    effective_from: date
    min_minutes_per_week: int
    max_minutes_per_week: int
    min_days_per_week: int
    min_minutes_per_day: int
    count: str
    partial_weeks: str
    closures: str
    leave: str
    counts: tuple[str, ...] | None
    citation: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ClosureRow(Row):
    KEY = ("site", "program", "first_on")
    site: str
    program: str
    first_on: date
    last_on: date
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ParticipantRow(Row):
    KEY = ("chart_number",)
    chart_number: str
    first_name: str
    last_name: str
    preferred_name: str
    birth_date: date | None
    phone: str
    email: str
    language: str
    reminders: frozenset[str] = field(default=frozenset(), compare=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class EnrollmentRow(Row):
    KEY = ("chart_number", "program", "admitted_on")
    chart_number: str
    program: str
    admitted_on: date
    admission: str
    planned_discharge_on: date | None
    discharged_on: date | None
    discharge_reason: str
    ordered_minutes: int | None = field(default=None, compare=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class OrderRow(Row):
    """The first order of an enrollment; its key is the enrollment's."""

    KEY = ("chart_number", "program", "admitted_on")
    chart_number: str
    program: str
    admitted_on: date
    minutes: int


@dataclass(frozen=True, kw_only=True, slots=True)
class LeaveRow(Row):
    KEY = ("chart_number", "first_on")
    chart_number: str
    first_on: date
    last_on: date | None
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class GroupRow(Row):
    KEY = ("group",)
    program: str
    group: str
    kind: str
    format: str
    capacity: int


@dataclass(frozen=True, kw_only=True, slots=True)
class SlotRow(Row):
    """A line of schedule.csv: a weekly slot in the site's wall-clock time."""

    KEY = ("group", "weekday", "starts", "first_on")
    group: str
    weekday: int
    starts: time
    ends: time
    breaks: tuple[tuple[time, time], ...]
    room: str
    facilitators: frozenset[str]
    first_on: date
    last_on: date | None
    every_weeks: int = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class MembershipRow(Row):
    """A line of memberships.csv, not yet clipped to its enrollment."""

    KEY = ("group", "chart_number", "first_on")
    group: str
    chart_number: str
    first_on: date
    last_on: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class PlaceRow(Row):
    """A membership as stored: inside one enrollment, which `enrollment` names by its key."""

    KEY = ("group", "enrollment", "first_on")
    group: str
    enrollment: Key
    first_on: date
    last_on: date | None
    named_on: date | None = field(default=None, compare=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class AttendanceRow(Row):
    """One stretch of one person in one session, or their absence from it."""

    KEY = ("group", "date", "starts", "chart_number", "arrived", "left", "absence")
    group: str
    date: date
    starts: time
    chart_number: str
    arrived: time | None
    left: time | None
    absence: str


@dataclass(frozen=True, kw_only=True, slots=True)
class LessonRow(Row):
    KEY = ("program", "track", "module", "lesson")
    program: str
    track: str
    module: str
    lesson: str
    minutes: int | None
    required: bool
    position: int
    # None: the file has no such column, and what is stored stays.
    subject: str | None = None
    source: str | None = None
    objectives: str | None = None
    guide: str | None = None
    skills: tuple[str, ...] | None = None
    homework: str | None = None
    checklist: tuple[str, ...] | None = None
    prerequisites: frozenset[tuple[str, ...]] | None = None
    retired: bool | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class TaughtRow(Row):
    """A line of lessons.csv: what one session taught, or is planned to teach."""

    KEY = ("group", "date", "starts", "lesson")
    group: str
    date: date
    starts: time
    module: str
    lesson: str
    track: str = ""
    began: time | None = None
    ended: time | None = None
    homework: str | None = None
