"""Sessions as plain values: those the database holds, and what is recorded in them."""

from __future__ import annotations

import uuid
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import F

from attendance.clinic_folder.rows import Key
from attendance.models import AttendanceRecord, Presence, SignOff
from groups.meeting_dates import Meeting, Span
from groups.models import Facilitation, GroupSession, SessionLesson, SessionStatus

SessionKey = tuple[str, datetime]
Stretch = tuple[datetime, datetime | None]


@dataclass(frozen=True)
class OnRecord:
    """What ties a session to the database; `page` is the id in its pages' addresses."""

    pk: int
    page: uuid.UUID
    is_signed: bool
    has_records: bool


@dataclass(frozen=True, kw_only=True)
class Session:
    """One session. Two are equal when nothing about them would change."""

    group: str
    held_on: date
    starts_at: datetime
    ends_at: datetime
    breaks: tuple[Span, ...]
    room: tuple[str, str] | None = None
    facilitators: frozenset[str] = frozenset()
    is_cancelled: bool = False
    closure: Key | None = None
    slot: Key | None = None
    slot_on: date | None = None
    record: OnRecord | None = field(default=None, compare=False)

    @property
    def key(self) -> SessionKey:
        return (self.group, self.starts_at)


@dataclass(frozen=True)
class Shared:
    """What the sessions of one slot have in common."""

    group: str
    slot: Key
    room: tuple[str, str] | None
    facilitators: frozenset[str]


def as_session(meeting: Meeting, shared: Shared) -> Session:
    """Return the session of a slot's meeting."""
    return Session(
        group=shared.group,
        held_on=meeting.held_on,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        breaks=meeting.breaks,
        room=shared.room,
        facilitators=shared.facilitators,
        slot=shared.slot,
        slot_on=meeting.held_on,
    )


@dataclass(frozen=True)
class Marks:
    """What is recorded of one person in one session: stretches, or an absence."""

    absence: str
    stretches: frozenset[Stretch]
    record: int | None = field(default=None, compare=False)


def load_sessions() -> dict[SessionKey, Session]:
    """Read every session with its leaders, in four statements."""
    leaders: dict[int, set[str]] = defaultdict(set)
    for pk, email in Facilitation.objects.filter(is_former=False).values_list(
        "session_id", "user__email"
    ):
        leaders[pk].add(email)
    signed = set(SignOff.objects.values_list("session_id", flat=True))
    recorded = set(AttendanceRecord.objects.values_list("session_id", flat=True).distinct())
    found = (
        # A session held comes after a cancelled one of the same time, and so stands for both.
        GroupSession.objects.in_calendar()
        .order_by("starts_at", "status")
        .select_related("pattern", "room__site", "cancelled_for__site", "cancelled_for__program")
        .annotate(group_name=F("group__name"))
    )
    sessions = (
        _as_value(row, leaders[row.pk], row.pk in signed, row.pk in recorded) for row in found
    )
    return {session.key: session for session in sessions}


def _as_value(row: Any, leaders: set[str], is_signed: bool, has_records: bool) -> Session:
    pattern, closure = row.pattern, row.cancelled_for
    return Session(
        group=row.group_name,
        held_on=row.held_on,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        breaks=row.breaks,
        room=(row.room.site.code, row.room.name) if row.room else None,
        facilitators=frozenset(leaders),
        is_cancelled=row.status == SessionStatus.CANCELLED,
        closure=_closure_key(closure) if closure else None,
        slot=(row.group_name, pattern.weekday, pattern.starts, pattern.first_on)
        if pattern
        else None,
        slot_on=row.slot_on,
        record=OnRecord(row.pk, row.public_id, is_signed, has_records),
    )


def _closure_key(closure: Any) -> Key:
    program = closure.program.code if closure.program else ""
    return (closure.site.code, program, closure.first_on)


def load_marks(first_on: date, last_on: date) -> dict[tuple[SessionKey, str], Marks]:
    """Read what is recorded on these dates (both included), by session and chart number."""
    stretches: dict[int, set[Stretch]] = defaultdict(set)
    dates = (first_on, last_on)
    for record, arrived_at, left_at in Presence.objects.filter(
        record__session__held_on__range=dates
    ).values_list("record_id", "arrived_at", "left_at"):
        stretches[record].add((arrived_at, left_at))
    found = AttendanceRecord.objects.filter(session__held_on__range=dates).values_list(
        "pk", "session__group__name", "session__starts_at", "participant__chart_number", "absence"
    )
    return {
        ((group, starts_at), chart_number): Marks(absence, frozenset(stretches[pk]), pk)
        for pk, group, starts_at, chart_number, absence in found
    }


@dataclass(frozen=True)
class OnPlan:
    """A lesson of a session: its row and key, and from when to when it was taught, if it was."""

    pk: int
    lesson: Key
    began_at: datetime | None
    ended_at: datetime | None
    homework: str

    @property
    def is_taught(self) -> bool:
        return self.began_at is not None


def load_lessons() -> dict[tuple[SessionKey, str], OnPlan]:
    """Read what sessions taught and what they are to teach, by session and the lesson's name."""
    found = SessionLesson.objects.standing().values_list(
        "session__group__name",
        "session__starts_at",
        "pk",
        "began_at",
        "ended_at",
        "homework",
        "lesson__module__track__program__code",
        "lesson__module__track__name",
        "lesson__module__name",
        "lesson__name",
    )
    return {
        ((group, starts_at), lesson[-1]): OnPlan(pk, tuple(lesson), began_at, ended_at, homework)
        for group, starts_at, pk, began_at, ended_at, homework, *lesson in found
    }
