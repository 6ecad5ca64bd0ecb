"""How the states of a plan are shown: in a word, with a shape and a color."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from programs.plan.certified import Certified, certified_on
from programs.plan.wording import day_words


@dataclass(frozen=True)
class Look:
    """A state: its word, its color (blank: none), its shape."""

    label: str
    tone: str
    icon: str


def certified_look(due_on: date | None, today: date) -> Look:
    """Return how the certification stands; None: there is none."""
    standing = certified_on(due_on, today)
    if due_on is None:
        return Look(_("None on record"), "warn", "circle-alert")
    if standing == Certified.OVERDUE:
        words = _("Overdue since %(day)s") % {"day": day_words(due_on)}
        return Look(words, "lost", "octagon-alert")
    if standing == Certified.DUE_SOON:
        words = _("Due soon, %(day)s") % {"day": day_words(due_on)}
        return Look(words, "warn", "clock-alert")
    return Look(_("Standing until %(day)s") % {"day": day_words(due_on)}, "ok", "badge-check")
