"""How an open seat stands on a page: when, where, how many are free, and what it would bring."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groups.kind_looks import kind_look
from groups.models import GroupSession
from groups.wording import times
from hours.make_up import Seat
from hours.weekly_hours import WeeklyHours
from hours.wording import hours, session_name

Rooms = Mapping[uuid.UUID, str]


@dataclass(frozen=True)
class _Meeting:
    group: str
    starts_at: datetime


@dataclass(frozen=True)
class SeatLine:
    """One open seat; `brings` says the hours the person would then have.

    `teaches` says which lessons it would give them that they are missing.
    """

    key: str
    session: str
    kind_class: str
    details: str
    brings: str
    teaches: tuple[str, ...] = ()


def rooms_of(seats: Iterable[Seat]) -> Rooms:
    """Return where the sessions meet, by their ids; nothing where no room is planned."""
    held = GroupSession.objects.filter(public_id__in={seat.session_id for seat in seats})
    found = held.exclude(room=None).values_list("public_id", "room__name")
    return dict(found)


def name_of(session: GroupSession, zone: ZoneInfo) -> str:
    """Return a stored session, read with its group, as seats are named."""
    return session_name(_Meeting(session.group.name, session.starts_at), zone)


def seat_line(
    seat: Seat, row: WeeklyHours, rooms: Rooms, zone: ZoneInfo, *, teaches: tuple[str, ...] = ()
) -> SeatLine:
    """Return one seat as this person finds it."""
    free = ngettext("%(free)s seat free", "%(free)s seats free", seat.free) % {"free": seat.free}
    parts = [times(seat.starts_at, seat.ends_at, zone), rooms.get(seat.session_id, ""), free]
    return SeatLine(
        key=str(seat.session_id),
        session=session_name(seat, zone),
        kind_class=kind_look(seat.kind).css,
        details=" · ".join(filter(None, parts)),
        brings=_("adds %(adds)s: %(sum)s")
        % {"adds": hours(seat.net), "sum": in_sum(row, seat.net)},
        teaches=teaches,
    )


def in_sum(row: WeeklyHours, added: int) -> str:
    """Return the hours with so many minutes added, such as `9 h 10 min of 9 h`."""
    return _("%(hours)s of %(required)s") % {
        "hours": hours(row.possible + added),
        "required": hours(row.required),
    }
