"""The facilitator signs the sheet, or somebody in their place, who says why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.audit import write_audit
from accounts.keeping import refused_by
from accounts.models import User
from attendance.models import Presence, SignOff
from attendance.sheet.locking import locked_sheet
from attendance.sheet.people import Person, people_of
from attendance.sheet.refusals import CannotSign
from attendance.sheet.session import SIGNING_OPENS
from groups.models import GroupSession
from groups.models.session import GroupSessionQuerySet


def sign_session(
    *, session: GroupSessionQuerySet, reason: str, is_substitute: bool, by: User, now: datetime
) -> SignOff:
    """Sign the sheet; whoever is still in the room has stayed until the end.

    Possible from a quarter of an hour before the end. A substitute says why. While a safety
    answer waits for what was done, the database refuses. Raises GroupSession.DoesNotExist,
    ReadOnly, CannotSign.
    """
    try:
        with transaction.atomic():
            locked = locked_sheet(session, now)
            people = people_of(locked)
            _check_signable(locked, people, reason if is_substitute else "-", now)
            open_stays = Presence.objects.filter(record__session=locked, left_at=None)
            closed = open_stays.update(left_at=locked.ends_at)
            words = reason.strip() if is_substitute else ""
            signed = SignOff.objects.create(
                session=locked, signed_by=by, signed_at=now, reason=words
            )
            facts: dict[str, Any] = {"people": len(people), "stretches_closed": closed}
            facts |= {"is_substitute": is_substitute}
            program_id = locked.group.program.public_id
            write_audit("attendance.signed", by=by, subject=locked, program_id=program_id, **facts)
    except IntegrityError as error:
        if refused_by(error) != "signed_after_safety_answers":
            raise
        words = _("Write what was done about the safety answer first.")
        raise CannotSign(words, is_for_safety=True) from error
    return signed


def _check_signable(
    session: GroupSession, people: Sequence[Person], reason: str, now: datetime
) -> None:
    if now < session.ends_at - SIGNING_OPENS:
        raise CannotSign(_("The sheet can be signed from 15 minutes before the session ends."))
    unmarked = tuple(each.id for each in people if not each.state.has_record)
    if unmarked:
        raise CannotSign(_("Mark everyone before you sign."), unmarked)
    if not reason.strip():
        raise CannotSign(_("Say why you sign in the facilitator's place."))
