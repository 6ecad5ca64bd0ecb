"""A week that is over is closed: what was concluded is kept, once and for good."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Min
from django.utils.translation import gettext as _

from accounts.audit import write_audit
from accounts.models import User
from hours.alerting.digests import plan_close_digests
from hours.concluding.concluded import as_kept, concluded_now
from hours.concluding.due import due_weeks
from hours.concluding.refusals import NotClosed
from hours.models import Conclusion, WeekClose
from hours.program_week import program_week
from hours.weekly_hours import WeeklyHours, weekly_hours_of
from programs.models import HoursRule, Program
from programs.weeks import Week


@transaction.atomic
def close_week(*, program: Program, week: Week, now: datetime, by: User | None) -> WeekClose:
    """Keep what the week says of everybody at this moment, under the program's lock.

    `by` is nobody where the clock closes it. Raises NotClosed: the week is not over, no rule
    covers it, or it is closed already.
    """
    Program.objects.select_for_update(no_key=True).get(pk=program.pk)
    return _close_locked(program, week, now, by)


def close_weeks(*, now: datetime, by: User | None) -> None:
    """Close every program's weeks that are due, each in a transaction of its own.

    At least once: what a locked program, or a night without this, leaves out, the next one closes.
    """
    begun = Program.objects.alias(first=Min("rules__effective_from")).filter(first__isnull=False)
    for program in begun.select_related("site").order_by("pk"):
        for week in due_weeks(program, now):
            close_week_if_free(program=program, week=week, now=now, by=by)


@transaction.atomic
def close_week_if_free(*, program: Program, week: Week, now: datetime, by: User | None) -> None:
    """Close the week, unless somebody holds the program right now, or has closed it meanwhile."""
    free = Program.objects.select_for_update(no_key=True, skip_locked=True)
    if not free.filter(pk=program.pk).exists():
        return
    if not WeekClose.objects.filter(program=program, week_on=week.first_on).exists():
        _close_locked(program, week, now, by)


def _close_locked(program: Program, week: Week, now: datetime, by: User | None) -> WeekClose:
    if not week.is_over(now):
        raise NotClosed(
            _("This week is not over yet: it can be closed once its last day has passed.")
        )
    if WeekClose.objects.filter(program=program, week_on=week.first_on).exists():
        raise NotClosed(_("This week is closed already."))
    facts = program_week(program, week=week, as_of=now)
    if facts is None:
        raise NotClosed(_("No rule covers this week, so there is nothing to conclude."))
    close = WeekClose.objects.create(
        program=program,
        week_on=week.first_on,
        rule=HoursRule.objects.get(program=program, effective_from=facts.rule.effective_from),
        closed_at=now,
        closed_by=by,
    )
    rows = [weekly_hours_of(person, facts) for person in facts.people]
    Conclusion.objects.bulk_create([_conclusion(close, row) for row in rows])
    _audit(close, program, rows, by)
    plan_close_digests(close=close, now=now, by=by)
    return close


def _conclusion(close: WeekClose, row: WeeklyHours) -> Conclusion:
    return Conclusion(
        close=close, enrollment_id=row.person.enrollment_key, **as_kept(concluded_now(row))
    )


def _audit(close: WeekClose, program: Program, rows: list[WeeklyHours], by: User | None) -> None:
    verdicts = [str(row.verdict) for row in rows]
    counts: dict[str, Any] = {each: verdicts.count(each) for each in sorted(set(verdicts))}
    write_audit(
        "week.closed",
        by=by,
        subject=close,
        program_id=program.public_id,
        week=close.week_on.isoformat(),
        **counts,
    )
