"""A small program for the tests of who is in a group: people in order, and short calls."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from accounts.models import AuditEvent
from groups.joining.actions.members import Freed, end_membership, join_group, move_member
from groups.joining.actions.waiting import ask_to_wait, promote_waiting
from groups.joining.stay import Stay
from groups.models import GroupMembership, TherapyGroup, WaitingPlace
from groups.schedule.edit import CannotSchedule
from programs.models import Enrollment, Program
from tests import build
from tests.build import NOW, Day, on

# The group meets on Mondays; NOW is a Wednesday, so its next session is on this date.
NEXT = "2026-11-30"
WHY = "The team agreed to it."


def a_weekly_group(program: Program, capacity: int = 2, **fields: Any) -> TherapyGroup:
    """A group that meets on Mondays from 9 to 12, with sessions in the calendar for five weeks."""
    group = build.a_group(program, capacity=capacity, **fields)
    pattern = build.a_pattern(group)
    for day in ("2026-11-16", "2026-11-23", NEXT, "2026-12-07", "2026-12-14"):
        build.a_session(group, day, pattern=pattern)
    return group


def somebody(program: Program, first_name: str = "Ada", **fields: Any) -> Enrollment:
    """Somebody of that name, enrolled in the program."""
    return build.an_enrollment(program, build.a_participant(first_name=first_name), **fields)


def join(
    group: TherapyGroup,
    enrollment: Enrollment,
    first_on: Day = NEXT,
    last_on: Day | None = None,
    *,
    now: datetime = NOW,
    by: Any = None,
    override: str = "",
) -> GroupMembership:
    until = on(last_on) if last_on else None
    stay = Stay(group, enrollment, on(first_on), until)
    return join_group(stay=stay, override=override, now=now, by=by)


def move(
    place: GroupMembership,
    to: TherapyGroup,
    first_on: Day = NEXT,
    *,
    now: datetime = NOW,
    override: str = "",
) -> Freed:
    return move_member(
        place=place, to=to, first_on=on(first_on), override=override, now=now, by=None
    )


def end(place: GroupMembership, last_on: Day, *, now: datetime = NOW) -> Freed:
    return end_membership(place=place, last_on=on(last_on), now=now, by=None)


def wait(group: TherapyGroup, enrollment: Enrollment, *, now: datetime = NOW) -> WaitingPlace:
    return ask_to_wait(group=group, enrollment=enrollment, now=now, by=None)


def refuses(do: Callable[[], object], field: str = "", kind: str = "") -> str:
    """Check that nothing changes; return the words at the field, where no warning is why."""
    counts = [model.objects.count() for model in (AuditEvent, GroupMembership, WaitingPlace)]
    places = list(GroupMembership.objects.order_by("pk").values())
    with pytest.raises(CannotSchedule) as caught:
        do()
    assert [each.objects.count() for each in (AuditEvent, GroupMembership, WaitingPlace)] == counts
    assert list(GroupMembership.objects.order_by("pk").values()) == places
    if kind:
        assert {each.kind for each in caught.value.clashes} == {kind}
        assert caught.value.needs_reason
        return ""
    return " ".join(caught.value.words[field])


def promote(group: TherapyGroup, *, now: datetime = NOW) -> list[Enrollment]:
    """Return who came in, in order."""
    came = promote_waiting(group=group, now=now, by=None)
    return [place.enrollment for place in came]
