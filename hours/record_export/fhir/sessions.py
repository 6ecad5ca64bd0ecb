"""Group, Appointment and Encounter: what somebody was to come to, and what they came to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from attendance.models import AttendanceRecord, Presence
from groups.models import GroupMembership, GroupSession
from hours.record_export.fhir.people import Resource, ref
from programs.models import Enrollment

ACT = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
UCUM = "http://unitsofmeasure.org"


def groups(memberships: Iterable[GroupMembership], patient_id: object) -> list[Resource]:
    """Return each Group once, with this person's times in it and nobody else's."""
    found: dict[object, Resource] = {}
    for each in memberships:
        group = found.setdefault(
            each.group.public_id,
            {
                "resourceType": "Group",
                "id": str(each.group.public_id),
                "type": "person",
                "actual": True,
                "name": each.group.name,
                "member": [],
            },
        )
        period = {"start": each.first_on.isoformat()}
        if each.last_on:
            period["end"] = each.last_on.isoformat()
        group["member"].append({"entity": ref(patient_id), "period": period})
    return list(found.values())


def appointment(
    session: GroupSession, record: AttendanceRecord | None, patient_id: object, zone: ZoneInfo
) -> Resource:
    """Return the Appointment: booked while it is to come, then fulfilled or not."""
    status = "booked"
    if record is not None:
        status = "noshow" if record.absence else "fulfilled"
    return {
        "resourceType": "Appointment",
        "id": str(session.public_id),
        "status": status,
        "description": session.group.name,
        "start": instant(session.starts_at, zone),
        "end": instant(session.ends_at, zone),
        "minutesDuration": minutes(session.starts_at, session.ends_at),
        "participant": [{"actor": ref(patient_id), "status": "accepted"}],
    }


def encounter(
    record: AttendanceRecord,
    stretches: list[Presence],
    stay: Enrollment | None,
    patient_id: object,
    zone: ZoneInfo,
) -> Resource:
    """Return the Encounter of who came: from when to when, and how many minutes of it present."""
    session = record.session
    times = [(each.arrived_at, each.left_at or session.ends_at) for each in stretches]
    present = sum(minutes(*each) for each in times)
    kind = "VR" if record.is_by_video else "AMB"
    made: dict[str, Any] = {
        "resourceType": "Encounter",
        "id": str(record.public_id),
        "status": "finished",
        "class": {"system": ACT, "code": kind},
        "type": [{"text": session.group.name}],
        "subject": ref(patient_id),
        "appointment": [ref(session.public_id)],
        "period": _period(times, zone),
        "length": {"value": present, "unit": "min", "system": UCUM, "code": "min"},
    }
    if stay:
        made["episodeOfCare"] = [ref(stay.public_id)]
    return made


def _period(times: list[tuple[datetime, datetime]], zone: ZoneInfo) -> dict[str, str]:
    """Return from when to when, over all the stretches."""
    starts, ends = zip(*times, strict=True)
    return {"start": instant(min(starts), zone), "end": instant(max(ends), zone)}


def instant(moment: datetime, zone: ZoneInfo) -> str:
    """Return the moment with the site's offset, to the second as FHIR's instants have it."""
    return moment.astimezone(zone).isoformat(timespec="seconds")


def minutes(start: datetime, end: datetime) -> int:
    """Return the whole minutes between two moments."""
    return max(0, int((end - start).total_seconds()) // 60)
