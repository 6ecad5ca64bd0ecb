"""Reads several weeks of one person: two statements, however many weeks.

Each week is read by the very statements that read a whole program's week (`hours/week_sql.py`),
put one under the other; the person's id reaches into each of them.
"""

from __future__ import annotations

import json
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from hours.facts import ProgramWeek
from hours.program_week import person_of, rows_of, rule_of
from hours.week_sql import PEOPLE_AND_LINES, RULE_AND_CLOSURES
from programs.models import GroupKind, Program
from programs.weeks import Week, whole_minute

# What differs from week to week; everything else is the same for all of them.
OF_THE_WEEK = ("first", "last", "count", "kinds")


def weeks_of(
    program: Program, participant_id: uuid.UUID, *, weeks: Sequence[Week], as_of: datetime
) -> list[ProgramWeek]:
    """Return these weeks with only this person in them; none for a week that no rule covers.

    Make-up seats are not looked for: they matter in a running week only.
    """
    as_of = whole_minute(as_of)
    values: dict[str, Any] = {"program": program.pk, "as_of": as_of, "participant": participant_id}
    for number, week in enumerate(weeks):
        values |= {f"first_{number}": week.first_on, f"last_{number}": week.last_on}
    rules = _rules(range(len(weeks)), values)
    lines: dict[int, dict[int, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for row in _lines(rules, values):
        lines[row.number][row.enrollment_key].append(row)
    return [
        _week(program, weeks[number], as_of, rules[number], list(lines[number].values()))
        for number in sorted(rules)
    ]


def _rules(numbers: range, values: dict[str, Any]) -> dict[int, Any]:
    """Return each week's rule, and put into the values how it counts."""
    if not numbers:
        return {}
    found = rows_of(_one_under_the_other(RULE_AND_CLOSURES, numbers), values)
    rules = {row.number: row for row in found}
    for number, rule in rules.items():
        kinds = rule.counts or list(GroupKind.values)
        values |= {f"count_{number}": rule.count, f"kinds_{number}": kinds}
    return rules


def _lines(rules: dict[int, Any], values: dict[str, Any]) -> Iterable[Any]:
    only = "WHERE participant_id = %(participant)s"
    return rows_of(_one_under_the_other(PEOPLE_AND_LINES, rules, only), values) if rules else ()


def _one_under_the_other(statement: str, numbers: Any, where: str = "") -> str:
    """Return the statement once for each number, its rows marked by it and in its own order."""
    parts = []
    for number in numbers:
        own = statement
        for name in OF_THE_WEEK:
            own = own.replace(f"%({name})s", f"%({name}_{number})s")
        parts.append(f"SELECT {number} AS number, w.* FROM ({own}) w {where}")  # noqa: S608
    return "\nUNION ALL\n".join(parts)


def _week(
    program: Program, week: Week, as_of: datetime, rule: Any, people: list[list[Any]]
) -> ProgramWeek:
    closed = json.loads(rule.closed_dates)
    return ProgramWeek(
        program_code=program.code,
        week=week,
        as_of=as_of,
        rule=rule_of(rule),
        closed_dates=tuple((date.fromisoformat(day), reason) for day, reason in closed),
        people=tuple(person_of(sorted(rows, key=_by_start), week, (), {}) for rows in people),
    )


def _by_start(row: Any) -> tuple[bool, Any, Any]:
    return (row.starts_at is not None, row.starts_at, row.session_id)
