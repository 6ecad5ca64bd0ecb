"""What attendance adds to a session: how many are recorded, how many came, who signed."""

from __future__ import annotations

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from attendance.models import AttendanceRecord, SignOff
from groups.models import GroupSession
from groups.readable import with_leaders, with_lessons
from groups.roster import with_expected_count


def with_attendance(sessions: QuerySet[GroupSession]) -> QuerySet[GroupSession]:
    """Annotate `recorded`, `came` (people) and `is_signed`."""
    records = AttendanceRecord.objects.filter(session=OuterRef("pk"))
    return sessions.annotate(
        recorded=_people(records),
        came=_people(records.filter(Q(presences__isnull=False))),
        is_signed=Exists(SignOff.objects.filter(session=OuterRef("pk"))),
    )


def with_everything(sessions: QuerySet[GroupSession]) -> QuerySet[GroupSession]:
    """Annotate all that a day's page tells of a session, in one statement."""
    found = with_attendance(with_lessons(with_leaders(with_expected_count(sessions))))
    return found.select_related("group", "room", "cancelled_for").order_by(
        "starts_at", "group__name"
    )


def _people(records: QuerySet[AttendanceRecord]) -> Coalesce:
    counted = (
        records.order_by()
        .values(each_one=Value(1))
        .annotate(people=Count("participant", distinct=True))
        .values("people")
    )
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
