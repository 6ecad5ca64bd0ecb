"""Weekly hours: has this person had the hours their program asks for, and if not, can they?

Plain values in, a verdict with its numbers out. No database, no clock: `as_of` is given.
All amounts are whole minutes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from hours.facts import PersonWeek, ProgramWeek, SessionLine, WeekRule
from hours.make_up import Seat, best_seats
from hours.verdicts import Flag, Tag, Verdict
from programs.models.rule import Weeks
from programs.weeks import Week


@dataclass(frozen=True)
class Amounts:
    """Minutes of one enrollment's week; `smallest_ahead` is of any one session still to come."""

    offered: int
    attended: int
    unrecorded: int
    remaining: int
    smallest_ahead: int

    @property
    def possible(self) -> int:
        """Minutes if everything expected is still attended and recorded."""
        return self.attended + self.unrecorded + self.remaining


@dataclass(frozen=True)
class Days:
    """Dates that qualify already, and dates that do or still can."""

    qualifying: int
    possible: int


@dataclass(frozen=True)
class WeeklyHours:
    """One row of the weekly hours, and what it was worked out from."""

    person: PersonWeek
    program: str
    week: date
    tag: Tag
    required: int
    amounts: Amounts
    days: Days
    saving_seats: tuple[Seat, ...]
    verdict: Verdict
    flags: tuple[Flag, ...]

    @property
    def chart_number(self) -> str:
        return self.person.chart_number

    @property
    def admitted_on(self) -> date:
        return self.person.admitted_on

    @property
    def offered(self) -> int:
        return self.amounts.offered

    @property
    def attended(self) -> int:
        return self.amounts.attended

    @property
    def unrecorded(self) -> int:
        return self.amounts.unrecorded

    @property
    def remaining(self) -> int:
        return self.amounts.remaining

    @property
    def possible(self) -> int:
        return self.amounts.possible

    @property
    def slack(self) -> int:
        """Minutes to spare; negative where they are short."""
        return self.possible - self.required

    @property
    def makeup(self) -> int:
        """The most minutes that open seats could still add."""
        return sum(seat.net for seat in self.saving_seats)

    @property
    def qualifying_days(self) -> int:
        return self.days.qualifying

    @property
    def is_tight(self) -> bool:
        return Flag.TIGHT in self.flags

    @property
    def is_days_short(self) -> bool:
        return Flag.DAYS_SHORT in self.flags


def weekly_hours_of(person: PersonWeek, facts: ProgramWeek) -> WeeklyHours:
    """Work out one enrollment's row."""
    tag = tag_of(person, facts)
    amounts = amounts_of(person.lines, facts.as_of)
    required = person.ordered or facts.rule.min_minutes_per_week
    seats = () if facts.is_over else best_seats(person.seats, busy=person.busy)
    days = days_of(person.lines, facts.rule.min_minutes_per_day, facts.as_of)
    verdict = verdict_of(
        is_exempt=is_exempt(tag, facts.rule),
        is_over=facts.is_over,
        required=required,
        attended=amounts.attended,
        possible=amounts.possible,
        makeup=sum(seat.net for seat in seats),
    )
    flags = flags_of(verdict, required, amounts, days, facts.rule)
    week = facts.week.first_on
    return WeeklyHours(
        person, facts.program_code, week, tag, required, amounts, days, seats, verdict, flags
    )


def amounts_of(lines: Iterable[SessionLine], as_of: datetime) -> Amounts:
    """Return the week's sums."""
    lines = tuple(lines)
    ahead = [line.remaining(as_of) for line in lines]
    return Amounts(
        offered=sum(line.net for line in lines if line.is_expected),
        attended=sum(line.credited for line in lines),
        unrecorded=sum(line.unrecorded(as_of) for line in lines),
        remaining=sum(ahead),
        smallest_ahead=min((minutes for minutes in ahead if minutes > 0), default=0),
    )


def tag_of(person: PersonWeek, facts: ProgramWeek) -> Tag:
    """Return the first tag that holds."""
    return tag_of_dates(
        facts.week,
        person.admitted_on,
        person.discharged_on,
        is_away=bool(person.leave_dates),
        is_closed=bool(facts.closed_dates),
    )


def tag_of_dates(
    week: Week, admitted_on: date, discharged_on: date | None, *, is_away: bool, is_closed: bool
) -> Tag:
    """Return the first tag that holds, of plain dates."""
    if week.first_on < admitted_on <= week.last_on:
        return Tag.ADMIT_PARTIAL
    if discharged_on and week.first_on <= discharged_on < week.last_on:
        return Tag.DISCHARGE_PARTIAL
    if is_away:
        return Tag.LEAVE
    return Tag.CLOSURE if is_closed else Tag.FULL


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


def flags_of(
    verdict: Verdict, required: int, amounts: Amounts, days: Days, rule: WeekRule
) -> tuple[Flag, ...]:
    """Return the flags that hold, sorted."""
    slack = amounts.possible - required
    holds = {
        Flag.DAYS_SHORT: days.possible < rule.min_days_per_week,
        Flag.OVER_MAXIMUM: amounts.attended > rule.max_minutes_per_week,
        Flag.UNRECORDED: amounts.unrecorded > 0,
        # Missing the shortest session still to come would lose the week.
        Flag.TIGHT: verdict is Verdict.ON_TRACK and slack < amounts.smallest_ahead,
    }
    return tuple(sorted(flag for flag, does in holds.items() if does))


def days_of(lines: Iterable[SessionLine], least: int, as_of: datetime) -> Days:
    """Return how many dates reach the rule's minutes a day already, and how many still can."""
    credited: Counter[date] = Counter()
    possible: Counter[date] = Counter()
    for line in lines:
        credited[line.held_on] += line.credited
        possible[line.held_on] += line.credited + line.unrecorded(as_of) + line.remaining(as_of)
    return Days(
        qualifying=sum(minutes >= least for minutes in credited.values()),
        possible=sum(minutes >= least for minutes in possible.values()),
    )
