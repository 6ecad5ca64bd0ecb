"""The line under the calendar's title: how much there is, what clashes, what is closed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groups.calendar.columns import Column, held
from groups.calendar.markers import Markers
from groups.calendar.reading import Found
from groups.models import GroupSession
from groups.wording import place_name
from programs.models import Program, Weekday


@dataclass(frozen=True)
class Fact:
    """One part of the line; some lead to a place on the page."""

    words: str
    url: str = ""


def facts_of(
    shown: Sequence[GroupSession],
    columns: Sequence[Column],
    markers: Markers,
    found: Found,
    program: Program,
) -> tuple[Fact, ...]:
    """Return the parts of the line."""
    return (
        _sessions(held(shown)),
        *_clashes(markers, columns),
        *_closed(columns),
        _clock(found, program),
    )


def _sessions(sessions: Sequence[GroupSession]) -> Fact:
    words = ngettext("%(n)s session", "%(n)s sessions", len(sessions)) % {"n": len(sessions)}
    rooms = len({each.room_id for each in sessions if each.room_id})
    if not rooms:
        return Fact(words)
    return Fact(f"{words} {ngettext('in %(n)s room', 'in %(n)s rooms', rooms) % {'n': rooms}}")


def _clashes(markers: Markers, columns: Sequence[Column]) -> Iterable[Fact]:
    """Yield how many clashes there are, which leads to the first of them."""
    marked = [block for column in columns for block in column.blocks if block.markers]
    if not marked:
        return
    words = ngettext("%(n)s clash", "%(n)s clashes", markers.count) % {"n": markers.count}
    if len({each.day for each in columns}) > 1 and len(markers.days) == 1:
        day = Weekday(min(markers.days).weekday()).label
        words = _("%(clashes)s on %(day)s") % {"clashes": words, "day": day}
    yield Fact(words, f"#{marked[0].anchor}")


def _closed(columns: Sequence[Column]) -> Iterable[Fact]:
    shut = [each.title for each in columns if each.closed_for]
    if shut:
        words = _("closed %(days)s") % {"days": ", ".join(shut)}
        yield Fact(words if len(columns) > 1 else _("closed"))


def _clock(found: Found, program: Program) -> Fact:
    """Return whose clock the times follow: each session stands at its own site's."""
    places = sorted({place_name(each.zone) for each in (program, *found.programs)})
    if len(places) == 1:
        return Fact(_("%(place)s time") % {"place": places[0]})
    return Fact(_("each site’s own time: %(places)s") % {"places": ", ".join(places)})
