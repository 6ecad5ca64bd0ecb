"""What attendance fixes: sessions are never moved or altered, nobody leaves before a record."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from django.db.models import Exists, Max, OuterRef, Q

from attendance.models import AttendanceRecord, Presence, SignOff
from groups.models import GroupSession
from programs.models import Enrollment


def recorded_among(sessions: Collection[int]) -> Iterable[int]:
    """Return those of the sessions (primary keys) in which somebody is recorded, or signed."""
    records = AttendanceRecord.objects.filter(session=OuterRef("pk"))
    signed = SignOff.objects.filter(session=OuterRef("pk"))
    found = GroupSession.objects.filter(Exists(records) | Exists(signed), pk__in=sessions)
    return found.order_by().values_list("pk", flat=True)


def last_record_on(enrollment: Enrollment, until: date) -> date | None:
    """Return the last date, up to one, on which the person is on record in the program."""
    records = AttendanceRecord.objects.filter(
        participant=enrollment.participant_id,
        session__group__program=enrollment.program_id,
        session__held_on__lte=until,
    )
    return records.aggregate(last=Max("session__held_on"))["last"]


def absent_in(enrollment: Enrollment, sessions: Collection[int]) -> Mapping[int, bool]:
    """Return those of the sessions (keys) in which the person is on record: were they absent?"""
    person = enrollment.participant.kept
    mine = Q(participant=person) | Q(participant__merged_into=person)
    found = AttendanceRecord.objects.filter(mine, session__in=sessions)
    came = Presence.objects.filter(record=OuterRef("pk"))
    return dict(found.annotate(is_absent=~Exists(came)).values_list("session", "is_absent"))
