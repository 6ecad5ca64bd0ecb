"""Random small clinics for the weekly hours: plain values, drawn by Hypothesis.

Weeks around both clock changes, rules that begin in the middle, breaks, stretches that overlap
their session's edges, leaves, closures, make-up seats, transfers, and guests of another program.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

KINDS = ["process", "skills", "family", "individual"]
# A plain week, the week in which clocks go back, and the one in which they go forward.
ANCHORS = [date(2026, 11, 18), date(2026, 11, 1), date(2027, 3, 14)]
ZONES = ["America/Chicago", "America/New_York", "UTC", "Asia/Kolkata"]


@dataclass
class DrawnSession:
    day: date
    starts: int  # local minutes after midnight
    ends: int
    breaks: list[tuple[int, int]]
    records: dict[int, DrawnRecord] = field(default_factory=dict)  # by person
    seats: set[tuple[int, int]] = field(default_factory=set)  # (person, episode)


@dataclass
class DrawnRecord:
    stretches: list[tuple[int, int | None]]
    absence: str = ""


@dataclass
class DrawnGroup:
    program: int
    kind: str
    format: str
    capacity: int
    sessions: list[DrawnSession] = field(default_factory=list)
    members: list[tuple[int, int, date, date | None]] = field(default_factory=list)


@dataclass
class DrawnEpisode:
    program: int
    first: date
    last: date | None
    orders: dict[date, int] = field(default_factory=dict)


@dataclass
class DrawnClinic:
    zone: ZoneInfo
    week_starts_on: int
    first: date
    rules: dict[date, dict[str, Any]]
    groups: list[DrawnGroup]
    people: list[list[DrawnEpisode]]
    leaves: dict[int, tuple[date, date | None]]
    closures: list[tuple[int | None, date, date]]
    as_of: datetime

    def closed(self, program: int, day: date) -> bool:
        return any(
            first <= day <= last and which in (None, program)
            for which, first, last in self.closures
        )


def at(clinic: DrawnClinic, day: date, minutes: int) -> datetime:
    """Return the instant of local minutes after midnight."""
    return datetime.combine(day, time(minutes // 60, minutes % 60), tzinfo=clinic.zone)


@st.composite
def clinics(draw: st.DrawFn) -> DrawnClinic:
    zone = ZoneInfo(draw(st.sampled_from(ZONES)))
    starts_on = draw(st.integers(0, 6))
    anchor = draw(st.sampled_from(ANCHORS))
    first = anchor - timedelta(days=(anchor.weekday() - starts_on) % 7)
    days = st.integers(-1, 8).map(lambda shift: first + timedelta(days=shift))
    clinic = DrawnClinic(
        zone=zone,
        week_starts_on=starts_on,
        first=first,
        rules=draw(st.dictionaries(_rule_dates(first), _rules(), min_size=1, max_size=3)),
        groups=[],
        people=[draw(_episodes(days)) for _ in range(draw(st.integers(1, 3)))],
        leaves={},
        closures=draw(st.lists(_closures(days), max_size=2, unique_by=lambda each: each[:2])),
        as_of=datetime.combine(first, time(), tzinfo=zone)
        + timedelta(minutes=draw(st.integers(-600, 11_000))),
    )
    for person in range(len(clinic.people)):
        if draw(st.integers(0, 3)) == 0:
            clinic.leaves[person] = draw(_periods(days, open_ended=True))
    for _ in range(draw(st.integers(1, 4))):
        clinic.groups.append(draw(_groups(clinic, days)))
    for group in clinic.groups:
        for session in group.sessions:
            draw(_attendance(clinic, group, session))
    return clinic


def _rule_dates(first: date) -> st.SearchStrategy[date]:
    return st.sampled_from([-30, -1, 0, 1, 3]).map(lambda shift: first + timedelta(days=shift))


def _rules() -> st.SearchStrategy[dict[str, Any]]:
    weeks = st.sampled_from(["exempt", "count"])
    return st.fixed_dictionaries(
        {
            "min_minutes_per_week": st.integers(30, 300),
            "max_minutes_per_week": st.integers(300, 500),
            "min_days_per_week": st.integers(0, 4),
            "min_minutes_per_day": st.integers(30, 150),
            "count": st.sampled_from(["net_minutes", "scheduled_span", "clinical_hours"]),
            "partial_weeks": weeks,
            "closures": weeks,
            "leave": weeks,
            "counts": st.one_of(
                st.none(), st.lists(st.sampled_from(KINDS), min_size=1, unique=True)
            ),
        }
    )


@st.composite
def _periods(
    draw: st.DrawFn, days: st.SearchStrategy[date], *, open_ended: bool
) -> tuple[date, date | None]:
    start = draw(days)
    length = draw(st.integers(0, 6))
    is_open = open_ended and draw(st.booleans())
    return start, None if is_open else start + timedelta(days=length)


@st.composite
def _closures(draw: st.DrawFn, days: st.SearchStrategy[date]) -> tuple[int | None, date, date]:
    start = draw(days)
    last = start + timedelta(days=draw(st.integers(0, 1)))
    return draw(st.sampled_from([None, 0, 1])), start, last


@st.composite
def _episodes(draw: st.DrawFn, days: st.SearchStrategy[date]) -> list[DrawnEpisode]:
    """One or two episodes; the second starts after the first one's last day."""
    start = draw(st.one_of(days, days.map(lambda day: day - timedelta(days=20))))
    ends = draw(st.one_of(st.none(), days.map(lambda day: max(day, start))))
    found = [DrawnEpisode(0, start, ends)]
    if ends and draw(st.booleans()):
        again = ends + timedelta(days=draw(st.integers(1, 3)))
        found.append(DrawnEpisode(draw(st.integers(0, 1)), again, None))
    for episode in found:
        episode.orders = draw(st.dictionaries(days, st.integers(30, 300), max_size=2))
    return found


