"""The counts over a census: each leads to the people it counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groups.census.reading import SOON, Census
from groups.census.rows import PersonRow, WaitingRow
from programs.models import Standing

UNKNOWN = "–"


@dataclass(frozen=True)
class Tile:
    """One count, what it counts, and where the people are."""

    tone: str
    icon: str
    label: str
    count: int | str
    note: str
    url: str
    is_current: bool = False


def tiles_of(
    census: Census, rows: Sequence[PersonRow], waiting: Sequence[WaitingRow]
) -> tuple[Tile, ...]:
    """Return the counts of a day: enrolled, free, on leave, coming, going, waiting."""
    away = sum(row.standing == Standing.ON_LEAVE for row in rows)
    return (
        Tile("go", "door-open", _("Enrolled"), len(rows), _seats(census), "#in"),
        _free(census),
        Tile("guest", "umbrella", _("On leave"), away, _("they keep their place"), "#in"),
        Tile(
            "ok",
            "calendar-plus",
            _("Begin soon"),
            len(census.soon),
            _("within %(days)s days") % {"days": SOON.days},
            "#soon",
        ),
        _going(census, rows),
        _waiting(census, waiting),
    )


def _seats(census: Census) -> str:
    seats = census.program.seats
    return ngettext("of %(count)s seat", "of %(count)s seats", seats) % {"count": seats}


def _free(census: Census) -> Tile:
    free = census.program.seats - len(census.present)
    over = _("%(count)s over") % {"count": -free} if free < 0 else ""
    note = over or (_("full") if free == 0 else _seats(census))
    tone = "ok" if free > 0 else "warn"
    return Tile(tone, "armchair", _("Free seats"), max(0, free), note, "#soon")


def _going(census: Census, rows: Sequence[PersonRow]) -> Tile:
    """Return the tile of discharges expected within two weeks, and how many are overdue."""
    until = census.day + SOON
    going = sum(bool(row.leaves_on and census.day <= row.leaves_on <= until) for row in rows)
    late = sum(row.is_late for row in rows)
    note = _("expected within %(days)s days") % {"days": SOON.days}
    if late:
        more = _("%(count)s planned before") if census.is_ahead else _("%(count)s overdue")
        note = f"{note} · {more % {'count': late}}"
    tone = "warn" if late and not census.is_ahead else "calm"
    return Tile(tone, "calendar-minus", _("Discharges"), going, note, "#in")


def _waiting(census: Census, waiting: Sequence[WaitingRow]) -> Tile:
    if census.waiting is None:
        return Tile(
            "calm", "hourglass", _("Waiting"), UNKNOWN, _("known for today only"), "#waiting"
        )
    longest = max((row.days for row in waiting), default=0)
    note = _("longest %(days)s") % {"days": days_words(longest)} if waiting else _("nobody")
    return Tile("risk", "hourglass", _("Waiting"), len(waiting), note, "#waiting")


def days_words(days: int) -> str:
    """Return `1 day`, `12 days`."""
    return ngettext("%(count)s day", "%(count)s days", days) % {"count": days}
