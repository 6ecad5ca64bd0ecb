"""A record is amended, and what follows from its minutes follows at once."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.audit import write_audit
from accounts.models import User
from hours.actions import check_program
from hours.amending.comparing import Correction, Effect, Side, carried_out


@transaction.atomic
def amend_and_follow(*, correction: Correction, by: User, now: datetime) -> Effect:
    """Amend a signed record, and bring the alerts of its week up to date, however long ago.

    Returns what it changed. Raises GroupSession.DoesNotExist, NotAmended.
    """
    amendment, effect = carried_out(correction, by=by, now=now)
    program = amendment.session.group.program
    week = program.week_of(amendment.session.held_on)
    check_program(program=program, week=week, now=now, by=by)
    write_audit(
        "weekly_hours.amended",
        by=by,
        subject=amendment,
        participant_id=correction.participant.public_id,
        program_id=program.public_id,
        week=week.first_on.isoformat(),
        credited_before=effect.before.credited,
        credited_after=effect.after.credited,
        verdict_before=_verdict(effect.before),
        verdict_after=_verdict(effect.after),
    )
    return effect


def _verdict(side: Side) -> str:
    return side.row.verdict.value if side.row else ""
