"""The hours somebody leads, drawn: one scale for a whole list, this program's part told apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from groups.enrolling.wording import hours, short_hours
from groups.leading.led_hours import Led

HOUR = 60


@dataclass(frozen=True)
class Segment:
    """A stretch of the bar; x and width in percent, as SVG wants them."""

    kind: str
    x: str
    width: str


@dataclass(frozen=True)
class LedBar:
    """One week of one person: what is drawn, read out and printed beside it."""

    week: str
    label: str
    segments: tuple[Segment, ...]
    total: str
    elsewhere: str


def scale_of(weeks: Iterable[Led]) -> int:
    """Return the minutes at the right end: one scale for all, or lengths lie."""
    longest = max((each.total for each in weeks), default=0)
    return -(-longest // HOUR) * HOUR or HOUR


def led_bar(led: Led, *, week: str, scale: int) -> LedBar:
    """Return the bar of one week, which is called so."""
    amounts = (("att", 0, led.here), ("rem", led.here, led.elsewhere))
    return LedBar(
        week=week,
        label=led_words(led),
        segments=tuple(
            Segment(kind, _percent(start, scale), _percent(minutes, scale))
            for kind, start, minutes in amounts
            if minutes
        ),
        total=short_hours(led.total),
        elsewhere=_("%(hours)s elsewhere") % {"hours": short_hours(led.elsewhere)}
        if led.elsewhere
        else "",
    )


def led_words(led: Led) -> str:
    """Return the week in words, for who hears it: `6 h, of these 2 h in other programs`."""
    if not led.elsewhere:
        return hours(led.total)
    return _("%(total)s, of these %(elsewhere)s in other programs") % {
        "total": hours(led.total),
        "elsewhere": hours(led.elsewhere),
    }


def _percent(minutes: int, scale: int) -> str:
    return f"{100 * minutes / scale:.2f}%"
