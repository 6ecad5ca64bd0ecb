"""Coming sessions that plan a lesson, of whichever group of the program."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from groups.models import Format, SessionLesson, SessionStatus
from programs.models import Program


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
