"""Short calls for the tests of episodes, and a small program whose group meets on Mondays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from accounts.models import AuditEvent
from groups.episodes.actions import beginnings, discharging, leaves, reversing, transferring
from groups.episodes.going_on import Onward
from groups.models import GroupMembership, MakeUpSeat, WaitingPlace
from groups.schedule.edit import CannotSchedule
from programs.models import Enrollment, EpisodeStep, FollowUp, Leave, Program, Referral
from tests.build import NOW, Day, on

KEPT = (
    AuditEvent,
    Enrollment,
    EpisodeStep,
    FollowUp,
    GroupMembership,
    Leave,
    MakeUpSeat,
    Referral,
    WaitingPlace,
)


def discharge(
    enrollment: Enrollment,
    last_on: Day,
    reason: str = "completed",
    destination: str = "home",
    **fields: Any,
) -> Enrollment:
    given = {"now": NOW, "by": None, **fields}
    return discharging.discharge(
        enrollment=enrollment, last_on=on(last_on), reason=reason, destination=destination, **given
    )


def onward(to: Program, first_on: Day = "2026-11-30", admission: str = "direct", **fields: Any):
    fields["groups"] = tuple(fields.get("groups", ()))
    return Onward(to_program=to, first_on=on(first_on), admission=admission, **fields)


def transfer(enrollment: Enrollment, to: Onward, *, now: datetime = NOW) -> Enrollment:
    return transferring.transfer(enrollment=enrollment, onward=to, now=now, by=None)


def refer_on(enrollment: Enrollment, to: Onward, *, now: datetime = NOW) -> Referral:
    return transferring.refer_on(enrollment=enrollment, onward=to, now=now, by=None)


def leave(
    enrollment: Enrollment, first_on: Day, last_on: Day | None, *, now: datetime = NOW
) -> Leave:
    until = on(last_on) if last_on else None
    return leaves.begin_leave(
        enrollment=enrollment, first_on=on(first_on), last_on=until, reason="ill", now=now, by=None
    )


def back(row: Leave, last_on: Day, *, now: datetime = NOW) -> Leave:
    return leaves.end_leave(leave=row, last_on=on(last_on), now=now, by=None)


def longer(row: Leave, last_on: Day | None, *, now: datetime = NOW) -> Leave:
    until = on(last_on) if last_on else None
    return leaves.extend_leave(leave=row, last_on=until, now=now, by=None)


def stay_after_all(row: Leave, *, now: datetime = NOW) -> Leave:
    return leaves.call_off_leave(leave=row, now=now, by=None)


def put_off(enrollment: Enrollment, admitted_on: Day, *, now: datetime = NOW) -> Enrollment:
    return beginnings.put_off_admission(
        enrollment=enrollment, admitted_on=on(admitted_on), now=now, by=None
    )


def call_off(enrollment: Enrollment, *, now: datetime = NOW) -> Enrollment:
    return beginnings.call_off_enrollment(enrollment=enrollment, now=now, by=None)


def reverse(enrollment: Enrollment, reason: str = "It was somebody else.", *, now: datetime = NOW):
    return reversing.reverse_discharge(enrollment=enrollment, reason=reason, now=now, by=None)


def dates(row: GroupMembership | Leave) -> tuple[str, str | None]:
    """Return the first and the last date as texts, as they are stored now."""
    row.refresh_from_db()
    return row.first_on.isoformat(), row.last_on.isoformat() if row.last_on else None


def steps(enrollment: Enrollment) -> list[tuple[str, str, str]]:
    """Return from where, to where and from which date on, in order."""
    return [
        (each.came_from, each.to, each.takes_effect_on.isoformat())
        for each in EpisodeStep.objects.filter(enrollment=enrollment)
    ]


def refuses(do: Callable[[], object], field: str = "__all__") -> str:
    """Check that nothing changes; return the words at the field."""
    before = [list(model.objects.order_by("pk").values()) for model in KEPT]
    with pytest.raises(CannotSchedule) as caught:
        do()
    assert [list(model.objects.order_by("pk").values()) for model in KEPT] == before
    assert set(caught.value.words) == {field}, caught.value.words
    return " ".join(caught.value.words[field])
