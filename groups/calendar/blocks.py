"""One session as the calendar draws it: where its block stands, what it says, where it leads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groups.calendar.grid import Hours, quarters
from groups.calendar.lanes import Lane, lanes_of
from groups.calendar.markers import Marker, Markers
from groups.calendar.reading import Busy
from groups.kind_looks import KindLook, kind_look
from groups.models import GroupSession, SessionStatus
from groups.readable import Leader, leaders_of
from groups.session_links import session_url
from groups.wording import bare_clock, half_day, place_name
from programs.access import Access
from programs.models import Program
from programs.weeks import local_date

# More than these stand on top of each other, as no clinic has had.
MOST_LANES = 8


@dataclass(frozen=True)
class Block:
    """One session in the grid, or one line of the agenda on a phone.

    `move_url` is empty where it cannot be moved by this person; `place` names the program, and its
    clock, where those are not the page's own.
    """

    anchor: str
    css: str
    lanes: int
    url: str
    move_url: str
    name: str
    kind: KindLook
    starts: str
    ends: str
    half_day: str
    taken: int
    capacity: int
    room: str
    leaders: tuple[Leader, ...]
    place: str
    markers: tuple[Marker, ...]
    is_cancelled: bool
    reason: str

    @property
    def is_full(self) -> bool:
        """Whether no seat is free."""
        return self.taken >= self.capacity

    @property
    def seats_left(self) -> str:
        """How many seats are free, in words."""
        if self.is_full:
            return _("full")
        left = self.capacity - self.taken
        return ngettext("%(n)s free", "%(n)s free", left) % {"n": left}


@dataclass(frozen=True)
class BusyBlock:
    """A time at which others have the room; their group is named to who may know."""

    css: str
    name: str
    starts: str
    ends: str
    half_day: str


@dataclass(frozen=True)
class Drawing:
    """What every block of a page needs. The program is the page's own; others may be shown too."""

    access: Access
    program: Program
    now: datetime
    hours: Hours
    markers: Markers

    @property
    def zone(self) -> ZoneInfo:
        return self.program.zone

    @property
    def today(self) -> date:
        return local_date(self.now, self.zone)


def wall_quarters(session: GroupSession) -> tuple[int, int]:
    """Return the quarters of the day that the session takes on its site's wall clock."""
    zone = session.group.program.zone
    return quarters(session.starts_at, session.ends_at, session.held_on, zone)


def blocks_of(sessions: Sequence[GroupSession], drawing: Drawing) -> tuple[Block, ...]:
    """Return the blocks of one column, those that overlap side by side."""
    lanes = lanes_of([wall_quarters(each) for each in sessions])
    return tuple(
        _block(session, lane, drawing) for session, lane in zip(sessions, lanes, strict=True)
    )


def busy_block(busy: Busy, day: date, drawing: Drawing, zone: ZoneInfo) -> BusyBlock:
    """Return the block of a room's time that others have."""
    start, end = quarters(busy.starts_at, busy.ends_at, day, zone)
    return BusyBlock(
        css=f"t{drawing.hours.row(start)} s{end - start} lane-1 of-1",
        name=busy.group or _("Busy"),
        starts=bare_clock(busy.starts_at, zone),
        ends=bare_clock(busy.ends_at, zone),
        half_day=half_day(busy.ends_at, zone),
    )


def _block(session: GroupSession, lane: Lane, drawing: Drawing) -> Block:
    program, group = session.group.program, session.group
    kind, taken = kind_look(group.kind), session.expected  # type: ignore[attr-defined]
    return Block(
        anchor=f"session-{session.public_id}",
        css=" ".join([f"k-{kind.css}", _place(session, lane, drawing), _state(session, drawing)]),
        lanes=min(lane.of, MOST_LANES),
        url=_url(session, drawing.access, program),
        move_url=_move_url(session, drawing.access, program),
        name=group.name,
        kind=kind,
        starts=bare_clock(session.starts_at, program.zone),
        ends=bare_clock(session.ends_at, program.zone),
        half_day=half_day(session.ends_at, program.zone),
        taken=taken,
        capacity=group.capacity,
        room=session.room.name if session.room else "",
        leaders=leaders_of(session),
        place=_place_words(program, drawing),
        markers=drawing.markers.of.get(session.pk, ()),
        is_cancelled=session.status != SessionStatus.SCHEDULED,
        reason=_reason(session),
    )


def _url(session: GroupSession, access: Access, program: Program) -> str:
    """Return the session's page for who plans the calendar; else where its name leads anywhere."""
    if access.scope("groups.edit", program):
        return reverse("moving:session", args=[program.public_id, session.public_id])
    return session_url(session, access, program)


def _move_url(session: GroupSession, access: Access, program: Program) -> str:
    is_held = session.status == SessionStatus.SCHEDULED
    if not (is_held and access.scope("groups.edit", program)):
        return ""
    return reverse("moving:move", args=[program.public_id, session.public_id])


def _place(session: GroupSession, lane: Lane, drawing: Drawing) -> str:
    start, end = wall_quarters(session)
    number, of = min(lane.number, MOST_LANES), min(lane.of, MOST_LANES)
    return f"t{drawing.hours.row(start)} s{end - start} lane-{number} of-{of}"


def _state(session: GroupSession, drawing: Drawing) -> str:
    if session.status != SessionStatus.SCHEDULED:
        return "is-off"
    if session.ends_at <= drawing.now:
        return "is-past"
    states = ["is-live"] if session.starts_at <= drawing.now else []
    return " ".join([*states, *(["clash"] if session.pk in drawing.markers.of else [])])


def _place_words(program: Program, drawing: Drawing) -> str:
    if program == drawing.program:
        return ""
    if program.zone == drawing.zone:
        return program.name
    clock = _("%(place)s time") % {"place": place_name(program.zone)}
    return f"{program.name} · {clock}"


def _reason(session: GroupSession) -> str:
    """Return why it is cancelled, as far as that is said."""
    if session.combined_into:
        return _("its people are in %(group)s") % {"group": session.combined_into.group.name}
    return session.cancelled_for.reason if session.cancelled_for else session.cancelled_reason
