"""What the audit trail asks of the calendar: whose people are whose, and when a program meets."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import datetime, time

from django.db.models import F, Max, Min, Q
from django.db.models.functions import TruncTime

from groups.models import Facilitation, GroupMembership, GroupSession, MakeUpSeat, SessionStatus
from programs.models import Program


def people_led(program: Program, users: Collection[int]) -> frozenset[tuple[int, uuid.UUID]]:
    """Return the pairs of a colleague and somebody who had a place in a session they led, ever.

    Also under the record that is kept for them; who led it and was stood in for counts too.
    """
    leading = Facilitation.objects.filter(user__in=users, session__group__program=program)
    groups = leading.values_list("user", "session__group").distinct()
    led: dict[int, set[int]] = {}
    for user, group in groups:
        led.setdefault(group, set()).add(user)
    person = "enrollment__participant"
    fields = (f"{person}__public_id", f"{person}__merged_into__public_id")
    members = GroupMembership.objects.filter(group__in=led).values_list("group", *fields)
    seats = MakeUpSeat.objects.filter(session__group__in=led).values_list("session__group", *fields)
    return frozenset(
        (user, key)
        for group, own, kept in (*members, *seats)
        for user in led[group]
        for key in (own, kept)
        if key
    )


def session_times(
    program: Program, since: datetime, until: datetime
) -> tuple[time | None, time | None]:
    """Return when the earliest session begins and the latest ends, on the site's wall clock."""
    held = GroupSession.objects.filter(
        Q(status=SessionStatus.SCHEDULED), group__program=program, starts_at__range=(since, until)
    )
    found = held.aggregate(
        first=Min(TruncTime(F("starts_at"), tzinfo=program.zone)),
        last=Max(TruncTime(F("ends_at"), tzinfo=program.zone)),
    )
    return found["first"], found["last"]
