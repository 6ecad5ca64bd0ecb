"""Attendance and lessons belong to sessions that are held; nobody is in two groups at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from attendance.clinic_folder.after import After
from attendance.clinic_folder.calendar import Calendar, amendment_page
from attendance.clinic_folder.problems import Place, Problem, Problems
from attendance.clinic_folder.rows import AttendanceRow, TaughtRow
from attendance.clinic_folder.sessions import Marks, Session, SessionKey, Stretch
from programs.weeks import instant

MarkKey = tuple[SessionKey, str]


@dataclass
class Settled:
    """The attendance sets of the folder, ready to be stored, and what is wrong with the lines."""

    marks: dict[MarkKey, Marks] = field(default_factory=dict)
    problems: Problems = field(default_factory=Problems)


def find_session(
    row: AttendanceRow | TaughtRow, after: After, calendar: Calendar
) -> Session | Problem | None:
    """Return the line's session, or what is wrong; None where other lines leave it open."""
    zone = after.zone_of(row.group)
    has_moved = after.zone_before(row.group) not in (None, zone)
    if zone is None or has_moved or after.folder.schedule.may_hold(group=row.group):
        return None
    session = calendar.sessions.get((row.group, instant(row.date, row.starts, zone)))
    if session is None:
        return _no_session(row, zone, calendar)
    if session.is_cancelled:
        closure = after.closures.get(session.closure or ())
        why = f" ({closure.reason})" if closure else ""
        words = _("a date on which %(group)s meets; this session is cancelled%(why)s")
        return row.problem("date", words % {"group": row.group, "why": why})
    return session


def _no_session(row: AttendanceRow | TaughtRow, zone: ZoneInfo, calendar: Calendar) -> Problem:
    day = [
        f"{session.starts_at.astimezone(zone):%H:%M}"
        for session in calendar.on(row.date, row.group)
    ]
    if day:
        words = _("a time at which %(group)s meets on that date: %(times)s")
        return row.problem("starts", words % {"group": row.group, "times": ", ".join(day)})
    words = _("a date on which %(group)s meets, as schedule.csv has it")
    return row.problem("date", words % {"group": row.group})


def settle_attendance(after: After, calendar: Calendar, on_record: dict[MarkKey, Marks]) -> Settled:
    """Gather the lines into one set for each session and person, and check each set."""
    settled = Settled()
    stretches: list[_InRoom] = []
    for key, found in _lines(after, calendar, settled).items():
        session, zone = calendar.sessions[key[0]], after.zone_of(key[0][0])
        if zone is None:  # then no line was found
            continue
        settled.marks[key] = _marks(found, zone)
        settled.problems.extend(_check_set(found, zone))
        settled.problems.extend(_check_signed(found, session, zone, on_record.get(key)))
        for row in found:
            if row.arrived:
                stretch = _stretch(row, row.arrived, zone)
                stretches.extend(_clip(session, row.chart_number, stretch, row))
    stretches.extend(_stored_stretches(calendar, on_record, settled.marks))
    settled.problems.extend(_check_twice(stretches, after))
    return settled


def _lines(
    after: After, calendar: Calendar, settled: Settled
) -> dict[MarkKey, list[AttendanceRow]]:
    lines: dict[MarkKey, list[AttendanceRow]] = defaultdict(list)
    for row in after.folder.attendance.rows.values():
        session = find_session(row, after, calendar)
        if isinstance(session, Problem):
            settled.problems.append(session)
        elif session is not None and (row.chart_number,) in after.participants:
            lines[session.key, row.chart_number].append(row)
    return lines


def _check_set(found: list[AttendanceRow], zone: ZoneInfo) -> Iterator[Problem]:
    absent = [row for row in found if row.arrived is None]
    if absent and len(found) > 1:
        row, other = found[-1], found[0]
        words = _("one line for an absence, or stretches only; see %(other)s")
        column = "absence" if row.arrived is None else "arrived"
        yield row.problem(column, words % {"other": other.place})
    for row in found:
        for column in ("arrived", "left"):
            clock = getattr(row, column)
            if clock is not None and not _exists(row.date, clock, zone):
                words = _("a time that exists: the clocks go forward on %(date)s")
                yield row.problem(column, words % {"date": row.date})


