"""Who is marked how in the sessions of one day: everyone expected, and whoever walked in."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from attendance.beforehand import Beforehand
from attendance.grace import grace_minutes
from attendance.marks import Mark, Stretch, mark_of
from attendance.models import AttendanceRecord
from attendance.today.said import Answers, answers_of
from groups.day_roster import Expected, expected_on
from groups.models import GroupSession
from programs.models import Participant

ABSENT = (Mark.NO_CALL, Mark.UNEXCUSED, Mark.UNEXPLAINED, Mark.EXCUSED)
# In the order in which someone should look after them.
MISSING = (Mark.UNMARKED, *ABSENT)


@dataclass(frozen=True)
class Record:
    """What is on record for one person in one session."""

    mark: Mark
    is_in_room: bool


@dataclass(frozen=True)
class Missing:
    """Someone expected who is not marked, or marked absent; and what they said beforehand."""

    participant: Participant
    mark: Mark
    said: Beforehand | None = None


@dataclass(frozen=True)
class SessionMarks:
    """The marks of one session, and what those expected said beforehand."""

    expected: int
    guests: int
    walk_ins: int
    in_room: int
    counts: tuple[tuple[Mark, int], ...]
    missing: tuple[Missing, ...]
    answers: Answers

    @property
    def unmarked(self) -> int:
        return dict(self.counts).get(Mark.UNMARKED, 0)

    @property
    def came(self) -> int:
        """How many were there for a part of it at least."""
        return sum(count for mark, count in self.counts if mark not in MISSING)

    @property
    def is_untouched(self) -> bool:
        """Nobody has been marked at all."""
        return bool(self.unmarked) and len(self.counts) == 1


def marks_on(
    day: date, sessions: Sequence[GroupSession], *, now: datetime
) -> dict[int, SessionMarks]:
    """Return the marks of each session by its primary key; all of them are held on `day`."""
    if not sessions:
        return {}
    expected = expected_on(day, sessions)
    records = _records(sessions, now)
    answers, said = answers_of(expected, day)
    return {
        each.pk: _marks(expected[each.pk], records[each.pk], answers[each.pk], said)
        for each in sessions
    }


def _marks(
    expected: Sequence[Expected],
    records: dict[int, Record],
    answers: Answers,
    said: dict[int, Beforehand],
) -> SessionMarks:
    known = {each.participant.pk for each in expected}
    marks = dict.fromkeys(known, Mark.UNMARKED) | {pk: each.mark for pk, each in records.items()}
    counts = Counter(marks.values())
    missing = [
        Missing(each.participant, marks[each.participant.pk], said.get(each.participant.pk))
        for each in expected
        if marks[each.participant.pk] in MISSING
    ]
    return SessionMarks(
        expected=len(known),
        guests=sum(each.is_guest for each in expected),
        walk_ins=len(records.keys() - known),
        in_room=sum(each.is_in_room for each in records.values()),
        counts=tuple((mark, counts[mark]) for mark in Mark if counts[mark]),
        missing=tuple(sorted(missing, key=lambda each: MISSING.index(each.mark))),
        answers=answers,
    )


def _records(
    sessions: Sequence[GroupSession], now: datetime
) -> defaultdict[int, dict[int, Record]]:
    """Return each session's records by participant, out of one row per stretch of presence."""
    said: dict[tuple[int, int], tuple[str, int]] = {}
    stretches: dict[tuple[int, int], list[Stretch]] = defaultdict(list)
    for session, participant, absence, grace, arrived, left in _rows(sessions):
        said[session, participant] = absence, grace
        if arrived:
            stretches[session, participant].append((arrived, left))
    found: defaultdict[int, dict[int, Record]] = defaultdict(dict)
    times = {each.pk: each for each in sessions}
    for (session, participant), (absence, grace) in said.items():
        stays = stretches[session, participant]
        found[session][participant] = _record(times[session], stays, absence, grace, now)
    return found


def _rows(sessions: Sequence[GroupSession]) -> Iterable[tuple]:
    return (
        AttendanceRecord.objects.filter(session__in=[each.pk for each in sessions])
        .order_by("session", "participant", "presences__arrived_at")
        .values_list(
            "session",
            "participant",
            "absence",
            grace_minutes("session__"),
            "presences__arrived_at",
            "presences__left_at",
        )
    )


def _record(
    session: GroupSession, stays: Sequence[Stretch], absence: str, grace: int, now: datetime
) -> Record:
    mark = mark_of(
        stays,
        absence=absence,
        has_record=True,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        grace=timedelta(minutes=grace),
    )
    is_in_room = any(left is None or left > now for _, left in stays) and now < session.ends_at
    return Record(mark, is_in_room)
