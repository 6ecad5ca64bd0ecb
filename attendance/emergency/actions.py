"""Opening a record in an emergency, closing it, and looking at it afterwards."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import write_audit
from accounts.models import User
from attendance.emergency.telling import tell_directors
from programs.models import EmergencyAccess, Participant, Program
from programs.models.emergency import LASTS


class CannotReview(Exception):
    """It cannot be reviewed; `words` say why."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


@transaction.atomic
def open_record(
    *, person: Participant, program: Program, reason: str, now: datetime, by: User
) -> EmergencyAccess:
    """Open the record to this person for an hour, and tell the program's directors at once.

    Where they have it open already, that one is returned: its hour does not begin anew. Two
    presses at once open it once, since each waits for the other at the person who presses.
    """
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    mine = EmergencyAccess.objects.open_at(now).filter(user=by, participant=person)
    if (already := mine.first()) is not None:
        return already
    access = EmergencyAccess.objects.create(
        program=program,
        participant=person,
        user=by,
        reason=reason.strip(),
        started_at=now,
        # Counted in UTC: an hour is sixty minutes also in the night the clocks change.
        ends_at=now.astimezone(UTC) + LASTS,
    )
    _write("emergency.opened", access, by, told=tell_directors(access, now=now))
    return access


@transaction.atomic
def close_record(*, access: EmergencyAccess, now: datetime, by: User) -> None:
    """Close it before its time; nothing where it is over already."""
    still = EmergencyAccess.objects.open_at(now).filter(pk=access.pk, user=by)
    if still.update(ended_at=now):
        _write("emergency.closed", access, by)


@transaction.atomic
def review_access(*, access: EmergencyAccess, note: str, now: datetime, by: User) -> None:
    """Record that a director has looked at it. Raises CannotReview, with why not."""
    if access.user_id == by.pk:
        raise CannotReview(_("Somebody else reviews it than who opened the record."))
    if EmergencyAccess.objects.open_at(now).filter(pk=access.pk).exists():
        raise CannotReview(_("The record is still open. Review it once it is closed."))
    unseen = EmergencyAccess.objects.unreviewed().filter(pk=access.pk)
    if not unseen.update(reviewed_at=now, reviewed_by=by, review_note=note.strip()):
        raise CannotReview(_("Somebody has reviewed it meanwhile."))
    _write("emergency.reviewed", access, by, has_note=bool(note.strip()))


def _write(verb: str, access: EmergencyAccess, by: User, **detail: Any) -> None:
    write_audit(
        verb,
        by=by,
        subject=access,
        participant_id=access.participant.public_id,
        program_id=access.program.public_id,
        **detail,
    )
