"""What changes because of weekly hours: alerts open, follow the week, and resolve."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.audit import write_audit
from accounts.models import User
from hours.alerts import findings_of
from hours.facts import ProgramWeek
from hours.models import Alert
from hours.program_week import current_week, program_week
from hours.weekly_hours import weekly_hours_of
from programs.models import Program


def check_weekly_hours(*, now: datetime, by: User | None) -> None:
    """Bring the alerts of every program's last and present week up to date."""
    for program in Program.objects.select_related("site"):
        this_week = current_week(program, now)
        for week in (this_week.moved(-1), this_week):
            facts = program_week(program, week=week, as_of=now)
            if facts:
                update_alerts(program=program, facts=facts, now=now, by=by)


@transaction.atomic
def update_alerts(*, program: Program, facts: ProgramWeek, now: datetime, by: User | None) -> None:
    """Open, update and resolve the alerts of one program's week. Running it twice changes nothing.

    One alert per enrollment, week and kind: the database holds the pair of sweeps that race here
    to one row, and an alert that comes back reopens instead of being repeated.
    """
    # One sweep per program at a time; a second waits here, then finds everything done.
    Program.objects.select_for_update(no_key=True).get(pk=program.pk)
    known = {
        (alert.enrollment_id, alert.kind): alert
        for alert in Alert.objects.of_week(facts.week.first_on).filter(enrollment__program=program)
    }
    found = _findings(facts)
    opened = _open(found, known, facts, now)
    reopened = _reopen(found, known, now)
    resolved = _resolve(found, known, now)
    if opened or reopened or resolved:
        write_audit(
            "weekly_hours.alerts_updated",
            by=by,
            subject=program,
            program_id=program.public_id,
            week=facts.week.first_on.isoformat(),
            opened=opened,
            reopened=reopened,
            resolved=resolved,
        )


def _findings(facts: ProgramWeek) -> dict:
    return {
        (person.enrollment_key, kind): short
        for person in facts.people
        for kind, short in findings_of(weekly_hours_of(person, facts)).items()
    }


def _open(found: dict, known: dict, facts: ProgramWeek, now: datetime) -> int:
    fresh = [
        Alert(
            enrollment_id=enrollment,
            week_on=facts.week.first_on,
            kind=kind,
            minutes_short=short,
            opened_at=now,
            updated_at=now,
        )
        for (enrollment, kind), short in found.items()
        if (enrollment, kind) not in known
    ]
    Alert.objects.bulk_create(fresh)
    return len(fresh)


def _reopen(found: dict, known: dict, now: datetime) -> int:
    changed = [
        alert
        for key, alert in known.items()
        if key in found and (alert.resolved_at or alert.minutes_short != found[key])
    ]
    reopened = sum(alert.resolved_at is not None for alert in changed)
    for alert in changed:
        alert.minutes_short = found[alert.enrollment_id, alert.kind]
        alert.updated_at, alert.resolved_at = now, None
    Alert.objects.bulk_update(changed, ["minutes_short", "updated_at", "resolved_at"])
    return reopened


def _resolve(found: dict, known: dict, now: datetime) -> int:
    gone = [alert.pk for key, alert in known.items() if key not in found and not alert.resolved_at]
    return Alert.objects.filter(pk__in=gone, resolved_at=None).update(
        resolved_at=now, updated_at=now
    )
