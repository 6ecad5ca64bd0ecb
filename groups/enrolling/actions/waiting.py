"""Somebody who was to be enrolled waits for a seat in the program instead."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.core.exceptions import NON_FIELD_ERRORS
from django.db import transaction

from accounts.audit import write_audit
from accounts.keeping import NotKept
from accounts.models import User
from programs.models import EnrollmentDraft, Referral, Standing
from programs.referring.actions import Call, CannotMove, move_referral, take_call
from programs.referring.open_call import open_call_of


def wait_for_program(
    *, call: Call, draft_id: uuid.UUID, now: datetime, by: User | None
) -> Referral:
    """Put the person on the program's waiting list: by their open call, else by a new one.

    The draft of the enrollment goes with it. Raises NotKept with words by field.
    """
    with transaction.atomic():
        referral = _on_the_list(call, now, by)
        EnrollmentDraft.objects.filter(public_id=draft_id, kept_by=by).delete()
        write_audit(
            "enrollment.waits",
            by=by,
            subject=referral,
            participant_id=referral.participant.public_id,
            program_id=call.program.public_id,
        )
        return referral


def _on_the_list(call: Call, now: datetime, by: User | None) -> Referral:
    person = call.participant
    standing = open_call_of(person, call.program).first() if person.pk else None
    if standing is None:
        return take_call(call=call, waits=True, now=now, by=by)
    try:
        move_referral(referral=standing, to=Standing.WAITLISTED, now=now, by=by)
    except CannotMove as refused:
        raise NotKept({NON_FIELD_ERRORS: [str(refused)]}) from refused
    return standing
