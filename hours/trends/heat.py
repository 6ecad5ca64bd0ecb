"""Attendance by group and weekday: each share printed on a shade, with what it is made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hours.trends.attendance import Places, places_by
from hours.trends.chart import Look
from hours.trends.reading import Trends
from hours.trends.table import percentage
from programs.weeks import DAYS

# Shades, each from a percentage on; none where nothing is recorded.
SHADES = ((85, "heat-4"), (70, "heat-2"), (50, "heat-1"), (0, "heat-0"))
NO_SHADE = "heat-none"
A_MONDAY = date(2026, 11, 23)


@dataclass(frozen=True)
class Part:
    """A part of the small bar under a share; x and width in percent."""

    css: str
    x: str
    width: str


@dataclass(frozen=True)
class HeatCell:
    """One group on one weekday; empty where nobody was expected."""

    css: str
    share: str
    counts: str
    says: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class HeatRow:
    """One group over its weekdays, and all of them together."""

    name: str
    cells: tuple[HeatCell | None, ...]
    total: HeatCell


@dataclass(frozen=True)
class Heat:
    """The whole picture; `days` are the weekdays on which anybody was expected."""

    days: tuple[str, ...]
    rows: tuple[HeatRow, ...]
    totals: tuple[HeatCell, ...]
    total: HeatCell


def heat_of(trends: Trends) -> Heat | None:
    """Return the picture; None where nobody was expected anywhere."""
    if not trends.places:
        return None
    first = trends.span.program.week_starts_on
    weekdays = {each.weekday for each in trends.places}
    days = sorted(weekdays, key=lambda day: (day - first) % DAYS)
    by_day = places_by(trends.places, lambda each: each.weekday)
    return Heat(
        days=tuple(_short(day) for day in days),
        rows=tuple(_rows(trends, days)),
        totals=tuple(cell_of(by_day[day]) for day in days),
        total=cell_of(sum((each.places for each in trends.places), Places())),
    )


def _rows(trends: Trends, days: Sequence[int]) -> Iterator[HeatRow]:
    """Yield each group, by name."""
    groups = {(each.group.casefold(), each.group_id): each.group for each in trends.places}
    by_cell = places_by(trends.places, lambda each: (each.group_id, each.weekday))
    by_group = places_by(trends.places, lambda each: each.group_id)
    for (_folded, key), name in sorted(groups.items()):
        found = [by_cell.get((key, day)) for day in days]
        cells = tuple(cell_of(places) if places else None for places in found)
        yield HeatRow(name, cells, cell_of(by_group[key]))


def _short(weekday: int) -> str:
    """Return the weekday as dates write it, such as `Mon`."""
    return date_format(A_MONDAY + timedelta(days=weekday), "D")


def cell_of(places: Places) -> HeatCell:
    """Return the cell of these places."""
    not_excused = places.missed - places.excused
    return HeatCell(
        css=_shade(places.percent),
        share=percentage(places.percent),
        counts=_("%(attended)s of %(recorded)s")
        % {"attended": places.attended, "recorded": places.recorded},
        says=_says(places, not_excused),
        parts=_parts(
            places.recorded,
            (
                (Look.SOLID, places.attended),
                (Look.DOTTED, places.excused),
                (Look.CROSSED, not_excused),
            ),
        ),
    )


def _says(places: Places, not_excused: int) -> str:
    """Return what the small bar shows, in words."""
    said = _("%(excused)s excused, %(other)s not excused") % {
        "excused": places.excused,
        "other": not_excused,
    }
    if not places.unrecorded:
        return said
    late = ngettext("%(count)s not recorded", "%(count)s not recorded", places.unrecorded)
    return f"{said}, {late % {'count': places.unrecorded}}"


def _shade(percent: int | None) -> str:
    if percent is None:
        return NO_SHADE
    return next(css for least, css in SHADES if percent >= least)


def _parts(whole: int, amounts: Sequence[tuple[Look, int]]) -> tuple[Part, ...]:
    parts, before = [], 0
    for look, amount in amounts:
        if amount:
            x, width = 100 * before / whole, 100 * amount / whole
            parts.append(Part(look.value, f"{x:.2f}%", f"{width:.2f}%"))
        before += amount
    return tuple(parts)
