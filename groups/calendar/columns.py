"""The columns of the grid: the days of a week, one day, or the rooms of a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groups.calendar.asked import Asked, View
from groups.calendar.blocks import Block, BusyBlock, Drawing, blocks_of, busy_block
from groups.calendar.grid import QUARTER, wall_minute
from groups.calendar.reading import Found, RoomOfDay
from groups.models import GroupSession, SessionStatus
from groups.week_switch import query
from groups.wording import short_day

SATURDAY = 5


@dataclass(frozen=True)
class Column:
    """One column: a day, or a room on one day. A shut one has no session left, only the reason.

    `room` is the public id of the room that a session moved here meets in, empty for none; it is
    None in the column of a day. `add_url` is empty where this person may add no session.
    """

    anchor: str
    title: str
    summary: str
    day: date
    blocks: tuple[Block, ...] = ()
    busy: tuple[BusyBlock, ...] = ()
    room: str | None = None
    is_today: bool = False
    is_shut: bool = False
    now_line: str = ""
    closed_for: str = ""
    fallen_away: str = ""
    add_url: str = ""

    @property
    def css(self) -> str:
        """The classes of its state and of how many sessions stand side by side in it."""
        states = {"is-today": self.is_today, "is-shut": self.is_shut}
        widest = max((block.lanes for block in self.blocks), default=1)
        return " ".join([*(name for name, holds in states.items() if holds), f"wide-{widest}"])

    @property
    def is_of_room(self) -> bool:
        """Whether it is a room's column, or that of no room."""
        return self.room is not None


def columns_of(
    asked: Asked, found: Found, shown: Sequence[GroupSession], drawing: Drawing
) -> tuple[Column, ...]:
    """Return the columns of what is shown; `shown` are the sessions that fit the filters."""
    by_day = {day: [each for each in shown if each.held_on == day] for day in asked.dates}
    if asked.view is View.ROOMS and not _is_shut(asked.day, by_day[asked.day], found):
        return _rooms_of(asked, found, by_day[asked.day], drawing)
    days = _days_shown(asked, found) if asked.view is View.WEEK else asked.dates
    return tuple(_day_of(day, by_day[day], found, drawing) for day in days)


def held(sessions: Sequence[GroupSession]) -> list[GroupSession]:
    """Return those that are not cancelled."""
    return [each for each in sessions if each.status == SessionStatus.SCHEDULED]


def _days_shown(asked: Asked, found: Found) -> Sequence[date]:
    """Return the week's dates that get a column: a weekend day only where something is on it."""
    busy = {each.held_on for each in found.sessions} | {asked.today}
    return [
        day
        for day in asked.week.dates
        if day.weekday() < SATURDAY or day in busy or found.closures_on(day)
    ]


def _is_shut(day: date, sessions: Sequence[GroupSession], found: Found) -> bool:
    return found.is_closed_on(day) and not held(sessions)


def _day_of(day: date, sessions: Sequence[GroupSession], found: Found, drawing: Drawing) -> Column:
    is_shut, is_today = _is_shut(day, sessions, found), day == drawing.today
    closed_for = found.closed_for(day)
    return Column(
        anchor=f"day-{day.isoformat()}",
        title=short_day(day),
        summary=_summary(len(held(sessions)), is_today=is_today, is_closed=bool(closed_for)),
        day=day,
        blocks=() if is_shut else blocks_of(sessions, drawing),
        is_today=is_today,
        is_shut=is_shut,
        now_line=_now_line(drawing) if is_today else "",
        closed_for=closed_for,
        fallen_away=_fallen_away(len(sessions)) if is_shut else "",
        add_url=_add_url(day, drawing) if is_shut else "",
    )


def _rooms_of(
    asked: Asked, found: Found, sessions: Sequence[GroupSession], drawing: Drawing
) -> tuple[Column, ...]:
    """Return a column for each room, and one for the sessions that meet in none."""
    picked = asked.picked
    rooms = [
        each
        for each in found.rooms
        if picked.room in ("", str(each.room.public_id))
        and picked.site in ("", str(each.room.site.public_id))
    ]
    columns = [_room_of(each, sessions, asked, found, drawing) for each in rooms]
    nowhere = [each for each in sessions if not each.room]
    return (*columns, *([_no_room_of(nowhere, asked, drawing)] if nowhere else ()))


def _room_of(
    of_day: RoomOfDay,
    sessions: Sequence[GroupSession],
    asked: Asked,
    found: Found,
    drawing: Drawing,
) -> Column:
    room, is_today = of_day.room, asked.day == drawing.today
    here = [each for each in sessions if each.room_id == room.pk]
    seats = ngettext("%(n)s seat", "%(n)s seats", room.capacity) % {"n": room.capacity}
    more = room.site.name if len(found.sites) > 1 else _summary(len(held(here)))
    busy = of_day.busy if asked.picked.is_of_places_only else ()
    return Column(
        anchor=f"room-{room.public_id}",
        title=room.name,
        summary=f"{seats} · {more}",
        day=asked.day,
        blocks=blocks_of(here, drawing),
        busy=tuple(busy_block(each, asked.day, drawing, room.site.zone) for each in busy),
        room=str(room.public_id),
        is_today=is_today,
        now_line=_now_line(drawing) if is_today else "",
    )


def _no_room_of(sessions: Sequence[GroupSession], asked: Asked, drawing: Drawing) -> Column:
    is_today = asked.day == drawing.today
    return Column(
        anchor="room-none",
        title=_("No room"),
        summary=_summary(len(held(sessions))),
        day=asked.day,
        blocks=blocks_of(sessions, drawing),
        room="",
        is_today=is_today,
        now_line=_now_line(drawing) if is_today else "",
    )


def _now_line(drawing: Drawing) -> str:
    """Return the classes of the line at this moment, to five minutes; none outside the hours."""
    minute = wall_minute(drawing.now, drawing.today, drawing.zone)
    if not drawing.hours.holds(minute // QUARTER):
        return ""
    return f"t{drawing.hours.row(minute // QUARTER)} past-{minute % QUARTER // 5 * 5}"


def _summary(count: int, *, is_today: bool = False, is_closed: bool = False) -> str:
    parts = [_("Today")] if is_today else []
    parts += [_("Closed")] if is_closed else []
    if count:
        parts.append(ngettext("%(n)s session", "%(n)s sessions", count) % {"n": count})
    elif not is_closed:
        parts.append(_("No session"))
    return " · ".join(parts)


def _fallen_away(count: int) -> str:
    if not count:
        return _("No session was planned.")
    return ngettext("%(n)s session falls away.", "%(n)s sessions fall away.", count) % {"n": count}


def _add_url(day: date, drawing: Drawing) -> str:
    if not drawing.access.scope("groups.edit", drawing.program):
        return ""
    return reverse("moving:add", args=[drawing.program.public_id]) + query(held_on=day.isoformat())
