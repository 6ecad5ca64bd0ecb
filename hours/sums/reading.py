"""Reads the sums of many weeks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from hours.program_week import program_week
from hours.sums.asked import Asked
from hours.sums.week_sums import WeekSums
from hours.weekly_hours import amounts_of, days_of, tag_of
from programs.models import Program
from programs.weeks import whole_minute


def week_sums(asked: Sequence[Asked], *, as_of: datetime) -> list[WeekSums]:
    """Return one `WeekSums` for every enrollment that touches a week asked for."""
    as_of = whole_minute(as_of)
    programs = Program.objects.in_bulk({each.program_key for each in asked})
    found = []
    for each in asked:
        program = programs[each.program_key]
        facts = program_week(program, week=each.week, as_of=as_of, rule=each.rule)
        if facts is None:
            continue
        for person in facts.people:
            waiting = [line.ends_at for line in person.lines if line.unrecorded(as_of)]
            found.append(
                WeekSums(
                    asked=each,
                    as_of=as_of,
                    enrollment_key=person.enrollment_key,
                    enrollment_id=person.enrollment_id,
                    admitted_on=person.admitted_on,
                    tag=tag_of(person, facts),
                    required=person.ordered or each.rule.min_minutes_per_week,
                    amounts=amounts_of(person.lines, as_of),
                    days=days_of(person.lines, each.rule.min_minutes_per_day, as_of),
                    unrecorded_since=min(waiting, default=None),
                )
            )
    return found
