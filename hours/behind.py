"""What stands behind one row's numbers: its seats, its cancelled sessions, its order, its rule."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from groups.models import GroupMembership, MakeUpSeat
from hours.facts import WeekRule
from hours.week_sessions import Sessions, WeekSession
from hours.weekly_hours import WeeklyHours
from programs.models import HoursRule, Order, Program
from programs.weeks import Week


@dataclass(frozen=True)
class Behind:
    """Read where one row's ledger is open; `seats` are the sessions in which they are a guest.

    `cancelled` are those of their groups that were not held, `order_from` is since when their
    order holds, where one does.
    """

    sessions: Sessions
    seats: frozenset[uuid.UUID]
    cancelled: tuple[WeekSession, ...]
    order_from: date | None
    rule: HoursRule | None


def behind_of(
    row: WeeklyHours, *, program: Program, week: Week, rule: WeekRule, sessions: Sessions
) -> Behind:
    """Return what stands behind this row of the program's week; four statements at most."""
    person = row.person
    seats = MakeUpSeat.objects.held().filter(enrollment=person.enrollment_key)
    orders = Order.objects.filter(
        enrollment=person.enrollment_key,
        effective_from__lte=max(person.admitted_on, week.first_on),
    )
    rules = HoursRule.objects.filter(program=program, effective_from=rule.effective_from)
    return Behind(
        sessions=sessions,
        seats=frozenset(
            seats.filter(session__held_on__range=(week.first_on, week.last_on)).values_list(
                "session__public_id", flat=True
            )
        ),
        cancelled=_cancelled(row, sessions),
        order_from=orders.order_by("-effective_from")
        .values_list("effective_from", flat=True)
        .first()
        if person.ordered
        else None,
        rule=rules.select_related("verified_by").first(),
    )


def _cancelled(row: WeeklyHours, sessions: Sessions) -> tuple[WeekSession, ...]:
    """Return the sessions that were not held of groups they belong to on that day."""
    off = [session for session in sessions.values() if not session.is_held]
    if not off:
        return ()
    person = row.person
    member = GroupMembership.objects.filter(
        enrollment=person.enrollment_key, group__public_id__in={each.group_id for each in off}
    )
    places = list(member.values_list("group__public_id", "first_on", "last_on"))
    return tuple(
        session
        for session in off
        if session.held_on not in person.leave_dates
        and any(
            group == session.group_id and first <= session.held_on <= (last or date.max)
            for group, first, last in places
        )
    )
