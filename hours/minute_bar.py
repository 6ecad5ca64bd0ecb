"""The minute bar: what happened and what can happen, on one scale for a whole list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from hours.verdicts import Verdict
from hours.weekly_hours import WeeklyHours
from hours.wording import hours, short_hours

HOUR = 60


@dataclass(frozen=True)
class Segment:
    """A stretch of the bar; x and width in percent, as SVG wants them."""

    kind: str
    x: str
    width: str


@dataclass(frozen=True)
class MinuteBar:
    """Everything a page draws and reads out for one week."""

    label: str
    segments: tuple[Segment, ...]
    required_x: str
    left_strong: str
    left_rest: str
    right: str


def scale_of(rows: Iterable[WeeklyHours]) -> int:
    """Return the minutes at the right end: one scale for all rows, or lengths lie."""
    longest = max((max(row.possible + row.makeup, row.required) for row in rows), default=0)
    return -(-(longest + HOUR // 2) // HOUR) * HOUR or HOUR


def minute_bar(row: WeeklyHours, *, scale: int) -> MinuteBar:
    """Return the bar of one row."""
    is_exempt = row.verdict is Verdict.EXEMPT
    amounts = (
        ("att", row.attended),
        ("unr", row.unrecorded),
        ("rem", row.remaining),
        # Open seats matter only where something is short and asked for.
        ("mk", row.makeup if row.slack < 0 and not is_exempt else 0),
    )
    segments, x = [], 0
    for kind, minutes in amounts:
        if minutes:
            segments.append(Segment(kind, _percent(x, scale), _percent(minutes, scale)))
        x += minutes
    return MinuteBar(
        label=_label(row, makeup=amounts[-1][1]),
        segments=tuple(segments),
        required_x=_percent(row.required, scale),
        left_strong=short_hours(row.attended),
        left_rest=_("of %(required)s") % {"required": short_hours(row.required)},
        right="" if is_exempt else _right(row),
    )


def _percent(minutes: int, scale: int) -> str:
    return f"{100 * minutes / scale:.2f}%"


def _label(row: WeeklyHours, *, makeup: int) -> str:
    parts = [_("Attended %(hours)s") % {"hours": hours(row.attended)}]
    if row.unrecorded:
        parts.append(_("unrecorded %(hours)s") % {"hours": hours(row.unrecorded)})
    if row.remaining:
        parts.append(_("remaining %(hours)s") % {"hours": hours(row.remaining)})
    if makeup:
        parts.append(_("open make-up seats %(hours)s") % {"hours": hours(makeup)})
    return _("%(parts)s; required %(required)s.") % {
        "parts": ", ".join(parts),
        "required": hours(row.required),
    }


def _right(row: WeeklyHours) -> str:
    if row.unrecorded and row.slack >= 0:
        return _("%(hours)s unrecorded") % {"hours": short_hours(row.unrecorded)}
    if row.slack < 0:
        return _("short %(hours)s") % {"hours": short_hours(-row.slack)}
    return _("spare %(hours)s") % {"hours": short_hours(row.slack)}
