"""Who is to get which program's week in numbers now, and whether they have it already."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from hours.models import Digest
from programs.models import Program, Role, StaffAssignment
from programs.weeks import instant, local_date
from reminders.models import NoticeKind, StaffNotice
from reminders.notices.timing import FIRST_MORNING


@dataclass(frozen=True)
class Due:
    """One program's digest of one date, and to whom (by primary key) it is still to go."""

    program: Program
    day: date
    due_at: datetime
    about: uuid.UUID
    readers: tuple[int, ...]


def about_of(program: Program, day: date) -> uuid.UUID:
    """Return the id of a program's digest of a date: the same in whichever worker."""
    return uuid.uuid5(program.public_id, day.isoformat())


def due_digests(now: datetime) -> Iterator[Due]:
    """Yield what is due by now and not planned yet; four statements for all programs.

    Only on the date itself: yesterday's numbers are no help today.
    """
    programs = [
        (program, local_date(now, program.zone))
        for program in Program.objects.select_related("site").order_by("pk")
    ]
    begun = [(each, day) for each, day in programs if instant(day, FIRST_MORNING, each.zone) <= now]
    readers = readers_of([program for program, _day in begun])
    known = _planned([about_of(program, day) for program, day in begun])
    for program, day in begun:
        about = about_of(program, day)
        wanting = [
            digest.user_id
            for digest in readers.get(program.pk, ())
            if digest.is_on(day) and (digest.user_id, about) not in known
        ]
        if wanting:
            due_at = instant(day, FIRST_MORNING, program.zone)
            yield Due(program, day, due_at, about, tuple(wanting))


def readers_of(programs: Sequence[Program]) -> dict[int, list[Digest]]:
    """Return each director's choice, by the program's key; who chose nothing gets the default."""
    chosen = {
        (each.program_id, each.user_id): each
        for each in Digest.objects.filter(program__in=programs)
    }
    directing = StaffAssignment.objects.current().filter(
        program__in=programs, role=Role.DIRECTOR, user__is_active=True
    )
    found: dict[int, list[Digest]] = {}
    pairs = directing.order_by("program", "user").values_list("program", "user").distinct()
    for program, user in pairs:
        default = Digest(program_id=program, user_id=user)
        found.setdefault(program, []).append(chosen.get((program, user), default))
    return found


def _planned(abouts: Sequence[uuid.UUID]) -> set[tuple[int, uuid.UUID]]:
    rows = StaffNotice.objects.filter(kind=NoticeKind.DIGEST, about__in=abouts)
    return set(rows.values_list("user_id", "about"))
