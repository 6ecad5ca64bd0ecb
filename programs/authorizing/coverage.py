"""Whether an authorization is in force on a day, until when, and what is missing if none is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Protocol

from django.utils.translation import gettext as _

from programs.models import AuthorizationStatus
from programs.models.authorization import IN_FORCE
from programs.plan.wording import day_words

UNDECIDED = (AuthorizationStatus.PENDING, AuthorizationStatus.APPEALED)


class Dated(Protocol):
    """An authorization: its status, its first and its last day."""

    @property
    def status(self) -> str: ...
    @property
    def first_on(self) -> date: ...
    @property
    def last_on(self) -> date: ...


class Covered(Enum):
    """What there is on a day; the values are in the order in which one is preferred."""

    IN_FORCE = 1
    PENDING = 2
    LATER = 3
    ENDED = 4
    NONE = 5


@dataclass(frozen=True)
class Coverage:
    """What there is on a day.

    `day` is the last day in force, the first day of what begins later, the last day of what has
    ended; None where nothing was approved.
    """

    covered: Covered
    day: date | None = None

    @property
    def is_missing(self) -> bool:
        """Whether no authorization is in force."""
        return self.covered is not Covered.IN_FORCE


def coverage_on(authorizations: Iterable[Dated], day: date) -> Coverage:
    """Return what the episode's authorizations say about the day, in whichever unit.

    Approved ones that follow each other without a gap are in force until the last one ends.
    """
    listed = list(authorizations)
    approved = [each for each in listed if each.status in IN_FORCE]
    if (until := _until(approved, day)) is not None:
        return Coverage(Covered.IN_FORCE, until)
    asked = (each for each in listed if each.status in UNDECIDED)
    if any(each.first_on <= day <= each.last_on for each in asked):
        return Coverage(Covered.PENDING)
    if later := [each.first_on for each in approved if each.first_on > day]:
        return Coverage(Covered.LATER, min(later))
    if ended := [each.last_on for each in approved]:
        return Coverage(Covered.ENDED, max(ended))
    return Coverage(Covered.NONE)


def coverage_words(coverage: Coverage) -> str:
    """Return it as a sentence."""
    day = day_words(coverage.day) if coverage.day else ""
    return {
        Covered.IN_FORCE: _("Authorization in force until %(day)s."),
        Covered.PENDING: _("The authorization is still pending."),
        Covered.LATER: _("The authorization begins later, on %(day)s."),
        Covered.ENDED: _("The authorization ended %(day)s."),
        Covered.NONE: _("No authorization is in force."),
    }[coverage.covered] % {"day": day}


def _until(approved: list[Dated], day: date) -> date | None:
    """Return the last day of the unbroken stretch that holds the day; None where none does."""
    until, reached = None, day
    for each in sorted(approved, key=lambda each: each.first_on):
        if each.first_on <= reached and each.last_on >= day:
            until = max(until or each.last_on, each.last_on)
            reached = until + timedelta(days=1)
    return until
