"""How the library writes minutes and counts."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programs.plan.wording import hours


def minutes_words(minutes: int | None) -> str:
    """Return a lesson's minutes, such as `50 min`; a dash where it does not say."""
    if minutes is None:
        return "–"
    return _("%(minutes)s min") % {"minutes": minutes}


def lessons_words(count: int) -> str:
    return ngettext("%(count)s lesson", "%(count)s lessons", count) % {"count": count}


def sum_words(lessons: int, core: int, minutes: int) -> str:
    """Return how much there is, such as `8 lessons · 3 core · 6 h 40 min`."""
    parts = [lessons_words(lessons), _("%(count)s core") % {"count": core}]
    if minutes:
        parts.append(hours(minutes))
    return " · ".join(parts)
