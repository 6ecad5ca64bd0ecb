"""What the tests of enrolling share: the form as it is sent, and plans."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.utils import timezone

from groups.enrolling.actions import Plan
from groups.models import TherapyGroup
from programs.models import Channel, Participant, Program
from programs.weeks import local_date
from tests import build

NEXT = "2026-11-30"


def boxes(name: str, *parts: Any) -> dict[str, str]:
    """Return a date in its three boxes, as it is sent."""
    return {f"{name}_{place}": str(part) for place, part in enumerate(parts)}


def filled(program: Program, *groups: TherapyGroup, **change: Any) -> dict[str, Any]:
    """Return the form as it is sent."""
    today = local_date(timezone.now(), program.zone)
    first = today + timedelta(days=-today.weekday() % 7)
    last = first + timedelta(weeks=10)
    return {
        "act": "enroll",
        "proposed_id": str(uuid.uuid4()),
        "first_name": "Leila",
        "last_name": "Farah",
        **boxes("birth_date", "3", "9", "1990"),
        "language": "en",
        "phone": "(402) 555-0142",
        "email": "",
        "chart_number": "C-9001",
        **boxes("admitted_on", first.month, first.day, first.year),
        **boxes("planned_discharge_on", last.month, last.day, last.year),
        "admission": "direct",
        "came_from": "",
        "ordered_hours": "",
        "ordered_days": "",
        "groups": [str(group.public_id) for group in groups],
        "email_consent": "no",
        "sms_consent": "yes",
        "taken_how": "in_person",
        **change,
    }


def a_plan(program: Program, *groups: TherapyGroup, **change: Any) -> Plan:
    """A plan for somebody on record, from the next Monday on, without consents."""
    person: Participant = change.pop("participant", None) or build.a_participant()
    facts = {
        "public_id": uuid.uuid4(),
        "admitted_on": build.on(NEXT),
        "admission": "direct",
        "planned_discharge_on": build.on("2027-01-29"),
        "ordered_minutes": None,
        "consents": dict.fromkeys(Channel, False),
        **change,
    }
    return Plan(program=program, participant=person, groups=groups, **facts)
