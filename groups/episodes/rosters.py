"""How far back an episode’s dates may still change: rosters that are over or recorded stay."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from groups.models import GroupMembership, GroupSession, MakeUpSeat, SessionStatus
from groups.schedule.fixed import fixed_among
from programs.models import Enrollment, Leave
from programs.weeks import local_date

LastRecord = Callable[[Enrollment, date], date | None]
_records: list[LastRecord] = []


def recorded_by(last_record: LastRecord) -> None:
    """Register what returns the last date, up to one, on which the person is on record.

    A higher app registers it when it starts, as it does with what fixes a session.
    """
    if last_record not in _records:
        _records.append(last_record)


def last_recorded_day(enrollment: Enrollment, until: date) -> date | None:
    """Return the last date up to `until` on which the person is on record in the program."""
    days = [day for each in _records if (day := each(enrollment, until))]
    return max(days, default=None)


def last_roster_day(
    enrollments: QuerySet[Enrollment],
    now: datetime,
    *,
    among: Q | None = None,
    is_away_too: bool = False,
) -> date | None:
    """Return the last date of a roster that stays: of a session that is over or recorded.

    Those count at which one of the enrollments, all of one person, is expected; with
    `is_away_too` also those at which they would be, were they not on leave. `among` says which
    sessions are looked at, where that is not all.
    """
    sessions = sessions_with(enrollments).filter(among or Q())
    if not is_away_too:
        sessions = sessions.exclude(_away(enrollments))
    over = sessions.filter(ends_at__lte=now).aggregate(last=Max("held_on"))["last"]
    ahead = sessions.filter(ends_at__gt=now).select_related("group__program__site")
    begun = {
        each.pk: each.held_on
        for each in ahead.order_by("starts_at")[:8]
        if each.held_on <= local_date(now, each.group.program.zone)
    }
    recorded = [begun[key] for key in fixed_among(begun)] if begun else []
    return max([*recorded, *filter(None, [over])], default=None)


def sessions_with(enrollments: QuerySet[Enrollment]) -> QuerySet[GroupSession]:
    """Return the sessions at which one of the enrollments has a place, leaves not looked at."""
    day = OuterRef("held_on")
    member = GroupMembership.objects.filter(
        Q(last_on=None) | Q(last_on__gte=day),
        first_on__lte=day,
        group=OuterRef("group"),
        enrollment__in=enrollments,
    )
    seat = MakeUpSeat.objects.held().filter(
        Q(enrollment__discharged_on=None) | Q(enrollment__discharged_on__gte=day),
        enrollment__admitted_on__lte=day,
        enrollment__in=enrollments,
        session=OuterRef("pk"),
    )
    held = GroupSession.objects.filter(status=SessionStatus.SCHEDULED)
    return held.filter(Exists(member) | Exists(seat))


def _away(enrollments: QuerySet[Enrollment]) -> Exists:
    day = OuterRef("held_on")
    leaves = Leave.objects.filter(participant__in=enrollments.values("participant"))
    covering = Q(last_on=None) | Q(last_on__gte=day)
    return Exists(leaves.filter(covering, first_on__lte=day))
