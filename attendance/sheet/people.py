"""Who stands on a session's sheet: everyone expected, and anyone with a record."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery, Value

from attendance.models import AttendanceRecord, Presence
from attendance.sheet.states import State
from groups.models import GroupSession, SessionStatus
from groups.roster import expected_at
from programs.models import Enrollment, Participant


@dataclass(frozen=True)
class Person:
    """One participant on the sheet, with their record as it is stored."""

    participant: Participant
    is_expected: bool
    is_guest: bool
    admitted_on: date | None
    record_id: int | None
    presence_ids: tuple[int, ...]
    recorded_by_id: int | None
    recorded_by: str
    recorded_at: datetime | None
    state: State

    @property
    def id(self) -> uuid.UUID:
        return self.participant.public_id


def people_of(session: GroupSession) -> list[Person]:
    """Return everyone on the sheet, in one statement."""
    expected = expected_at(session)
    recorded = AttendanceRecord.objects.filter(session=session)
    found = Participant.objects.filter(
        Q(pk__in=expected.values("participant")) | Q(pk__in=recorded.values("participant"))
    )
    return [_person(row) for row in _with_facts(found, session)]


def _with_facts(found: QuerySet[Participant], session: GroupSession) -> QuerySet[Any]:
    expected = expected_at(session).filter(participant=OuterRef("pk"))
    covering = Enrollment.objects.covering(session.held_on).filter(participant=OuterRef("pk"))
    is_held = session.status == SessionStatus.SCHEDULED
    guest = Exists(expected.filter(is_member=False)) if is_held else Value(False)  # type: ignore[misc]
    stays = Presence.objects.filter(session=session, participant=OuterRef("pk"))
    stays = stays.order_by("arrived_at", "pk")
    return found.annotate(
        here=FilteredRelation("records", condition=Q(records__session=session)),
        record_pk=F("here__pk"),
        absence=F("here__absence"),
        recorded_at=F("here__recorded_at"),
        recorder_pk=F("here__recorded_by"),
        recorder=F("here__recorded_by__name"),
        is_expected=Exists(expected),
        is_guest=guest,
        admitted_on=Subquery(covering.values("admitted_on")[:1]),
        stays=ArraySubquery(stays.values("pk")),
        arrivals=ArraySubquery(stays.values("arrived_at")),
        departures=ArraySubquery(stays.values("left_at")),
    )


def _person(row: Any) -> Person:
    return Person(
        participant=row,
        is_expected=row.is_expected,
        is_guest=row.is_guest,
        admitted_on=row.admitted_on,
        record_id=row.record_pk,
        presence_ids=tuple(row.stays),
        recorded_by_id=row.recorder_pk,
        recorded_by=row.recorder or "",
        recorded_at=row.recorded_at,
        state=State(
            has_record=row.record_pk is not None,
            absence=row.absence or "",
            stretches=tuple(zip(row.arrivals, row.departures, strict=True)),
        ),
    )
