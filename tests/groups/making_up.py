"""A small program for the tests of make-up seats: sessions ahead, guests, and short calls."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from accounts.models import AuditEvent
from groups.making_up.actions import give_back_seat, take_seat
from groups.models import GroupSession, MakeUpSeat
from groups.schedule.edit import CannotSchedule
from programs.models import Enrollment
from tests.build import NOW


def take(
    session: GroupSession,
    enrollment: Enrollment,
    *,
    now: datetime = NOW,
    makes_up: GroupSession | None = None,
    by: Any = None,
) -> MakeUpSeat:
    return take_seat(session=session, enrollment=enrollment, makes_up=makes_up, now=now, by=by)


def give_back(seat: MakeUpSeat, *, now: datetime = NOW, by: Any = None) -> MakeUpSeat:
    return give_back_seat(seat=seat, now=now, by=by)


def refuses(do: Callable[[], object]) -> str:
    """Check that nothing changes, and return the words."""
    before = (list(MakeUpSeat.objects.order_by("pk").values()), AuditEvent.objects.count())
    with pytest.raises(CannotSchedule) as caught:
        do()
    assert (list(MakeUpSeat.objects.order_by("pk").values()), AuditEvent.objects.count()) == before
    return " ".join(words for said in caught.value.words.values() for words in said)
