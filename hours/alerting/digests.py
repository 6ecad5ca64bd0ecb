"""Plans the week in numbers to directors: on the weekday each has chosen, and at week close.

One notice per director, program and date, or closed week, by constraint: planned twice, or by ten
workers at once, there is one row. What comes late expires as other notices do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from accounts.audit import write_audit
from accounts.models import User
from hours.alerting.digest_rows import Due, due_digests, readers_of
from hours.models import Alert, WeekClose
from hours.program_week import weekly_hours
from hours.verdict_looks import standing_of
from programs.models import Program
from programs.weeks import DAYS, local_date
from reminders.models import NoticeKind, StaffNotice
from reminders.notices.telling import tell

# From the first date of a week: as long as any program waits to close one, and some nights more.
IS_NEWS = timedelta(days=DAYS + 14 + 4)


def plan_digests(*, now: datetime, by: User | None) -> None:
    """Plan every digest of the weekday chosen, before anybody's morning at the site."""
    for due in list(due_digests(now)):
        plan_digest(due=due, now=now, by=by)


@transaction.atomic
def plan_digest(*, due: Due, now: datetime, by: User | None) -> None:
    """Plan one program's digest of one date, with this week's numbers."""
    program, week = due.program, due.program.week_of(due.day)
    rows = weekly_hours(program, week=week, as_of=now)
    counts = Counter(str(standing_of(row)) for row in rows)
    waiting = Alert.objects.waiting(due.day).filter(enrollment__program=program)
    counts["alerts"] = waiting.count()
    notices = [
        StaffNotice(
            user_id=reader,
            program=program,
            kind=NoticeKind.DIGEST,
            about=due.about,
            counts=dict(counts),
            week_on=week.first_on,
            due_at=due.due_at,
        )
        for reader in due.readers
    ]
    _keep(notices, program, now, by)


@transaction.atomic
def plan_close_digests(*, close: WeekClose, now: datetime, by: User | None) -> None:
    """Tell the directors who want to know it that a week was closed, and what was concluded.

    Of a week long over nobody is told: who begins to use the program closes many at once.
    """
    program = close.program
    if local_date(now, program.zone) - close.week_on > IS_NEWS:
        return
    counts = Counter(close.conclusions.values_list("verdict", flat=True))
    notices = [
        StaffNotice(
            user_id=reader.user_id,
            program=program,
            kind=NoticeKind.CLOSED,
            about=close.public_id,
            counts=dict(counts),
            week_on=close.week_on,
            due_at=now,
        )
        for reader in readers_of([program]).get(program.pk, ())
        if reader.is_at_close
    ]
    _keep(notices, program, now, by)


def _keep(notices: Iterable[StaffNotice], program: Program, now: datetime, by: User | None) -> None:
    """Write those that nobody else has written, with one line on the trail."""
    rows = list(notices)
    if added := tell(rows, now=now):
        write_audit(
            "digests.planned",
            by=by,
            subject=program,
            program_id=program.public_id,
            kind=rows[0].kind,
            added=added,
        )
