"""Which sessions have attendance: they are never moved or altered."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import Exists, OuterRef

from attendance.models import AttendanceRecord, SignOff
from groups.models import GroupSession


def recorded_among(sessions: Collection[int]) -> Iterable[int]:
    """Return those of the sessions (primary keys) in which somebody is recorded, or signed."""
    records = AttendanceRecord.objects.filter(session=OuterRef("pk"))
    signed = SignOff.objects.filter(session=OuterRef("pk"))
    found = GroupSession.objects.filter(Exists(records) | Exists(signed), pk__in=sessions)
    return found.order_by().values_list("pk", flat=True)
