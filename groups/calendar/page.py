"""The calendar's page: what was asked for, what is drawn of it, and where its links lead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from groups.calendar.asked import Asked, View
from groups.calendar.blocks import Drawing, wall_quarters
from groups.calendar.columns import Column, columns_of
from groups.calendar.facts import Fact, facts_of
from groups.calendar.filters import FilterBar, filter_bar, kinds_of
from groups.calendar.grid import Hours, hours_shown, quarters
from groups.calendar.markers import Markers, markers_of
from groups.calendar.reading import Found, is_ahead, may_know, read
from groups.calendar.switches import Switches, switches_of
from groups.kind_looks import KindLook, kind_look
from groups.models import GroupSession
from groups.week_switch import query
from groups.wording import dates, hour_label
from programs.access import Access
from programs.models import Program
from programs.who_may import Scope


@dataclass(frozen=True)
class Calendar:
    """The grid: its hours, its columns, and what its colors mean."""

    view: View
    hours: Hours
    columns: tuple[Column, ...]
    kinds: tuple[KindLook, ...]
    is_empty: bool
    has_clashes: bool

    @property
    def css(self) -> str:
        """The classes of the view and of the grid's height."""
        return f"is-{self.view.value} hours-{self.hours.count}"

    @property
    def hour_labels(self) -> list[str]:
        """The full hours, as they stand beside the grid."""
        return [hour_label(hour) for hour in self.hours.labels]


@dataclass(frozen=True)
class Planning:
    """Where they go from here who plan the calendar; an empty address is not theirs to open.

    `may_move` is whether any session of the page may be theirs to move.
    """

    may_move: bool
    new_group: str
    add: str
    closures: str


@dataclass(frozen=True)
class CalendarPage:
    """Everything the calendar's template reads."""

    program: Program
    whose: str
    as_of: datetime
    title: str
    facts: tuple[Fact, ...]
    switches: Switches
    bar: FilterBar
    calendar: Calendar
    problems: Sequence[str]
    own_only: tuple[str, ...]
    is_own_only: bool
    planning: Planning


def calendar_page(
    *, program: Program, asked: Asked, problems: Sequence[str], access: Access, now: datetime
) -> CalendarPage:
    """Return the page as `access` may see it at this moment."""
    found = read(access, program, asked, now)
    shown = [
        each for each in found.sessions if each.held_on in asked.dates and asked.picked.fits(each)
    ]
    drawing = _drawing(asked, found, shown, program, access, now)
    calendar = _calendar(asked, found, shown, drawing)
    own = [each for each in found.programs if access.scope("groups.read", each) is Scope.OWN]
    is_own_only, readable = len(own) == len(found.programs), access.programs_for("groups.read")
    return CalendarPage(
        program=program,
        whose=_("All programs") if asked.is_of_all else program.name,
        as_of=now,
        title=_title(asked),
        facts=facts_of(shown, calendar.columns, drawing.markers, found, program),
        switches=switches_of(asked),
        bar=filter_bar(asked, found, program, readable, is_own_only=is_own_only),
        calendar=calendar,
        problems=problems,
        own_only=tuple(each.name for each in own),
        is_own_only=is_own_only,
        planning=_planning(access, program, asked, found),
    )


def _title(asked: Asked) -> str:
    if asked.view is View.WEEK:
        return dates(asked.week.dates)
    return date_format(asked.day, pgettext("date format: Monday, November 23", "l, F j"))


def _drawing(
    asked: Asked,
    found: Found,
    shown: Sequence[GroupSession],
    program: Program,
    access: Access,
    now: datetime,
) -> Drawing:
    """Return what the blocks need; the hours are those of all, so that a filter moves nothing."""
    spans = [wall_quarters(each) for each in found.sessions]
    for room in found.rooms:
        zone = room.room.site.zone
        spans += [quarters(each.starts_at, each.ends_at, asked.day, zone) for each in room.busy]
    return Drawing(
        access=access,
        program=program,
        now=now,
        hours=hours_shown(spans),
        markers=_markers(found, shown, access, now),
    )


def _markers(found: Found, shown: Sequence[GroupSession], access: Access, now: datetime) -> Markers:
    ahead = [each for each in shown if is_ahead(each, now)]
    known = {each.pk for each in found.sessions}
    return markers_of(
        ahead, found.in_two, lambda each: each.other in known or may_know(access, each.program)
    )


def _calendar(
    asked: Asked,
    found: Found,
    shown: Sequence[GroupSession],
    drawing: Drawing,
) -> Calendar:
    columns = columns_of(asked, found, shown, drawing)
    has_room_to_show = asked.view is View.ROOMS and found.rooms and not asked.picked
    is_empty = not any(each.blocks or each.closed_for for each in columns)
    return Calendar(
        view=asked.view,
        hours=drawing.hours,
        columns=columns,
        kinds=tuple(kind_look(kind) for kind in kinds_of(shown)),
        is_empty=is_empty and not has_room_to_show,
        has_clashes=bool(drawing.markers.of),
    )


def _planning(access: Access, program: Program, asked: Asked, found: Found) -> Planning:
    may_edit, may_close = (
        access.scope(line, program) is not None for line in ("groups.edit", "closures.edit")
    )

    def to(view: str, is_allowed: bool, asks: str = "") -> str:
        return reverse(view, args=[program.public_id]) + asks if is_allowed else ""

    that_day = "" if asked.view is View.WEEK else query(held_on=asked.day.isoformat())
    return Planning(
        may_move=any(access.scope("groups.edit", each) for each in found.programs),
        new_group=to("slots:new_group", may_edit),
        add=to("moving:add", may_edit, that_day),
        closures=to("closures:closures", may_close),
    )