def _exists(day: date, clock: time, zone: ZoneInfo) -> bool:
    return instant(day, clock, zone).astimezone(zone).time() == clock


def _marks(found: list[AttendanceRow], zone: ZoneInfo) -> Marks:
    return Marks(
        absence=found[0].absence,
        stretches=frozenset(_stretch(row, row.arrived, zone) for row in found if row.arrived),
    )


def _stretch(row: AttendanceRow, arrived: time, zone: ZoneInfo) -> Stretch:
    left_at = instant(row.date, row.left, zone) if row.left else None
    return instant(row.date, arrived, zone), left_at


def _check_signed(
    found: list[AttendanceRow], session: Session, zone: ZoneInfo, on_record: Marks | None
) -> Iterator[Problem]:
    """Yield a problem at the line that differs from what was signed."""
    if not session.record or not session.record.is_signed or _marks(found, zone) == on_record:
        return
    was = on_record.stretches if on_record else frozenset()
    row = next(
        (each for each in found if each.arrived and _stretch(each, each.arrived, zone) not in was),
        found[0],
    )
    column = "arrived" if row.arrived else "absence"
    words = _("what was signed; %(amend)s") % {"amend": amendment_page(session)}
    yield row.problem(column, words)


@dataclass(frozen=True)
class _InRoom:
    """A stretch clipped to its session, with the line it comes from (None: on record)."""

    chart_number: str
    session: SessionKey
    starts_at: datetime
    ends_at: datetime
    line: AttendanceRow | None

    @property
    def order(self) -> tuple[int, int]:
        return self.line.place.order if self.line else Place("").order


def _clip(
    session: Session, chart_number: str, stretch: Stretch, line: AttendanceRow | None
) -> Iterator[_InRoom]:
    """Yield what of the stretch lies in its session; an open one reaches to the session's end."""
    arrived_at, left_at = stretch
    starts_at = max(arrived_at, session.starts_at)
    ends_at = min(left_at or session.ends_at, session.ends_at)
    if starts_at < ends_at:
        yield _InRoom(chart_number, session.key, starts_at, ends_at, line)


def _stored_stretches(
    calendar: Calendar, on_record: dict[MarkKey, Marks], replaced: dict[MarkKey, Marks]
) -> Iterator[_InRoom]:
    """Yield what is on record and stays, as the folder's lines may not overlap it either."""
    for key, marks in on_record.items():
        session = calendar.sessions.get(key[0])
        if key not in replaced and session is not None:
            for stretch in marks.stretches:
                yield from _clip(session, key[1], stretch, None)


def _check_twice(stretches: list[_InRoom], after: After) -> Iterator[Problem]:
    """Yield a problem for each pair of one person's stretches that share a minute."""
    people: dict[str, list[_InRoom]] = defaultdict(list)
    for stretch in sorted(stretches, key=lambda stretch: (stretch.starts_at, stretch.order)):
        near = people[stretch.chart_number]
        near[:] = [other for other in near if other.ends_at > stretch.starts_at]
        for other in near:
            if other.session != stretch.session:
                first, second = sorted((other, stretch), key=lambda each: each.order)
                yield from _twice(first, second, after)
        near.append(stretch)


def _twice(other: _InRoom, stretch: _InRoom, after: After) -> Iterator[Problem]:
    """Yield the problem at the later of the two lines."""
    line = stretch.line
    if line is not None:
        place = other.line.place if other.line else _("a record already stored")
        words = _("a time at which they are not in %(group)s already (%(other)s)")
        group = after.group_name(other.session[0])
        yield line.problem("arrived", words % {"group": group, "other": place})
