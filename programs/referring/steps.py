"""Writes a step of an episode. Checks nothing but the table; it is for the actions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from accounts.models import User
from programs.models import STEPS, Enrollment, EpisodeStep, Referral, Standing


def may_follow(came_from: str, to: str) -> bool:
    """Return whether the table of steps has this one."""
    return to in STEPS.get(came_from, ())


@dataclass(frozen=True)
class Step:
    """From where to where, from which date on; who takes it, when and why."""

    came_from: str
    to: Standing
    takes_effect_on: date
    now: datetime
    by: User | None
    reason: str = ""


def write_step(
    step: Step,
    *,
    referral: Referral | None = None,
    enrollment: Enrollment | None = None,
    detail: Mapping[str, Any] | None = None,
) -> EpisodeStep:
    """Keep the step of a referral, of an enrollment, or from one to the other.

    `detail` holds, by public id, what the step ended. Call it inside the action's own transaction.
    """
    episode = enrollment or referral
    if episode is None:
        raise ValueError("A step is one of a referral or of an enrollment.")
    return EpisodeStep.objects.create(
        participant=episode.participant,
        program=episode.program,
        referral=referral,
        enrollment=enrollment,
        came_from=step.came_from,
        to=step.to,
        takes_effect_on=step.takes_effect_on,
        made_at=step.now,
        made_by=step.by,
        reason=step.reason.strip(),
        detail=dict(detail or {}),
    )