@st.composite
def _groups(draw: st.DrawFn, clinic: DrawnClinic, days: st.SearchStrategy[date]) -> DrawnGroup:
    kind = draw(st.sampled_from(KINDS))
    group = DrawnGroup(
        program=draw(st.sampled_from([0, 0, 0, 1])),
        kind=kind,
        format=draw(st.sampled_from(["open", "open", "closed"])),
        capacity=1 if kind == "individual" else draw(st.integers(1, 3)),
    )
    slots = draw(
        st.lists(st.tuples(days, st.integers(0, 7)), max_size=5, unique_by=lambda slot: slot)
    )
    for day, slot in slots:
        starts = slot * 150 + draw(st.integers(0, 100))
        session = _session(draw, day, starts, starts + draw(st.integers(1, 240)))
        if _in_order(clinic, session):
            group.sessions.append(session)
    for person, episodes in enumerate(clinic.people):
        for index, episode in enumerate(episodes):
            if draw(st.integers(0, 3)) > 0:
                start, last = episode.first, episode.last
                if draw(st.booleans()):
                    start = min(start + timedelta(days=draw(st.integers(0, 9))), last or date.max)
                if last is None and draw(st.booleans()):
                    last = start + timedelta(days=draw(st.integers(0, 9)))
                group.members.append((person, index, start, last))
    return group


def _session(draw: st.DrawFn, day: date, starts: int, ends: int) -> DrawnSession:
    ends = min(ends, 24 * 60 - 1)
    length = ends - starts
    breaks = []
    for _ in range(draw(st.integers(0, 2))):
        start = draw(st.integers(0, length - 1))
        breaks.append((starts + start, starts + draw(st.integers(start + 1, length))))
    return DrawnSession(day, starts, ends, breaks)


def _in_order(clinic: DrawnClinic, session: DrawnSession) -> bool:
    """Return whether the times stay in order where the clocks skip an hour."""
    times = [(session.starts, session.ends), *session.breaks]
    start, end = (at(clinic, session.day, each).astimezone(UTC) for each in times[0])
    return start < end and all(
        start
        <= at(clinic, session.day, a).astimezone(UTC)
        < at(clinic, session.day, b).astimezone(UTC)
        <= end
        for a, b in times[1:]
    )


@st.composite
def _attendance(
    draw: st.DrawFn, clinic: DrawnClinic, group: DrawnGroup, session: DrawnSession
) -> None:
    if clinic.closed(group.program, session.day):
        return
    for person, episodes in enumerate(clinic.people):
        if draw(st.booleans()):
            record = draw(_records(clinic, session))
            if _is_free(clinic, person, session, record):
                session.records[person] = record
        for index, episode in enumerate(episodes):
            covers = episode.first <= session.day and session.day <= (episode.last or date.max)
            if covers and episode.program == group.program and draw(st.integers(0, 9)) == 0:
                session.seats.add((person, index))


@st.composite
def _records(draw: st.DrawFn, clinic: DrawnClinic, session: DrawnSession) -> DrawnRecord:
    if draw(st.booleans()):
        return DrawnRecord([(session.starts, session.ends)])
    stretches: list[tuple[int, int | None]] = []
    for _ in range(draw(st.integers(0, 2))):
        arrived = max(0, session.starts + draw(st.integers(-15, 200)))
        stay = draw(st.one_of(st.none(), st.integers(0, 200)))
        left = None if stay is None else arrived + stay
        if arrived < 24 * 60 and (left is None or left < 24 * 60):
            stretches.append((arrived, left))
    stretches = [
        (a, b)
        for a, b in stretches
        if b is None
        or at(clinic, session.day, a).astimezone(UTC) <= at(clinic, session.day, b).astimezone(UTC)
    ]
    absence = "" if stretches else draw(st.sampled_from(["", "excused", "unexcused", "no_call"]))
    return DrawnRecord(stretches, absence)


def clipped(
    clinic: DrawnClinic, session: DrawnSession, record: DrawnRecord
) -> list[tuple[datetime, datetime]]:
    """Return the stretches inside the session; an open one reaches to its end."""
    start, end = at(clinic, session.day, session.starts), at(clinic, session.day, session.ends)
    spans = [
        (
            max(start, at(clinic, session.day, arrived)),
            end if left is None else min(end, at(clinic, session.day, left)),
        )
        for arrived, left in record.stretches
    ]
    return [(a.astimezone(UTC), b.astimezone(UTC)) for a, b in spans]


def _is_free(clinic: DrawnClinic, person: int, session: DrawnSession, record: DrawnRecord) -> bool:
    """Return whether the database would take this record: no minute credited twice."""
    others = [
        span
        for group in clinic.groups
        for other in group.sessions
        if other is not session and person in other.records
        for span in clipped(clinic, other, other.records[person])
    ]
    return not any(
        max(a, c) < min(b, d) for a, b in clipped(clinic, session, record) for c, d in others
    )
