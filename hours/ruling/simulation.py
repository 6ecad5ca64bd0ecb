"""Works past weeks out twice: under the rule each had, and under a draft. Nothing is written."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from hours.facts import WeekRule
from hours.program_week import current_week
from hours.sums.asked import asked_weeks
from hours.sums.reading import week_sums
from hours.sums.week_sums import WeekSums
from hours.verdicts import Flag, Verdict
from programs.models import Program
from programs.weeks import Week

# A quarter of a year.
WEEKS = 13


@dataclass(frozen=True)
class Judged:
    """One enrollment's week under one rule; minutes attended and required."""

    verdict: Verdict
    is_days_short: bool
    is_over_maximum: bool
    attended: int
    required: int


@dataclass(frozen=True)
class Compared:
    """One enrollment's week under the rule it had, and under the draft."""

    week: Week
    enrollment_id: uuid.UUID
    before: Judged
    after: Judged

    @property
    def changes(self) -> bool:
        """Whether the draft judges the week differently."""
        return _judgement(self.before) != _judgement(self.after)


@dataclass(frozen=True)
class Tally:
    """How many weeks of people are what."""

    met: int
    not_met: int
    pending: int
    exempt: int
    days_short: int
    over_maximum: int

    @property
    def people(self) -> int:
        return self.met + self.not_met + self.pending + self.exempt


@dataclass(frozen=True)
class Simulation:
    """The weeks that were compared, the earliest first, and every enrollment's in them."""

    weeks: tuple[Week, ...]
    compared: tuple[Compared, ...]

    @cached_property
    def before(self) -> Tally:
        return tally(each.before for each in self.compared)

    @cached_property
    def after(self) -> Tally:
        return tally(each.after for each in self.compared)

    @property
    def more_not_met(self) -> int:
        """How many more weeks the draft would not see met; negative where fewer."""
        return self.after.not_met - self.before.not_met

    @cached_property
    def changed(self) -> tuple[Compared, ...]:
        """The weeks that the draft judges differently."""
        return tuple(each for each in self.compared if each.changes)

    def of_week(self, week: Week) -> tuple[Tally, Tally]:
        """Return one week's counts before and after."""
        of_it = [each for each in self.compared if each.week == week]
        return tally(each.before for each in of_it), tally(each.after for each in of_it)


def simulate(program: Program, *, draft: WeekRule, as_of: datetime) -> Simulation:
    """Return the last quarter's complete weeks under their own rules and under the draft.

    Weeks are worked out with what is recorded now. One that no rule covered has nothing to be
    compared with and is left out.
    """
    this_week = current_week(program, as_of)
    weeks = [this_week.moved(-back) for back in range(WEEKS, 0, -1)]
    asked = asked_weeks((program, week) for week in weeks)
    before = week_sums(asked, as_of=as_of)
    after = week_sums([each.under(draft) for each in asked], as_of=as_of)
    return Simulation(tuple(each.week for each in asked), compare(before, after))


def compare(before: Sequence[WeekSums], after: Iterable[WeekSums]) -> tuple[Compared, ...]:
    """Return each enrollment's week with both judgements.

    Who came or left between the two readings is in one of them only, and left out.
    """
    under_draft = {(each.week_on, each.enrollment_key): each for each in after}
    return tuple(
        Compared(
            week=each.asked.week,
            enrollment_id=each.enrollment_id,
            before=judged(each),
            after=judged(under_draft[each.week_on, each.enrollment_key]),
        )
        for each in before
        if (each.week_on, each.enrollment_key) in under_draft
    )


def judged(sums: WeekSums) -> Judged:
    """Return how a week that is over is judged; an exempt one is held to no days either."""
    verdict = sums.verdict()
    flags = sums.flags(verdict)
    return Judged(
        verdict=verdict,
        is_days_short=Flag.DAYS_SHORT in flags and verdict is not Verdict.EXEMPT,
        is_over_maximum=Flag.OVER_MAXIMUM in flags,
        attended=sums.amounts.attended,
        required=sums.required,
    )


def tally(weeks: Iterable[Judged]) -> Tally:
    """Return how many of them are what."""
    weeks = tuple(weeks)

    def count(verdict: Verdict) -> int:
        return sum(each.verdict is verdict for each in weeks)

    return Tally(
        met=count(Verdict.MET),
        not_met=count(Verdict.NOT_MET),
        pending=count(Verdict.PENDING),
        exempt=count(Verdict.EXEMPT),
        days_short=sum(each.is_days_short for each in weeks),
        over_maximum=sum(each.is_over_maximum for each in weeks),
    )


def _judgement(judged: Judged) -> tuple[Verdict, bool, bool]:
    return judged.verdict, judged.is_days_short, judged.is_over_maximum
