"""Who stands on a session's sheet: everyone expected, and anyone with a record."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Value, When
from django.db.models import Subquery as Sub

from attendance.beforehand import Beforehand, said_from, said_in_sql
from attendance.models import AttendanceRecord, CheckIn, ParticipantNote, Presence, SafetyAlert
from attendance.sheet.states import State
from groups.models import GroupSession, SessionStatus, WaitingPlace
from groups.roster import expected_at
from programs.models import Enrollment, Participant
from programs.models.consent import IsFilled
from programs.weeks import whole_minute

# Every version of every record, written by the database itself.
RecordHistory = AttendanceRecord.pgh_event_model  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Details:
    """When somebody absent said that they would not come, and why; both may be missing."""

    notice_at: datetime | None = None
    reason: str = ""


NO_DETAILS = Details()


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
    is_waitlisted: bool = False
    details: Details = NO_DETAILS
    # When somebody first put this record on the sheet; none for what was imported.
    first_recorded_at: datetime | None = None
    has_check_in: bool = False
    has_note: bool = False
    # A safety answer of this session for which nobody has written what was done.
    alert_id: uuid.UUID | None = None
    # Those of the taps asked about that row history knows already.
    known_taps: frozenset[uuid.UUID] = frozenset()
    # The last absence of this record that had details, so that undoing brings them back.
    last_absence: tuple[str, Details] = ("", NO_DETAILS)
    # What they said beforehand of this day; no record, whatever it says.
    said: Beforehand | None = None

    @property
    def id(self) -> uuid.UUID:
        return self.participant.public_id

    @property
    def no(self) -> Beforehand | None:
        """What they said beforehand, where it was that they cannot come."""
        return self.said if self.said and self.said.cannot_come else None

    def had_said_no(self, at: datetime) -> bool:
        """Say whether they had said so by then."""
        return self.no is not None and self.no.at <= at

    @property
    def details_said(self) -> Details:
        """The notice and the reason that they gave by saying so."""
        return Details(whole_minute(self.no.at), self.no.why) if self.no else NO_DETAILS


def people_of(
    session: GroupSession, *, taps: Collection[uuid.UUID] = (), with_last_absence: bool = False
) -> list[Person]:
    """Return everyone on the sheet, in one statement.

    `taps` asks which of them row history knows; `with_last_absence` for what undoing may need.
    """
    expected = expected_at(session)
    recorded = AttendanceRecord.objects.filter(session=session)
    found = Participant.objects.filter(
        Q(pk__in=expected.values("participant")) | Q(pk__in=recorded.values("participant"))
    )
    rows = _with_beside(_with_facts(found, session), session)
    if taps:
        known = _history(session).filter(mark_id__in=taps)
        rows = rows.annotate(known_taps=ArraySubquery(known.values("mark_id")))
    if with_last_absence:
        rows = _with_last_absence(rows, session)
    return [_person(row) for row in rows]


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
        is_by_video=F("here__is_by_video"),
        notice_at=F("here__notice_at"),
        reason=F("here__reason"),
        recorded_at=F("here__recorded_at"),
        recorder_pk=F("here__recorded_by"),
        recorder=F("here__recorded_by__name"),
        is_expected=Exists(expected),
        is_guest=guest,
        admitted_on=Sub(covering.values("admitted_on")[:1]),
        stays=ArraySubquery(stays.values("pk")),
        arrivals=ArraySubquery(stays.values("arrived_at")),
        departures=ArraySubquery(stays.values("left_at")),
    )


def _with_beside(rows: QuerySet[Any], session: GroupSession) -> QuerySet[Any]:
    """Add what else is known of each person at this session."""
    theirs: dict[str, Any] = {"session": session, "participant": OuterRef("pk")}
    # Who waited while the session was held, also where they have a seat in the group by now.
    waiting = WaitingPlace.objects.filter(
        Q(left_at=None) | Q(left_at__gt=session.starts_at),
        group=session.group_id,
        enrollment__participant=OuterRef("pk"),
        asked_at__lt=session.ends_at,
    )
    alerts = SafetyAlert.objects.open().filter(
        check_in__session=session, check_in__participant=OuterRef("pk")
    )
    by_somebody = Case(When(recorded_by=None, then=None), default=F("recorded_at"))
    first = RecordHistory.objects.filter(pgh_obj=OuterRef("record_pk")).order_by("pgh_id")
    return rows.annotate(
        is_waitlisted=Exists(waiting),
        has_check_in=Exists(CheckIn.objects.filter(**theirs)),
        has_note=Exists(ParticipantNote.objects.filter(**theirs)),
        alert_id=Sub(alerts.values("public_id")[:1]),
        first_recorded_at=Sub(first.annotate(first_at=by_somebody).values("first_at")[:1]),
        said=said_in_sql(session.held_on),
    )


def _history(session: GroupSession) -> QuerySet[Any]:
    return RecordHistory.objects.filter(session=session, participant=OuterRef("pk"))


def _with_last_absence(rows: QuerySet[Any], session: GroupSession) -> QuerySet[Any]:
    told = Q(notice_at__isnull=False) | Q(IsFilled(F("reason")))
    last = _history(session).exclude(absence="").filter(told).order_by("-pgh_id")
    return rows.annotate(
        last_absence=Sub(last.values("absence")[:1]),
        last_notice_at=Sub(last.values("notice_at")[:1]),
        last_reason=Sub(last.values("reason")[:1]),
    )


def _person(row: Any) -> Person:
    last = Details(getattr(row, "last_notice_at", None), getattr(row, "last_reason", None) or "")
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
        state=_state(row),
        is_waitlisted=row.is_waitlisted,
        details=Details(row.notice_at, row.reason or ""),
        first_recorded_at=row.first_recorded_at,
        has_check_in=row.has_check_in,
        has_note=row.has_note,
        alert_id=row.alert_id,
        known_taps=frozenset(getattr(row, "known_taps", ())),
        last_absence=(getattr(row, "last_absence", None) or "", last),
        said=said_from(row.said),
    )


def _state(row: Any) -> State:
    return State(
        has_record=row.record_pk is not None,
        absence=row.absence or "",
        stretches=tuple(zip(row.arrivals, row.departures, strict=True)),
        is_by_video=bool(row.is_by_video),
    )
