"""What changes because of weekly hours and care: alerts open, follow what holds, and resolve."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime

from django.db import connection, transaction

from accounts.audit import audit_event, write_audits
from accounts.models import User
from hours.checking.sweep import Checked, look_at_care, look_at_weeks
from hours.checking.updating import bring_up_to_date
from programs.models import Program
from programs.weeks import Week

# Programs that are checked in one transaction.
BATCH = 50


def check_weekly_hours(*, now: datetime, by: User | None) -> None:
    """Bring the alerts about every program's weeks up to date.

    The last and the present week, and others in which an alert is open and that are not closed.
    At least once: a batch of programs is kept whole or not at all, and whoever runs it again finds
    what is left to do. Any number of workers do the same; none skips what another has begun, for
    that one may die before it has kept anything.
    """
    for keys in _batches():
        check_weeks_of(keys=keys, now=now, by=by)


def check_care(*, now: datetime, by: User | None) -> None:
    """Bring the alerts about authorizations, reviews and recertifications up to date.

    At least once, as the weekly hours. Apart from them, because units are counted over months.
    """
    for keys in _batches():
        check_care_of(keys=keys, now=now, by=by)


@transaction.atomic
def check_weeks_of(*, keys: Collection[int], now: datetime, by: User | None) -> None:
    """Open, update, reopen and resolve the alerts of these programs' weeks.

    Run twice, it changes nothing. One alert per enrollment, week and kind: the lock lets the
    second of two workers find everything done, and the database holds them to one row whatever
    happens.
    """
    programs = _locked(keys)
    _follow(look_at_weeks(programs, now=now), now=now, by=by)


@transaction.atomic
def check_care_of(*, keys: Collection[int], now: datetime, by: User | None) -> None:
    """Open, update, reopen and resolve the alerts about care in these programs, likewise."""
    programs = _locked(keys)
    _follow(look_at_care(programs, now=now), now=now, by=by)


@transaction.atomic
def check_program(*, program: Program, week: Week, now: datetime, by: User | None) -> None:
    """Bring all alerts of one program up to date after a correction in the week, however old."""
    programs = _locked([program.pk])
    _follow(look_at_weeks(programs, now=now, besides=[week]), now=now, by=by)
    _follow(look_at_care(programs, now=now), now=now, by=by)


def _batches() -> Iterator[list[int]]:
    keys = list(Program.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        yield keys[start : start + BATCH]


def _locked(keys: Collection[int]) -> list[Program]:
    """Return the programs once nobody else checks them; they are held to the transaction's end.

    In order, and not by the programs' rows: a transfer holds an enrollment while it waits for
    those, and a new alert waits for its enrollment.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext('hours.check'), key)"
            " FROM unnest(%s::int[]) AS key",
            [sorted(keys)],
        )
    return list(Program.objects.filter(pk__in=keys).select_related("site").order_by("pk"))


def _follow(checked: Checked, *, now: datetime, by: User | None) -> None:
    """Have the alerts say what was found, with a line of the trail for each program changed."""
    changed = bring_up_to_date(checked, now=now)
    write_audits(
        audit_event(
            "weekly_hours.alerts_updated",
            by=by,
            subject=program,
            program_id=program.public_id,
            weeks=_weeks_of(program, checked),
            opened=changed[program.pk]["opened"],
            reopened=changed[program.pk]["reopened"],
            resolved=changed[program.pk]["resolved"],
        )
        for program in checked.programs
        if program.pk in changed
    )


def _weeks_of(program: Program, checked: Checked) -> Sequence[str]:
    asked: Iterable[Week] = (each.week for each in checked.asked if each.program_key == program.pk)
    return sorted(week.first_on.isoformat() for week in asked)
