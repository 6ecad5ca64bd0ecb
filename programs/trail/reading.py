"""Lines of the trail out of the database: of a program, of a participant, of a colleague."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.utils.dateparse import parse_datetime

from accounts.models import AuditEvent, User
from programs.models import Participant, Program, StaffAssignment
from programs.trail.words import Kind, of_kind
from programs.weeks import instant

A_PAGE = 100
REFUSED_IN = "user.sign_in_refused"


@dataclass(frozen=True)
class Span:
    """Local dates of a zone, both included."""

    first_on: date
    last_on: date
    zone: ZoneInfo

    @property
    def since(self) -> datetime:
        return instant(self.first_on, time(), self.zone)

    @property
    def until(self) -> datetime:
        """The instant after the last date ends; not part of the span."""
        return instant(self.last_on + timedelta(days=1), time(), self.zone)


def of_program(program: Program, span: Span) -> QuerySet[AuditEvent]:
    """Return the lines of the program, of its people, and of its staff coming in."""
    people = Participant.objects.of_program(program).values("public_id")
    staff = staff_of([program])
    entry = Q(program_id=None, participant_id=None)
    came = entry & (Q(by__in=staff.values("pk")) | _tried(staff))
    lines = AuditEvent.objects.filter(at__gte=span.since, at__lt=span.until)
    return lines.filter(Q(program_id=program.public_id) | Q(participant_id__in=people) | came)


def of_person(person: Participant) -> QuerySet[AuditEvent]:
    """Return every line about the person, also under a duplicate of the record."""
    records = [person.public_id, *person.duplicates.values_list("public_id", flat=True)]
    return AuditEvent.objects.filter(participant_id__in=records)


def of_colleague(user: User, programs: Iterable[Program]) -> QuerySet[AuditEvent]:
    """Return what somebody did in these programs or with their people, and how they came in."""
    programs = list(programs)
    people = Participant.objects.of_programs(programs).values("public_id")
    reached = (
        Q(program_id__in=[each.public_id for each in programs])
        | Q(participant_id__in=people)
        | Q(program_id=None, participant_id=None)
    )
    tried = Q(by=None, verb=REFUSED_IN, subject_id=user.public_id)
    return AuditEvent.objects.filter(Q(by=user) & reached | tried)


def staff_of(programs: Iterable[Program]) -> QuerySet[User]:
    """Return who works or has worked in one of the programs."""
    assigned = StaffAssignment.objects.filter(program__in=list(programs))
    return User.objects.filter(pk__in=assigned.values("user"))


def narrowed(
    lines: QuerySet[AuditEvent], span: Span | None, kind: Kind | None
) -> QuerySet[AuditEvent]:
    """Return those of the lines in the span and of the kind, where one is asked for."""
    if span is not None:
        lines = lines.filter(at__gte=span.since, at__lt=span.until)
    return lines.filter(of_kind(kind)) if kind else lines


@dataclass(frozen=True)
class Sheet:
    """A page of lines, the latest first, and the cursor of the next; none on the last page."""

    lines: tuple[AuditEvent, ...]
    older: str


def sheet_of(lines: QuerySet[AuditEvent], *, before: str, size: int = A_PAGE) -> Sheet:
    """Return the page that begins after the cursor; one that cannot be read begins anew."""
    ordered = lines.select_related("by").order_by("-at", "-public_id")
    if (place := _place(before)) is not None:
        at, key = place
        ordered = ordered.filter(Q(at__lt=at) | Q(at=at, public_id__lt=key), at__lte=at)
    found = list(ordered[: size + 1])
    last = found[size - 1] if len(found) > size else None
    return Sheet(
        lines=tuple(found[:size]), older=f"{last.at.isoformat()}_{last.public_id}" if last else ""
    )


def _place(cursor: str) -> tuple[datetime, uuid.UUID] | None:
    moment, _, key = cursor.replace(" ", "+").partition("_")
    try:
        at = parse_datetime(moment)
        return (at, uuid.UUID(key)) if at is not None and at.tzinfo else None
    except ValueError:
        return None


def _tried(staff: QuerySet[User]) -> Q:
    return Q(by=None, verb=REFUSED_IN, subject_id__in=staff.values("public_id"))
