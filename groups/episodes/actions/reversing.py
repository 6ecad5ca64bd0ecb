"""A director takes a mistaken discharge back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import write_audit
from accounts.models import User
from groups.episodes.locking import in_words, lock_episode, refuse, say
from groups.episodes.refusals import A_DAY, cannot_reverse, today_of
from groups.episodes.restoring import Back, Restored, restore
from groups.episodes.steps import Made, last_discharge, standing_on, write_step
from programs.models import Enrollment, EpisodeStep, FollowUp, Standing


@dataclass(frozen=True)
class Reversed:
    """The episode as it goes on, and what came back of it."""

    enrollment: Enrollment
    restored: Restored


def reverse_discharge(
    *, enrollment: Enrollment, reason: str, now: datetime, by: User | None
) -> Reversed:
    """Let the episode go on as if nobody had been discharged; past rosters stay as they were.

    Places and seats come back where they are still free and nobody has changed them since. Sent
    twice, it is done once. Raises CannotSchedule with words by field.
    """
    with in_words(), transaction.atomic():
        row, groups = lock_episode(enrollment)
        if row.discharged_on is None and _was_reversed(row):
            return Reversed(row, Restored({}))
        refuse(cannot_reverse(row))
        refuse({} if reason.strip() else say(_("Say why it is taken back"), "reason"))
        made = Made(now, today_of(row, now), by)
        effect_on = max((row.discharged_on or made.today) + A_DAY, made.today)
        step = last_discharge(row)
        _reopen(row, now)
        restored = restore(Back(row, groups, now, by), step.detail if step else {})
        write_step(
            row,
            came_from=Standing.DISCHARGED,
            to=standing_on(row, effect_on),
            takes_effect_on=effect_on,
            made=made,
            reason=reason,
        )
        _audit(row, restored, by)
        return Reversed(row, restored)


def _was_reversed(enrollment: Enrollment) -> bool:
    """Return whether the last step was to take a discharge back."""
    last = EpisodeStep.objects.filter(enrollment=enrollment).order_by("made_at", "pk").last()
    return last is not None and last.came_from == Standing.DISCHARGED


def _reopen(enrollment: Enrollment, now: datetime) -> None:
    enrollment.discharged_on, enrollment.discharge_reason = None, ""
    enrollment.destination = ""
    enrollment.save(update_fields=["discharged_on", "discharge_reason", "destination"])
    FollowUp.objects.filter(enrollment=enrollment, called_off_at=None).update(called_off_at=now)


def _audit(enrollment: Enrollment, restored: Restored, by: User | None) -> None:
    write_audit(
        "discharge.reversed",
        by=by,
        subject=enrollment,
        participant_id=enrollment.participant.public_id,
        program_id=enrollment.program.public_id,
        lost=len(restored.lost),
        **restored.counts,
    )
