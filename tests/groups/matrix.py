"""What is sent to set up the Matrix schedule, as a page sends it."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from groups.offering.matrix_parts import PARTS
from programs.models import Program
from programs.weeks import local_date


def next_week(program: Program) -> date:
    """The first day of the program's coming week, by the clock."""
    return program.week_of(local_date(timezone.now(), program.zone)).moved(1).first_on


def matrix_post(first_on: date, leader: User | None = None, **changes: Any) -> dict[str, Any]:
    """The form as it is suggested, led by one person, the changes made."""
    sent: dict[str, Any] = {
        "proposed_id": str(uuid.uuid4()),
        "first_on_0": first_on.month,
        "first_on_1": first_on.day,
        "first_on_2": first_on.year,
        "capacity": 12,
    }
    for part in PARTS:
        sent |= {f"{part.slug}_name": str(part.name), f"{part.slug}_minutes": part.minutes}
        sent[f"{part.slug}_leader"] = str(leader.public_id) if leader else ""
        for number, weekday in zip(part.slots, part.weekdays, strict=True):
            sent[f"{part.slug}_weekday_{number}"] = weekday
            sent[f"{part.slug}_starts_{number}"] = part.starts
    return {**sent, **changes}


def day_boxes(day: date) -> dict[str, int]:
    """The first day as its three boxes."""
    return {"first_on_0": day.month, "first_on_1": day.day, "first_on_2": day.year}


A_DAY = timedelta(days=1)
