"""Which weeks a rule judges: those whose first day lies in its time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from programs.models import Program
from programs.weeks import Week


@dataclass(frozen=True)
class Applies:
    """The first and the last week judged; no last one: until further notice."""

    first: Week
    last: Week | None
    begins_within_a_week: bool

    @property
    def judges_none(self) -> bool:
        """Whether the next rule takes over before any week begins under this one."""
        return self.last is not None and self.last.first_on < self.first.first_on


def applies(program: Program, effective_from: date, next_from: date | None) -> Applies:
    """Return the weeks of a rule that ends where the next one begins."""
    first = first_judged(program, effective_from)
    return Applies(
        first=first,
        last=first_judged(program, next_from).moved(-1) if next_from else None,
        begins_within_a_week=first.first_on != effective_from,
    )


def first_judged(program: Program, effective_from: date) -> Week:
    """Return the first week that begins on that date or later."""
    week = program.week_of(effective_from)
    return week if week.first_on == effective_from else week.moved(1)
