"""Which weeks of which programs are asked for, and under which rule."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from hours.facts import WeekRule
from programs.models import HoursRule, Program
from programs.weeks import Week


@dataclass(frozen=True)
class Asked:
    """One program's week, and the rule it is judged by."""

    program_key: int
    week: Week
    rule: WeekRule

    def under(self, rule: WeekRule) -> Asked:
        """Return the same week under another rule."""
        return replace(self, rule=rule)

    @cached_property
    def ends_at(self) -> datetime:
        """The week's end, worked out once for all its people."""
        return self.week.ends_at

    def is_over(self, as_of: datetime) -> bool:
        return as_of >= self.ends_at


def asked_weeks(pairs: Iterable[tuple[Program, Week]]) -> list[Asked]:
    """Return the pairs with the rule in effect on each week's first date; one statement.

    A week that no rule covers is left out.
    """
    pairs = list(pairs)
    rules: dict[int, list[HoursRule]] = {}
    keys = {program.pk for program, _week in pairs}
    for rule in HoursRule.objects.filter(program__in=keys).order_by("effective_from"):
        rules.setdefault(rule.program_id, []).append(rule)
    found = []
    for program, week in pairs:
        begun = [r for r in rules.get(program.pk, ()) if r.effective_from <= week.first_on]
        if begun:
            found.append(Asked(program.pk, week, week_rule(begun[-1])))
    return found


def week_rule(rule: HoursRule) -> WeekRule:
    """Return the plain values of a rule, stored or not."""
    facts = {name: getattr(rule, name) for name in WeekRule.__dataclass_fields__}
    return WeekRule(**facts | {"counts": tuple(rule.counts) if rule.counts else None})
