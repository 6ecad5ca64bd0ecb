"""Writes a step of an episode, and finds the one that ended it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from accounts.models import User
from programs.models import Enrollment, EpisodeStep, Leave, Participant, Standing
from programs.referring.steps import Step
from programs.referring.steps import write_step as keep_step
from programs.standing import standing_of


@dataclass(frozen=True)
class Made:
    """Who acts, when, and on which date of the site."""

    now: datetime
    today: date
    by: User | None


def leaves_of(person: Participant) -> list[Leave]:
    """Return the person's leaves, the first first; those without dates too."""
    return list(Leave.objects.filter(participant=person).order_by("first_on", "pk"))


def standing_on(enrollment: Enrollment, day: date) -> Standing:
    """Return where the enrollment stands on the date, as its rows are now."""
    return standing_of(enrollment, day, leaves_of(enrollment.participant))


def write_step(
    enrollment: Enrollment,
    *,
    came_from: Standing | str,
    to: Standing,
    takes_effect_on: date,
    made: Made,
    reason: str = "",
    detail: Mapping[str, Any] | None = None,
) -> EpisodeStep:
    """Write the step. It is for the actions, which know that it may be taken."""
    step = Step(came_from, to, takes_effect_on, made.now, made.by, reason)
    return keep_step(step, enrollment=enrollment, detail=detail)


def last_discharge(enrollment: Enrollment) -> EpisodeStep | None:
    """Return the step by which the episode was ended last."""
    ended = EpisodeStep.objects.filter(enrollment=enrollment, to=Standing.DISCHARGED)
    return ended.order_by("-made_at", "-pk").first()
