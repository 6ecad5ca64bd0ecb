"""When somebody absent said that they would not come, and why, goes on their record."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.audit import write_audit
from accounts.models import User
from attendance.models import AttendanceRecord
from attendance.sheet.locking import locked_sheet
from attendance.sheet.people import Details, Person, people_of
from attendance.sheet.versions import version_of
from groups.models import GroupSession
from groups.models.session import GroupSessionQuerySet


class NotAbsent(Exception):
    """This person is not marked absent, so there is nothing to explain."""


class NewerAbsence(Exception):
    """Somebody else explained it meanwhile: `person` as they are stored now."""

    def __init__(self, person: Person) -> None:
        super().__init__()
        self.person = person


def explain_absence(
    *,
    session: GroupSessionQuerySet,
    participant_id: uuid.UUID,
    details: Details,
    version: str,
    by: User,
    now: datetime,
) -> Person:
    """Put notice and reason of an absence on record, and return the person as stored then.

    `version` is the one that the writer wrote from; the same words twice change nothing. Raises
    GroupSession.DoesNotExist, ReadOnly, NotAbsent, NewerAbsence.
    """
    with transaction.atomic():
        locked = locked_sheet(session, now)
        person = _absent(locked, participant_id)
        if person.details == details:
            return person
        if version != version_of(person.details):
            raise NewerAbsence(person)
        known: dict[str, Any] = {"recorded_at": now, "recorded_by": by, "mark_id": None}
        known |= {"notice_at": details.notice_at, "reason": details.reason}
        AttendanceRecord.objects.filter(pk=person.record_id or 0).update(**known)
        _write_trail(locked, person, details, by=by)
    recorder: dict[str, Any] = {"recorded_at": now, "recorded_by_id": by.pk, "recorded_by": by.name}
    return replace(person, details=details, **recorder)


def _absent(session: GroupSession, participant_id: uuid.UUID) -> Person:
    people = people_of(session)
    person = next((each for each in people if each.id == participant_id), None)
    if person is None or not person.state.absence:
        raise NotAbsent
    return person


def _write_trail(session: GroupSession, person: Person, details: Details, *, by: User) -> None:
    write_audit(
        "attendance.absence_explained",
        by=by,
        subject=session,
        participant_id=person.id,
        program_id=session.group.program.public_id,
        has_notice=details.notice_at is not None,
        has_reason=bool(details.reason),
    )
