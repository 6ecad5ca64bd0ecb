"""A person of the census in the words and looks of a page."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from groups.census.rows import PersonRow
from groups.census.tiles import days_words
from programs.models import Standing


@dataclass(frozen=True)
class Chip:
    """A state by word, color and shape."""

    tone: str
    icon: str
    label: str


@dataclass(frozen=True)
class ShownRow:
    """One line of the table."""

    row: PersonRow
    stay: str
    progress: str
    leaves: str
    leaves_note: str
    leaves_chip: Chip | None
    standing: Chip
    until: str
    missing: tuple[str, ...]


def shown(row: PersonRow, *, is_ahead: bool) -> ShownRow:
    """Return the line; on a day ahead nobody is overdue, they are planned to have left."""
    return ShownRow(
        row=row,
        stay=days_words(row.days),
        progress=progress(row),
        leaves=date_format(row.leaves_on, "DATE_FORMAT") if row.leaves_on else _("not set"),
        leaves_note=_("last day") if row.is_settled else "",
        leaves_chip=_late(is_ahead=is_ahead) if row.is_late else None,
        standing=standing_chip(row.standing),
        until=until_words(row),
        missing=tuple(str(paper.short) for paper in row.missing),
    )


def progress(row: PersonRow) -> str:
    """Return `Week 3 of 10`, or `Week 3` where no end is planned; the board's very words."""
    if row.weeks is None:
        return _("Week %(this)s") % {"this": row.week}
    return _("Week %(this)s of %(of)s") % {"this": row.week, "of": row.weeks}


def standing_chip(standing: Standing) -> Chip:
    """Return whether somebody who is in takes part or is away."""
    if standing == Standing.ON_LEAVE:
        return Chip("guest", "umbrella", str(standing.label))
    return Chip("ok", "circle-check", str(standing.label))


def until_words(row: PersonRow) -> str:
    """Return until when the leave lasts; nothing where there is none."""
    if row.standing != Standing.ON_LEAVE:
        return ""
    if row.back_after is None:
        return _("no end set")
    return _("until %(day)s") % {"day": date_format(row.back_after, "DATE_FORMAT")}


def _late(*, is_ahead: bool) -> Chip:
    if is_ahead:
        return Chip("", "calendar-clock", _("planned to have left"))
    return Chip("warn", "clock-alert", _("Overdue"))
