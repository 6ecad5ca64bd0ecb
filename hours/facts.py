"""The facts a week is judged by, as plain values: the rule, the people, and each one's sessions.

All amounts are whole minutes, already counted as the rule counts them (`groups/counting.py`).
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from hours.make_up import Seat
from programs.models.record_rule import GRACE_MINUTES
from programs.weeks import Week


@dataclass(frozen=True)
class WeekRule:
    """The rule in effect on the week's first date."""

    effective_from: date
    min_minutes_per_week: int
    max_minutes_per_week: int
    min_days_per_week: int
    min_minutes_per_day: int
    count: str
    partial_weeks: str
    closures: str
    leave: str
    citation: str
    # Kinds of group that count; None: all of them.
    counts: tuple[str, ...] | None = None
    max_gap_days: int | None = None


@dataclass(frozen=True)
class SessionLine:
    """One session of the program in this week, as it stands for one enrollment."""

    session_id: uuid.UUID
    group: str
    held_on: date
    starts_at: datetime
    ends_at: datetime
    is_expected: bool
    has_record: bool
    absence: str
    is_open: bool
    is_signed: bool
    stretches: tuple[tuple[datetime, datetime | None], ...]
    net: int
    credited: int
    net_ahead: int  # net minutes of what of the session lies after `as_of`
    grace_minutes: int = GRACE_MINUTES  # at the door, under the record rule of its date

    @property
    def grace(self) -> timedelta:
        """How long after the start, or before the end, is no word worth."""
        return timedelta(minutes=self.grace_minutes)

    def unrecorded(self, as_of: datetime) -> int:
        """Minutes expected, over, and not yet recorded."""
        missing = self.is_expected and not self.has_record and self.ends_at <= as_of
        return self.net if missing else 0

    def remaining(self, as_of: datetime) -> int:
        """Minutes that can still be attended here."""
        if not self.is_expected or self.ends_at <= as_of:
            return 0
        if not self.has_record:
            return self.net
        return self.net_ahead if self.is_open else 0


@dataclass(frozen=True)
class PersonWeek:
    """The facts about one enrollment in one week."""

    enrollment_id: uuid.UUID
    enrollment_key: int
    participant_id: uuid.UUID
    chart_number: str
    first_name: str
    last_name: str
    preferred_name: str
    admitted_on: date
    discharged_on: date | None
    planned_discharge_on: date | None
    ordered: int | None
    leave_dates: frozenset[date]
    lines: tuple[SessionLine, ...]
    seats: tuple[Seat, ...]  # open make-up seats this person could take
    busy: tuple[tuple[datetime, datetime], ...]  # where they are expected anyway


@dataclass(frozen=True)
class ProgramWeek:
    """One program's week as of a moment: its rule, whether closures cut into it, its people."""

    program_code: str
    week: Week
    as_of: datetime
    rule: WeekRule
    closed_dates: tuple[tuple[date, str], ...]
    people: tuple[PersonWeek, ...]

    @property
    def is_over(self) -> bool:
        return self.week.is_over(self.as_of)
