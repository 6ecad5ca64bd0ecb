"""One week of a program as the calendar draws it: days, blocks, closed days, the present moment."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groups.calendar_grid import QUARTER, Hours, quarters, wall_minute
from groups.kind_looks import KindLook, kind_look
from groups.lanes import Lane, lanes_of
from groups.models import GroupSession, SessionStatus
from groups.readable import Leader, leaders_of
from groups.wording import bare_clock, half_day, short_day
from programs.models import Closure
from programs.weeks import local_date

SATURDAY = 5
# More than these stand on top of each other, as no clinic has had.
MOST_LANES = 8


@dataclass(frozen=True)
class Block:
    """One session in the grid, or one line of the agenda on a phone."""

    css: str
    url: str
    name: str
    kind: KindLook
    starts: str
    ends: str
    half_day: str
    taken: int
    capacity: int
    room: str
    leaders: tuple[Leader, ...]
    is_cancelled: bool
    reason: str


@dataclass(frozen=True)
class Day:
    """One column. A shut day has no session left, only the reason."""

    anchor: str
    title: str
    css: str
    is_today: bool
    is_shut: bool
    summary: str
    blocks: tuple[Block, ...]
    now_line: str
    closed_for: str
    fallen_away: str


@dataclass(frozen=True)
class Drawing:
    """What every day of one week's drawing needs."""

    zone: ZoneInfo
    now: datetime
    hours: Hours
    url_of: Callable[[GroupSession], str]

    @property
    def today(self) -> date:
        return local_date(self.now, self.zone)

    def quarters(self, session: GroupSession) -> tuple[int, int]:
        """Return the quarters of the day that the session takes."""
        return quarters(session.starts_at, session.ends_at, session.held_on, self.zone)


def days_shown(
    dates: Sequence[date], *, busy: set[date], shut: set[date], today: date
) -> list[date]:
    """Return the dates that get a column: a weekend day only where something is on it."""
    return [
        day for day in dates if day.weekday() < SATURDAY or day in busy | shut or day == today
    ] or list(dates)


def day_of(
    day: date,
    sessions: Sequence[GroupSession],
    closures: Sequence[Closure],
    drawing: Drawing,
) -> Day:
    """Return the column of one date; `sessions` are those of the date that are to be shown."""
    closure = next((each for each in closures if each.first_on <= day <= each.last_on), None)
    held = [each for each in sessions if each.status == SessionStatus.SCHEDULED]
    is_shut, is_today = bool(closure and not held), day == drawing.today
    blocks = () if is_shut else _blocks(sessions, drawing)
    return Day(
        anchor=f"day-{day:%Y-%m-%d}",
        title=short_day(day),
        css=_day_css(blocks, is_today=is_today, is_shut=is_shut),
        is_today=is_today,
        is_shut=is_shut,
        summary=_summary(len(held), is_today=is_today, is_closed=bool(closure)),
        blocks=blocks,
        now_line=_now_line(drawing) if is_today else "",
        closed_for=closure.reason if closure else "",
        fallen_away=_fallen_away(len(sessions)) if is_shut else "",
    )


def _day_css(blocks: Sequence[Block], *, is_today: bool, is_shut: bool) -> str:
    states = [*(["is-today"] if is_today else []), *(["is-shut"] if is_shut else [])]
    return " ".join([*states, f"wide-{max((_lanes(block) for block in blocks), default=1)}"])


def _blocks(sessions: Sequence[GroupSession], drawing: Drawing) -> tuple[Block, ...]:
    lanes = lanes_of([drawing.quarters(each) for each in sessions])
    return tuple(
        _block(session, lane, drawing) for session, lane in zip(sessions, lanes, strict=True)
    )


def _block(session: GroupSession, lane: Lane, drawing: Drawing) -> Block:
    zone, kind = drawing.zone, kind_look(session.group.kind)
    is_cancelled = session.status != SessionStatus.SCHEDULED
    return Block(
        css=" ".join([f"k-{kind.css}", _place(session, lane, drawing), _state(session, drawing)]),
        url=drawing.url_of(session),
        name=session.group.name,
        kind=kind,
        starts=bare_clock(session.starts_at, zone),
        ends=bare_clock(session.ends_at, zone),
        half_day=half_day(session.ends_at, zone),
        taken=session.expected,  # type: ignore[attr-defined]
        capacity=session.group.capacity,
        room=session.room.name if session.room else "",
        leaders=leaders_of(session),
        is_cancelled=is_cancelled,
        reason=session.cancelled_for.reason if session.cancelled_for else "",
    )


def _place(session: GroupSession, lane: Lane, drawing: Drawing) -> str:
    start, end = drawing.quarters(session)
    number, of = min(lane.number, MOST_LANES), min(lane.of, MOST_LANES)
    return f"t{drawing.hours.row(start)} s{end - start} lane-{number} of-{of}"


def _state(session: GroupSession, drawing: Drawing) -> str:
    if session.status != SessionStatus.SCHEDULED:
        return "is-off"
    if session.ends_at <= drawing.now:
        return "is-past"
    return "is-live" if session.starts_at <= drawing.now else ""


def _lanes(block: Block) -> int:
    return int(block.css.partition(" of-")[2].partition(" ")[0])


def _now_line(drawing: Drawing) -> str:
    """Return the classes of the line at this moment, to five minutes; none outside the hours."""
    minute = wall_minute(drawing.now, drawing.today, drawing.zone)
    if not drawing.hours.holds(minute // QUARTER):
        return ""
    return f"t{drawing.hours.row(minute // QUARTER)} past-{minute % QUARTER // 5 * 5}"


def _summary(held: int, *, is_today: bool, is_closed: bool) -> str:
    parts = [_("Today")] if is_today else []
    parts += [_("Closed")] if is_closed else []
    if held:
        parts.append(ngettext("%(n)s session", "%(n)s sessions", held) % {"n": held})
    elif not is_closed:
        parts.append(_("No session"))
    return " · ".join(parts)


def _fallen_away(count: int) -> str:
    if not count:
        return _("No session was planned.")
    return ngettext("%(n)s session falls away.", "%(n)s sessions fall away.", count) % {"n": count}
