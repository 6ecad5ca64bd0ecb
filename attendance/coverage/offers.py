"""Seats offered to one person: the sessions that would give them a lesson, as buttons."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass

from attendance.coverage.cells import Cell, CoveredPerson
from attendance.coverage.seats import Seats, offers_for
from attendance.coverage.sittings import Sitting
from groups.wording import clock, short_day
from programs.models import Program

# How many are offered for one lesson, the earliest ones.
OFFERED = 3


@dataclass(frozen=True)
class Offer:
    """A seat in one session."""

    session_id: uuid.UUID
    group: str
    when: str


def offers_of(
    person: CoveredPerson,
    cell: Cell,
    sittings: Collection[Sitting],
    seats: Seats,
    *,
    program: Program,
) -> tuple[Offer, ...]:
    """Return the first few seats that would give the person the lesson; one for each session."""
    zone = program.zone
    return tuple(
        Offer(
            session_id=each.session_id,
            group=each.group,
            when=f"{short_day(each.held_on)}, {clock(each.starts_at, zone)}",
        )
        for each in offers_for(person, cell, sittings, seats)[:OFFERED]
    )
