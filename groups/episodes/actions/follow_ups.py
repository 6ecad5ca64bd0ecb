"""Somebody called after discharge, and says how it went."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import write_audit
from accounts.models import User
from groups.episodes.locking import refuse, say
from programs.models import FollowUp, FollowUpOutcome


def record_follow_up(
    *, follow_up: FollowUp, outcome: str, note: str, now: datetime, by: User | None
) -> FollowUp:
    """Keep how it went; said again, it is put right. Raises CannotSchedule with words by field.

    Who does not want to be called is not called again: the later ones of the episode are called
    off.
    """
    with transaction.atomic():
        row = _locked(follow_up)
        if outcome not in FollowUpOutcome.values:
            refuse(say(_("Choose how it went"), "outcome"))
        if row.called_off_at:
            refuse(say(_("This follow-up was called off.")))
        row.outcome, row.note, row.done_at, row.done_by = outcome, note, now, by
        row.save(update_fields=["outcome", "note", "done_at", "done_by"])
        called_off = _leave_alone(row, now) if outcome == FollowUpOutcome.DOES_NOT_WANT else 0
        write_audit(
            "follow_up.recorded",
            by=by,
            subject=row,
            participant_id=row.enrollment.participant.public_id,
            program_id=row.enrollment.program.public_id,
            outcome=outcome,
            days=row.days,
            called_off=called_off,
        )
        return row


def _locked(follow_up: FollowUp) -> FollowUp:
    rows = FollowUp.objects.select_for_update(of=("self",))
    rows = rows.select_related("enrollment__participant", "enrollment__program")
    return rows.get(pk=follow_up.pk)


def _leave_alone(row: FollowUp, now: datetime) -> int:
    later = FollowUp.objects.due().filter(enrollment=row.enrollment, days__gt=row.days)
    return later.update(called_off_at=now)
