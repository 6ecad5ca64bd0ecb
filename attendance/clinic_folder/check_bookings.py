"""Nobody leads two sessions at once, no room holds two, no group meets twice at one time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta

from django.utils.translation import gettext as _

from attendance.clinic_folder.after import After, later_first, overlaps
from attendance.clinic_folder.calendar import Calendar
from attendance.clinic_folder.problems import Problem
from attendance.clinic_folder.rows import Key, Row, SlotRow, as_written
from attendance.clinic_folder.sessions import Session
from groups.meeting_dates import dates_of
from programs.weeks import DAYS

# The column that names it, and the room (by site and name) or the facilitator (by email).
Resource = tuple[str, ...]


def check_bookings(after: After, calendar: Calendar) -> Iterator[Problem]:
    """Yield one problem for each pair of lines that want the same room, person or time."""
    yield from _check_group_times(after)
    told: set[tuple[Resource, Key | None, Key | None]] = set()
    for resource, sessions in _by_resource(calendar.sessions.values()).items():
        for one, other in _at_once(sessions):
            pair = (resource, one.slot, other.slot)
            if pair not in told:
                told.add(pair)
                yield from _taken(after, resource, one, other)


def check_zones(after: After, sessions: Iterable[Session]) -> Iterator[Problem]:
    """Yield a problem where a group with sessions on record would come into another time zone."""
    told: set[tuple[Row, str]] = set()
    for group in sorted({session.group for session in sessions}):
        zone = after.zone_before(group)
        blamed = _moves(after, group) if after.zone_of(group) not in (None, zone) else None
        if zone and blamed and blamed not in told:
            told.add(blamed)
            words = _("unchanged, in the time zone %(zone)s: %(group)s has sessions on record")
            yield blamed[0].problem(blamed[1], words % {"zone": zone.key, "group": group})


def _moves(after: After, group: str) -> tuple[Row, str] | None:
    """Return the row and column that bring the group into another zone."""
    row, program = after.groups[(group,)], after.program_of(group)
    if program is None:
        return None
    if row != after.stored.groups.rows.get(row.key):
        return row, "program"
    if program != after.stored.programs.rows.get(program.key):
        return program, "site"
    return after.sites[(program.site,)], "timezone"


def _check_group_times(after: After) -> Iterator[Problem]:
    for slots in after.slots_at.values():
        for pair in overlaps(slots, "first_on", "last_on"):
            row, other = later_first(*pair)
            if not row.is_stored and _share_a_date(*pair):
                words = _(
                    "a time at which the group does not meet already; end %(other)s with a"
                    " last_on before this line begins"
                )
                yield row.problem("starts", words % {"other": _named(other)})


def _share_a_date(one: SlotRow, other: SlotRow) -> bool:
    ends = [slot.last_on for slot in (one, other) if slot.last_on is not None]
    first_on = max(one.first_on, other.first_on)
    both = replace(one, first_on=first_on, last_on=min(ends, default=None))
    return any(True for _day in dates_of(both, until=first_on + timedelta(days=DAYS)))


def _by_resource(sessions: Iterable[Session]) -> dict[Resource, list[Session]]:
    found: dict[Resource, list[Session]] = defaultdict(list)
    for session in sessions:
        if session.is_cancelled:
            continue
        if session.room:
            found["room", *session.room].append(session)
        for email in session.facilitators:
            found["facilitators", email].append(session)
    return found


def _at_once(sessions: list[Session]) -> Iterator[tuple[Session, Session]]:
    """Yield pairs that overlap: each session with the one before it that lasts longest."""
    longest: Session | None = None
    for session in sorted(sessions, key=lambda session: session.starts_at):
        if longest is not None and session.starts_at < longest.ends_at:
            yield longest, session
        if longest is None or session.ends_at > longest.ends_at:
            longest = session


def _taken(after: After, resource: Resource, one: Session, other: Session) -> Iterator[Problem]:
    """Yield the problem at the later of the two lines; a session of no line is on record."""
    first, second = (after.schedule.get(each.slot or ()) for each in (one, other))
    row = first or second
    if first is not None and second is not None:
        row, _other = later_first(first, second)
    if row is None or row.is_stored:
        return
    taking, taker = (other, second) if row is first else (one, first)
    words = _("free at this time: on %(day)s it is taken by %(group)s (%(other)s)")
    if resource[0] == "facilitators":
        words = _("free at this time: on %(day)s they lead %(group)s (%(other)s)")
    name = _named(taker) if taker else _("a session on record")
    group = after.group_name(taking.group)
    values = {"day": one.held_on, "group": group, "other": name}
    yield row.problem(resource[0], words % values, resource[-1])


def _named(row: Row) -> str:
    """Return where the other line stands, or that it is on record."""
    if not row.is_stored:
        return str(row.place)
    return _("the line on record from %(first_on)s") % {
        "first_on": as_written(getattr(row, "first_on", ""))
    }
