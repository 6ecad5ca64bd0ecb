"""One person's weeks as a table and a small picture: attended beside required."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groups.week_switch import query
from hours.minute_bar import MinuteBar, minute_bar, scale_of
from hours.people.own_weeks import MOST, OwnWeek, OwnWeeks
from hours.verdict_looks import LOOKS, Look, Standing, standing_of
from hours.verdicts import Verdict
from hours.weekly_hours import WeeklyHours
from hours.wording import hours
from programs.weeks import DAYS

HEIGHT = 56  # pixels of the picture


@dataclass(frozen=True)
class WeekRow:
    """One week: bar, attended hours, verdict, and what it was closed with if that differs.

    `query` asks the board for the week with the sessions behind the row.
    """

    label: str
    is_now: bool
    bar: MinuteBar
    attended: str
    required: str
    look: Look
    then: str
    query: str


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
    cut: str
    is_all: bool
    has_more: bool


def weeks_table(own: OwnWeeks) -> Weeks:
    """Return these weeks as they are shown."""
    rows = [each.row for each in own.weeks]
    current = own.current.row if own.current else None
    scale = scale_of(rows)
    oldest_first = list(reversed(rows))
    return Weeks(
        rows=tuple(_row(each, scale, is_now=each is own.current) for each in own.weeks),
        trend=_trend(oldest_first, current),
        trend_label=_("Attended of required by week: %(weeks)s.")
        % {"weeks": "; ".join(_said(row) for row in oldest_first)},
        first=_day(oldest_first[0]) if rows else "",
        last=_day(rows[0]) if rows else "",
        summary=_summary(rows),
        cut=_cut(own),
        is_all=own.is_all,
        has_more=own.is_all or own.count > len(rows),
    )


def _cut(own: OwnWeeks) -> str:
    """Return how many weeks there are, where not even all of them are shown."""
    if not own.is_all or own.count <= MOST:
        return ""
    return _("The last %(most)s of %(count)s weeks are shown.") % {
        "most": MOST,
        "count": own.count,
    }


def then_in_words(week: OwnWeek) -> str:
    """Return what the week was closed with, where it stands otherwise now."""
    if week.then is None or not week.differs:
        return ""
    return _("Closed as %(verdict)s, %(attended)s of %(required)s") % {
        "verdict": str(LOOKS[Standing(week.then.verdict)].label).lower(),
        "attended": hours(week.then.attended),
        "required": hours(week.then.required),
    }


def _row(week: OwnWeek, scale: int, *, is_now: bool) -> WeekRow:
    row, day = week.row, _day(week.row)
    return WeekRow(
        label=_("%(day)s, now") % {"day": day} if is_now else day,
        is_now=is_now,
        bar=minute_bar(row, scale=scale),
        attended=hours(row.attended),
        required=hours(row.required),
        look=LOOKS[standing_of(row)],
        then=then_in_words(week),
        query=query(week=row.week.isoformat(), why=str(row.person.enrollment_id)),
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
