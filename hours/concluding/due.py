"""Which weeks of a program the clock closes."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Min

from hours.models import WeekClose
from programs.models import Program
from programs.models.alert_rule import alert_rule_on
from programs.weeks import Week, local_date

# How far back the clock makes up for nights on which it did not run.
WEEKS_BACK = 8


def due_weeks(program: Program, now: datetime) -> list[Week]:
    """Return the weeks to close by now, oldest first: over for as many days as the program waits.

    Only weeks that a rule covers whole, and at most WEEKS_BACK of them.
    """
    today = local_date(now, program.zone)
    waits = timedelta(days=alert_rule_on(program, today).close_days)
    latest = program.week_of(today - waits).moved(-1)
    weeks = [latest.moved(-back) for back in reversed(range(WEEKS_BACK))]
    first_on = program.rules.aggregate(first=Min("effective_from"))["first"]
    closed = set(
        WeekClose.objects.filter(program=program, week_on__gte=weeks[0].first_on).values_list(
            "week_on", flat=True
        )
    )
    return [week for week in weeks if first_on <= week.first_on and week.first_on not in closed]
