"""Lets the plans of lessons follow a change of the calendar, in its own transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from accounts.models import User
from groups.models import GroupSession, Rotation
from groups.rotation.flow import Key
from groups.rotation.reading import plans_of
from groups.rotation.reflowing import flow_through


def follow_up(*, groups: Iterable[Key], now: datetime, by: User | None) -> int:
    """Re-flow the plans of these groups (keys); return how many sessions teach something else.

    Call it under the calendar's lock, inside the transaction. Groups without a rotation are left
    alone; without any it costs one query.
    """
    rotations = Rotation.objects.filter(group__in=list(groups)).order_by("pk")
    planned = [each.group for each in rotations.select_related("group__program")]
    if not planned:
        return 0
    plans = plans_of([each.pk for each in planned], now)
    return sum(flow_through(group=each, plan=plans[each.pk], by=by) for each in planned)


def follow_up_sessions(*, sessions: Iterable[Key], now: datetime, by: User | None) -> int:
    """Do the same for the groups of these sessions (keys)."""
    held = GroupSession.objects.filter(pk__in=list(sessions)).order_by()
    groups = held.values_list("group", flat=True).distinct()
    return follow_up(groups=groups, now=now, by=by)
