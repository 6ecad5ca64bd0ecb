"""From which date on who is in a group may still change, and since when a closed one is closed."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import Min, QuerySet

from groups.meeting_dates import first_date_of
from groups.models import Format, GroupSession, SessionStatus, TherapyGroup
from groups.schedule.fixed import fixed_among
from programs.weeks import local_date


def changes_from(group: TherapyGroup, now: datetime, *, leaving: bool = False) -> date:
    """Return the first date whose roster may change: from a session that is over on, tomorrow.

    Who leaves stays on a roster in which attendance is recorded, too.
    """
    today = local_date(now, group.program.zone)
    held = dict(_held(group).filter(held_on=today).values_list("pk", "ends_at"))
    is_over = any(ends_at <= now for ends_at in held.values())
    is_recorded = leaving and bool(fixed_among(held))
    return today + timedelta(days=is_over or is_recorded)


def next_day(group: TherapyGroup, now: datetime) -> date:
    """Return the date of the next session; where none is planned, the first that may change."""
    since = changes_from(group, now)
    ahead = _held(group).filter(held_on__gte=since, ends_at__gt=now).order_by("starts_at")
    return ahead.values_list("held_on", flat=True).first() or since


def begins_on(group: TherapyGroup) -> date | None:
    """Return the date of its first session; where none is planned, of its first slot."""
    first = _held(group).aggregate(first=Min("held_on"))["first"]
    slots = group.patterns.in_force()
    return first or min((first_date_of(slot) for slot in slots), default=None)


def is_closed_on(group: TherapyGroup, day: date) -> bool:
    """Return whether nobody new may begin on the date: a closed group takes people at its start."""
    if group.format != Format.CLOSED:
        return False
    start = begins_on(group)
    return start is not None and day > start


def _held(group: TherapyGroup) -> QuerySet[GroupSession]:
    return GroupSession.objects.filter(group=group, status=SessionStatus.SCHEDULED)
