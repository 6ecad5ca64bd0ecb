"""Weekly hours: has this person had the hours their program asks for, and if not, can they?

Plain values in, a verdict with its numbers out. No database, no clock: `as_of` is given.
All amounts are whole minutes, already counted as the rule counts them (`groups/counting.py`).
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from hours.make_up import Seat, best_seats
from programs.models.rule import Weeks
from programs.weeks import Week


class Tag(StrEnum):
    """What kind of week it is for this enrollment."""

    ADMIT_PARTIAL = "admit_partial"
    DISCHARGE_PARTIAL = "discharge_partial"
    LEAVE = "leave"
    CLOSURE = "closure"
    FULL = "full"


class Verdict(StrEnum):
    """Whether the week's hours are had, still to be had, or lost."""

    EXEMPT = "exempt"
    MET = "met"
    PENDING = "pending"
    NOT_MET = "not_met"
    ON_TRACK = "on_track"
    RECOVERABLE = "recoverable"
    UNREACHABLE = "unreachable"


class Flag(StrEnum):
    """What the verdict alone does not say."""

    DAYS_SHORT = "days_short"
    OVER_MAXIMUM = "over_maximum"
    TIGHT = "tight"
    UNRECORDED = "unrecorded"


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


@dataclass(frozen=True)
class WeeklyHours:
    """One row of the weekly hours: the contract's keys, and what they were worked out from."""

    chart_number: str
    admitted_on: date
    program: str
    week: date
    tag: Tag
    required: int
    offered: int
    attended: int
    unrecorded: int
    remaining: int
    makeup: int
    qualifying_days: int
    verdict: Verdict
    flags: tuple[Flag, ...]
    possible_days: int
    saving_seats: tuple[Seat, ...]
    person: PersonWeek

    @property
    def possible(self) -> int:
        """Minutes if everything expected is still attended and recorded."""
        return self.attended + self.unrecorded + self.remaining

    @property
    def slack(self) -> int:
        """Minutes to spare; negative where they are short."""
        return self.possible - self.required

    @property
    def is_tight(self) -> bool:
        return Flag.TIGHT in self.flags

    @property
    def is_days_short(self) -> bool:
        return Flag.DAYS_SHORT in self.flags


def weekly_hours_of(person: PersonWeek, program_week: ProgramWeek) -> WeeklyHours:
    """Work out one enrollment's row."""
    rule, as_of = program_week.rule, program_week.as_of
    attended = sum(line.credited for line in person.lines)
    unrecorded = sum(line.unrecorded(as_of) for line in person.lines)
    remaining = [line.remaining(as_of) for line in person.lines]
    required = person.ordered or rule.min_minutes_per_week
    seats = () if program_week.is_over else best_seats(person.seats, busy=person.busy)
    makeup = sum(seat.net for seat in seats)
    tag = tag_of(person, program_week)
    possible = attended + unrecorded + sum(remaining)
    verdict = verdict_of(
        is_exempt=is_exempt(tag, rule),
        is_over=program_week.is_over,
        required=required,
        attended=attended,
        possible=possible,
        makeup=makeup,
    )
    qualifying, possible_days = days_of(person.lines, rule.min_minutes_per_day, as_of)
    smallest = min((minutes for minutes in remaining if minutes > 0), default=0)
    flags = {
        Flag.DAYS_SHORT: possible_days < rule.min_days_per_week,
        Flag.OVER_MAXIMUM: attended > rule.max_minutes_per_week,
        Flag.UNRECORDED: unrecorded > 0,
        Flag.TIGHT: verdict is Verdict.ON_TRACK and possible - required < smallest,
    }
    return WeeklyHours(
        chart_number=person.chart_number,
        admitted_on=person.admitted_on,
        program=program_week.program_code,
        week=program_week.week.first_on,
        tag=tag,
        required=required,
        offered=sum(line.net for line in person.lines if line.is_expected),
        attended=attended,
        unrecorded=unrecorded,
        remaining=sum(remaining),
        makeup=makeup,
        qualifying_days=qualifying,
        verdict=verdict,
        flags=tuple(sorted(flag for flag, holds in flags.items() if holds)),
        possible_days=possible_days,
        saving_seats=seats,
        person=person,
    )


def tag_of(person: PersonWeek, program_week: ProgramWeek) -> Tag:
    """Return the first tag that holds."""
    week = program_week.week
    if week.first_on < person.admitted_on <= week.last_on:
        return Tag.ADMIT_PARTIAL
    if person.discharged_on and week.first_on <= person.discharged_on < week.last_on:
        return Tag.DISCHARGE_PARTIAL
    if person.leave_dates:
        return Tag.LEAVE
    return Tag.CLOSURE if program_week.closed_dates else Tag.FULL


def is_exempt(tag: Tag, rule: WeekRule) -> bool:
    """Return whether the rule lets weeks of this tag off the minimum."""
    treated = {
        Tag.ADMIT_PARTIAL: rule.partial_weeks,
        Tag.DISCHARGE_PARTIAL: rule.partial_weeks,
        Tag.LEAVE: rule.leave,
        Tag.CLOSURE: rule.closures,
        Tag.FULL: Weeks.COUNT,
    }
    return treated[tag] == Weeks.EXEMPT


def verdict_of(
    *, is_exempt: bool, is_over: bool, required: int, attended: int, possible: int, makeup: int
) -> Verdict:
    """Return the verdict, the first that holds."""
    if is_exempt:
        return Verdict.EXEMPT
    if attended >= required:
        return Verdict.MET
    if is_over:
        return Verdict.PENDING if possible >= required else Verdict.NOT_MET
    if possible >= required:
        return Verdict.ON_TRACK
    return Verdict.RECOVERABLE if possible + makeup >= required else Verdict.UNREACHABLE


def days_of(
    lines: Iterable[SessionLine], min_minutes_per_day: int, as_of: datetime
) -> tuple[int, int]:
    """Return how many dates qualify already, and how many still can, at the rule's minutes a day."""
    credited: dict[date, int] = {}
    possible: dict[date, int] = {}
    for line in lines:
        day, ahead = line.held_on, line.unrecorded(as_of) + line.remaining(as_of)
        credited[day] = credited.get(day, 0) + line.credited
        possible[day] = possible.get(day, 0) + line.credited + ahead
    return (
        sum(minutes >= min_minutes_per_day for minutes in credited.values()),
        sum(minutes >= min_minutes_per_day for minutes in possible.values()),
    )
