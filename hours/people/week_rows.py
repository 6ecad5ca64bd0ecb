"""One person's weeks as a table and a small picture: attended beside required."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hours.minute_bar import MinuteBar, minute_bar, scale_of
from hours.verdict_looks import LOOKS, Look, standing_of
from hours.weekly_hours import Verdict, WeeklyHours
from hours.wording import hours
from programs.weeks import DAYS

HEIGHT = 56  # pixels of the picture


@dataclass(frozen=True)
class WeekRow:
    """One week: bar, attended hours, verdict."""

    label: str
    is_now: bool
    bar: MinuteBar
    attended: str
    required: str
    look: Look


@dataclass(frozen=True)
class TrendBar:
    """One week in the picture, x and width in percent, y and height in pixels."""

    x: str
    width: str
    y: int
    height: int
    required_y: int
    css: str


@dataclass(frozen=True)
class Weeks:
    """The table, newest first, and the picture, oldest first."""

    rows: tuple[WeekRow, ...]
    trend: tuple[TrendBar, ...]
    trend_label: str
    first: str
    last: str
    summary: str


def weeks_table(rows: Sequence[WeeklyHours], *, current: WeeklyHours | None) -> Weeks:
    """Return these weeks, given newest first."""
    scale = scale_of(rows)
    oldest_first = list(reversed(rows))
    return Weeks(
        rows=tuple(_row(row, scale, is_now=row is current) for row in rows),
        trend=_trend(oldest_first, current),
        trend_label=_("Attended of required by week: %(weeks)s.")
        % {"weeks": "; ".join(_said(row) for row in oldest_first)},
        first=_day(oldest_first[0]) if rows else "",
        last=_day(rows[0]) if rows else "",
        summary=_summary(rows),
    )


def _row(row: WeeklyHours, scale: int, *, is_now: bool) -> WeekRow:
    day = _day(row)
    return WeekRow(
        label=_("%(day)s, now") % {"day": day} if is_now else day,
        is_now=is_now,
        bar=minute_bar(row, scale=scale),
        attended=hours(row.attended),
        required=hours(row.required),
        look=LOOKS[standing_of(row)],
    )


def _trend(rows: Sequence[WeeklyHours], current: WeeklyHours | None) -> tuple[TrendBar, ...]:
    if not rows:
        return ()
    most = max(max(row.attended, row.required) for row in rows) * 10 // 9 or 1
    step = 100 / max(len(rows), DAYS + 1)
    bars = []
    for place, row in enumerate(rows):
        height = HEIGHT * row.attended // most
        bars.append(
            TrendBar(
                x=f"{place * step + step * 0.12:.2f}%",
                width=f"{step * 0.76:.2f}%",
                y=HEIGHT - height,
                height=height,
                required_y=HEIGHT - HEIGHT * row.required // most,
                css="bar-now" if row is current else "bar",
            )
        )
    return tuple(bars)


def _said(row: WeeklyHours) -> str:
    return _("%(day)s %(attended)s of %(required)s") % {
        "day": _day(row),
        "attended": hours(row.attended),
        "required": hours(row.required),
    }


def _day(row: WeeklyHours) -> str:
    return date_format(row.week, "M j")


def _summary(rows: Sequence[WeeklyHours]) -> str:
    """Return how many of the weeks that are over and held to the minimum were met."""
    held = [row for row in rows if row.verdict in (Verdict.MET, Verdict.NOT_MET, Verdict.PENDING)]
    met = sum(row.verdict is Verdict.MET for row in held)
    return ngettext(
        "%(met)s of %(count)s week met", "%(met)s of %(count)s weeks met", len(held)
    ) % {
        "met": met,
        "count": len(held),
    }
