"""Whether somebody has completed the program: one line for each criterion that is asked for.

A criterion is met, or open, or *out of reach*: what is planned until they leave does not suffice
for it. Without a planned last day nothing is out of reach; once they have left, all that is not
met is.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from hours.models.certificate import Criterion

A_WEEK = 7


class Reach(StrEnum):
    """How far somebody is with one criterion."""

    MET = "met"
    OPEN = "open"
    OUT_OF_REACH = "out_of_reach"


@dataclass(frozen=True)
class Asked:
    """What the rule asks for; None: not at all. Shares in percent."""

    core_percent: int | None = None
    has_all_topics: bool = False
    weeks: int | None = None
    hours: int | None = None
    weeks_met_percent: int | None = None
    plan_percent: int | None = None
    homework_percent: int | None = None


@dataclass(frozen=True)
class Parts:
    """Lessons, or topics: how many there are, are done, and come before they leave."""

    total: int = 0
    done: int = 0
    coming: int = 0


@dataclass(frozen=True)
class Stay:
    """Days in the program, the first and today counted, and in all; None where no end is planned.

    `sees_end`: the calendar reaches to their last day, so that what is not in it will not be.
    Minutes attended, and those that can still be attended. Weeks held to their hours: met, not
    met, and those whose verdict is yet to come.
    """

    days: int = 0
    days_in_all: int | None = None
    is_over: bool = False
    sees_end: bool = False
    attended: int = 0
    minutes_ahead: int = 0
    weeks_met: int = 0
    weeks_not_met: int = 0
    weeks_ahead: int = 0


@dataclass(frozen=True)
class Facts:
    """Where somebody stands. Homework: how often given, and done or partly done."""

    core: Parts = Parts()
    topics: Parts = Parts()
    stay: Stay = Stay()
    plan_percent: int = 0
    homework_given: int = 0
    homework_done: int = 0


@dataclass(frozen=True)
class Line:
    """One criterion: how much there is, and how much is needed, in its own unit.

    `out_of` is the whole that the two are parts of; minutes for hours, percent for the plan.
    """

    criterion: Criterion
    reach: Reach
    have: int
    need: int
    out_of: int

    @property
    def is_met(self) -> bool:
        return self.reach is Reach.MET


@dataclass(frozen=True)
class Readiness:
    """All that is asked for, in the order of the rule."""

    lines: tuple[Line, ...]

    @property
    def is_complete(self) -> bool:
        """Whether nothing is open."""
        return all(line.is_met for line in self.lines)

    @property
    def open_criteria(self) -> list[Criterion]:
        """What is not met."""
        return [line.criterion for line in self.lines if not line.is_met]

    @property
    def met_count(self) -> int:
        """How many criteria are met."""
        return sum(line.is_met for line in self.lines)


def readiness_of(asked: Asked, facts: Facts) -> Readiness:
    """Return how far somebody is with what is asked for."""
    lines = (
        _core(asked.core_percent, facts),
        _topics(facts) if asked.has_all_topics else None,
        _weeks(asked.weeks, facts.stay),
        _hours(asked.hours, facts.stay),
        _weeks_met(asked.weeks_met_percent, facts.stay),
        _plan(asked.plan_percent, facts),
        _homework(asked.homework_percent, facts),
    )
    return Readiness(tuple(line for line in lines if line))


def part_of(percent: int, total: int) -> int:
    """Return the least whole number that is so many percent of the total."""
    return -(-percent * total // 100)


def _core(percent: int | None, facts: Facts) -> Line | None:
    if percent is None:
        return None
    core = facts.core
    need = part_of(percent, core.total)
    return _line(Criterion.CORE, core, need, facts.stay)


def _topics(facts: Facts) -> Line:
    return _line(Criterion.TOPICS, facts.topics, facts.topics.total, facts.stay)


def _line(criterion: Criterion, parts: Parts, need: int, stay: Stay) -> Line:
    ahead = parts.coming if stay.sees_end else None
    reach = _reach(parts.done, need, ahead, stay)
    return Line(criterion, reach, parts.done, need, parts.total)


def _weeks(need: int | None, stay: Stay) -> Line | None:
    if need is None:
        return None
    weeks = stay.days // A_WEEK
    ahead = None if stay.days_in_all is None else stay.days_in_all // A_WEEK - weeks
    return Line(Criterion.WEEKS, _reach(weeks, need, ahead, stay), weeks, need, need)


def _hours(hours: int | None, stay: Stay) -> Line | None:
    if hours is None:
        return None
    need = hours * 60
    ahead = stay.minutes_ahead if stay.sees_end else None
    return Line(
        Criterion.HOURS, _reach(stay.attended, need, ahead, stay), stay.attended, need, need
    )


def _weeks_met(percent: int | None, stay: Stay) -> Line | None:
    """Of weeks yet to come, all can be met at best; then a smaller share of them is needed."""
    if percent is None:
        return None
    concluded = stay.weeks_met + stay.weeks_not_met
    need = max(1, part_of(percent, concluded))
    best = stay.weeks_met + stay.weeks_ahead
    can_be = best >= max(1, part_of(percent, concluded + stay.weeks_ahead))
    ahead = need if can_be or stay.days_in_all is None else 0
    reach = _reach(stay.weeks_met, need, ahead, stay)
    return Line(Criterion.WEEKS_MET, reach, stay.weeks_met, need, concluded)


def _plan(percent: int | None, facts: Facts) -> Line | None:
    if percent is None:
        return None
    reach = _reach(facts.plan_percent, percent, None, facts.stay)
    return Line(Criterion.PLAN, reach, facts.plan_percent, percent, 100)


def _homework(percent: int | None, facts: Facts) -> Line | None:
    """Where none was given, there is nothing to do."""
    if percent is None:
        return None
    given, done = facts.homework_given, facts.homework_done
    need = part_of(percent, given)
    return Line(Criterion.HOMEWORK, _reach(done, need, None, facts.stay), done, need, given)


def _reach(have: int, need: int, ahead: int | None, stay: Stay) -> Reach:
    """Return how far it is; `ahead`: the most that can be added, None where nobody can say."""
    if have >= need:
        return Reach.MET
    if stay.is_over or (ahead is not None and have + ahead < need):
        return Reach.OUT_OF_REACH
    return Reach.OPEN
