"""Coming sessions that plan a lesson, of whichever group, and whom they would help."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from attendance.coverage.cells import Cell, CoveredPerson, State
from groups.models import Format, SessionLesson, SessionStatus
from programs.models import Program

# Nobody needs a seat for these.
SETTLED = (State.RECEIVED, State.WAIVED)


@dataclass(frozen=True, slots=True)
class Sitting:
    """A lesson in a session that has not begun; guests may come to an open group only."""

    lesson_pk: int
    session_pk: int
    session_id: uuid.UUID
    group_pk: int
    group: str
    is_open: bool
    capacity: int
    held_on: date
    starts_at: datetime
    ends_at: datetime


def sittings_of(
    program: Program, *, now: datetime, lessons: Collection[int] | None = None
) -> tuple[Sitting, ...]:
    """Return them in the order in which they begin; `lessons` (keys) narrows them down."""
    planned = SessionLesson.objects.planned().filter(
        session__group__program=program,
        session__status=SessionStatus.SCHEDULED,
        session__starts_at__gt=now,
    )
    if lessons is not None:
        planned = planned.filter(lesson__in=lessons)
    rows = planned.order_by("session__starts_at", "session", "position", "pk").values_list(
        "lesson",
        "session",
        "session__public_id",
        "session__group",
        "session__group__name",
        "session__group__format",
        "session__group__capacity",
        "session__held_on",
        "session__starts_at",
        "session__ends_at",
    )
    return tuple(Sitting(*row[:5], row[5] == Format.OPEN, *row[6:]) for row in rows)


def would_help(cell: Cell, person: CoveredPerson, sitting: Sitting) -> bool:
    """Say whether the sitting gives the person the lesson, earlier than their own sessions do."""
    if cell.state in SETTLED or sitting.held_on < person.admitted_on:
        return False
    if person.until is not None and sitting.held_on > person.until:
        return False
    return cell.coming_on is None or sitting.held_on < cell.coming_on
