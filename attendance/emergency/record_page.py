"""All that one needs of a record in an emergency, on one page that changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from attendance.emergency.care import care_section
from attendance.emergency.safety import Safety, safety_of
from attendance.emergency.written import PlanPart, SignedNote, notes_of, plan_of
from programs.models import EmergencyAccess
from programs.profile.page import Section, sections_of
from programs.weeks import local_date


@dataclass(frozen=True)
class RecordPage:
    """Everything the template reads."""

    access: EmergencyAccess
    name: str
    sections: tuple[Section, ...]
    safe_contact: str
    safety: Safety
    notes: tuple[SignedNote, ...]
    plan: tuple[PlanPart, ...]


def record_page(access: EmergencyAccess, *, now: datetime) -> RecordPage:
    """Return the page of an open access; the same few statements for anybody."""
    person, program = access.participant, access.program
    today = local_date(now, program.zone)
    who, reach, emergency = sections_of(person, program, today=today)
    return RecordPage(
        access=access,
        name=f"{person.preferred_name or person.first_name} {person.last_name}",
        sections=(emergency, who, care_section(person, program, now=now), reach),
        safe_contact=person.safe_contact,
        safety=safety_of(person, program.zone),
        notes=notes_of(person, program.zone),
        plan=plan_of(person),
    )
