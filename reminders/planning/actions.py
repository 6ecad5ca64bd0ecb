"""Plans messages to participants: their reminders, what has changed since, and the week ahead.

Each action goes through the whole clinic in a fixed number of statements. Only one plans at a time;
another waits, then finds everything done. So running one twice, or ten at once, changes nothing.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection, transaction

from accounts.audit import audit_event, write_audits
from accounts.models import User
from programs.models import Site
from reminders.planning.changes import read_heard, tell_changes
from reminders.planning.clinic import ClinicNow, clinic_now
from reminders.planning.days import read_days
from reminders.planning.keeping import Counts, keep_to
from reminders.planning.week_ahead import read_week_ahead


@transaction.atomic
def plan_reminders(*, now: datetime, by: User | None) -> None:
    """Bring the reminders about today and tomorrow up to date, one per person, day and lead time.

    Whoever is expected, agreed and can be reached gets theirs at the moments of the day's first
    session. Who is not any more has theirs called off, and back when that has changed. What has
    gone out stays; `plan_changes` tells what is different.
    """
    _wait_for_other_planners()
    clinic = clinic_now(now)
    days = read_days(clinic)
    counts = keep_to(days.wishes(), days.known, days.why_not, now)
    _leave_a_trail("reminders.planned", counts, clinic, by)


@transaction.atomic
def plan_changes(*, now: datetime, by: User | None) -> None:
    """Plan a short message to whoever was told what is true no longer, and call off needless ones.

    `differences.py` says which. What could only be told too late has a row that says so.
    """
    _wait_for_other_planners()
    clinic = clinic_now(now)
    counts = tell_changes(read_heard(clinic))
    _leave_a_trail("reminders.changes_planned", counts, clinic, by)


@transaction.atomic
def plan_weekly(*, now: datetime, by: User | None) -> None:
    """Bring the messages about the week ahead up to date, for those who asked for them."""
    _wait_for_other_planners()
    clinic = clinic_now(now)
    ahead = read_week_ahead(clinic)
    counts = keep_to(ahead.wishes(), ahead.known, ahead.why_not, now)
    _leave_a_trail("reminders.weekly_planned", counts, clinic, by)


def _wait_for_other_planners() -> None:
    """Hold the lock of all plans until the transaction ends.

    Not a lock of rows: nobody who works with a site, a program or a person waits for a plan.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('reminders.planning'))")


def _leave_a_trail(verb: str, counts: Counts, clinic: ClinicNow, by: User | None) -> None:
    """Write a line for each site where something was done, with how much of what."""
    done: dict[Site, dict[str, Any]] = {}
    for (program_id, word), number in sorted(counts.items()):
        words = done.setdefault(clinic.programs[program_id].site, {})
        words[word] = words.get(word, 0) + number
    write_audits(audit_event(verb, by=by, subject=site, **words) for site, words in done.items())
