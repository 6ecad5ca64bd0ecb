"""Everything of one participant in a program as one bundle; references stay inside it."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta

from django.db.models import Q

from attendance.models import AttendanceRecord, Presence
from groups.models import GroupMembership, GroupSession
from groups.roster import expected_in
from hours.record_export.fhir.people import (
    Resource,
    agreement,
    consent_to_contact,
    episode_of_care,
    patient,
)
from hours.record_export.fhir.sessions import appointment, encounter, groups
from programs.models import Agreement, ContactConsent, Enrollment, Participant, Program
from programs.weeks import local_date

# How far ahead appointments are told: what is further on will change.
AHEAD = timedelta(days=28)


def bundle_of(person: Participant, program: Program, *, now: datetime) -> Resource:
    """Return a FHIR R4 Bundle of type collection."""
    today = local_date(now, program.zone)
    stays = list(
        Enrollment.objects.of_person(person).filter(program=program).select_related("program")
    )
    whose = Q(participant=person) | Q(participant__merged_into=person)
    found = [patient(person)]
    found += [episode_of_care(stay, person.public_id, today) for stay in stays]
    found += groups(_memberships(stays), person.public_id)
    found += _sessions(person, program, stays, now)
    found += [
        consent_to_contact(each, person.public_id)
        for each in ContactConsent.objects.filter(whose).order_by("given_at")
    ]
    found += [
        agreement(each, person.public_id, today)
        for each in Agreement.objects.filter(whose).order_by("given_on")
    ]
    return {
        "resourceType": "Bundle",
        "type": "collection",
        "timestamp": now.astimezone(program.zone).isoformat(timespec="seconds"),
        "entry": [{"fullUrl": f"urn:uuid:{each['id']}", "resource": each} for each in found],
    }


def _memberships(stays: list[Enrollment]) -> list[GroupMembership]:
    found = GroupMembership.objects.filter(enrollment__in=stays).select_related("group")
    return list(found.order_by("first_on"))


def _sessions(
    person: Participant, program: Program, stays: list[Enrollment], now: datetime
) -> list[Resource]:
    """Return an Appointment for each session recorded or soon to come, and the Encounters."""
    whose = Q(participant=person) | Q(participant__merged_into=person)
    records = AttendanceRecord.objects.filter(whose, session__group__program=program)
    made: list[Resource] = []
    stretches = _stretches(whose, program)
    seen: set[int] = set()
    for record in records.select_related("session__group").order_by("session__starts_at"):
        seen.add(record.session_id)
        made.append(appointment(record.session, record, person.public_id, program.zone))
        if present := stretches.get(record.pk):
            stay = _stay_on(stays, record.session)
            made.append(encounter(record, present, stay, person.public_id, program.zone))
    for session in _coming(stays, program, now):
        if session.pk not in seen:
            made.append(appointment(session, None, person.public_id, program.zone))
    return made


def _stretches(whose: Q, program: Program) -> dict[int, list[Presence]]:
    found: dict[int, list[Presence]] = defaultdict(list)
    rows = Presence.objects.filter(whose, session__group__program=program)
    for each in rows.order_by("arrived_at"):
        found[each.record_id].append(each)
    return found


def _stay_on(stays: list[Enrollment], session: GroupSession) -> Enrollment | None:
    """Return the episode that covers the session's date."""
    for stay in stays:
        is_over = stay.discharged_on is not None and stay.discharged_on < session.held_on
        if stay.admitted_on <= session.held_on and not is_over:
            return stay
    return None


def _coming(stays: list[Enrollment], program: Program, now: datetime) -> list[GroupSession]:
    """Return the sessions of the next weeks at which the person is expected."""
    soon = GroupSession.objects.filter(
        group__program=program, starts_at__gt=now, starts_at__lte=now + AHEAD, status="scheduled"
    )
    sessions = list(soon.select_related("group").order_by("starts_at"))
    expected = expected_in(session.pk for session in sessions)
    mine = {stay.pk for stay in stays}
    return [session for session in sessions if mine & expected.get(session.pk, frozenset())]
