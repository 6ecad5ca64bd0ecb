"""The notes are signed, and co-signed where the signer's credential asks for it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.audit import write_audit
from accounts.keeping import refused_by
from accounts.models import User
from attendance.models import Cosignature, NotesSignOff
from attendance.notes.cautions import Caution, cautions_of
from attendance.notes.refusals import AlreadySigned, CannotSign
from attendance.notes.session import whole
from attendance.notes.signing import due_at, needs_cosignature
from attendance.notes.written import Written, written_of
from groups.models import GroupSession
from groups.models.session import GroupSessionQuerySet
from programs.models import record_rule_on


def sign_notes(
    *, session: GroupSessionQuerySet, seen: str, reason: str, by: User, now: datetime
) -> NotesSignOff:
    """Sign the notes of the one session, as far as `by` may write them (it says `is_mine`).

    `seen` is the fingerprint of what was read before signing. Who does not lead the session, and
    who signs in spite of a caution, says why. Raises GroupSession.DoesNotExist, AlreadySigned,
    CannotSign.
    """
    try:
        with transaction.atomic():
            # Locked first and read then: so nothing that was written just before is overlooked.
            session.select_for_update(of=("self",), no_key=True).get()
            found = whole(session).get()
            written = written_of(found)
            cautions = cautions_of(written)
            is_substitute = not found.is_mine  # type: ignore[attr-defined]
            _check_signable(written, cautions, seen, reason, is_substitute)
            needs_reason = is_substitute or bool(cautions)
            signed = _signed(found, reason if needs_reason else "", by=by, now=now)
            facts: dict[str, Any] = {"cautions": len(cautions), "is_substitute": is_substitute}
            _write_trail(signed, written, by=by, **facts)
    except IntegrityError as error:
        raise _refusal(error) from error
    return signed


@transaction.atomic
def cosign_notes(*, notes: NotesSignOff, by: User, now: datetime) -> Cosignature:
    """Put the second signature under somebody else's notes. Raises CannotSign."""
    if not notes.is_cosignature_needed:
        raise CannotSign(_("These notes need no co-signature."))
    if notes.signed_by_id == by.pk:
        raise CannotSign(_("Nobody co-signs their own notes."))
    try:
        with transaction.atomic():
            cosigned = Cosignature.objects.create(notes=notes, signed_by=by, signed_at=now)
    except IntegrityError as error:
        if not refused_by(error).startswith("attendance_cosignature_notes_id"):
            raise
        raise CannotSign(_("These notes are co-signed already.")) from error
    program_id = notes.session.group.program.public_id
    write_audit("notes.cosigned", by=by, subject=notes.session, program_id=program_id)
    return cosigned


def _write_trail(signed: NotesSignOff, written: Written, *, by: User, **facts: Any) -> None:
    write_audit(
        "notes.signed",
        by=by,
        subject=written.session,
        program_id=written.session.group.program.public_id,
        people=len(written.parts),
        is_late=signed.is_late,
        **facts,
    )


def _signed(session: GroupSession, reason: str, *, by: User, now: datetime) -> NotesSignOff:
    rule = record_rule_on(session.group.program, session.held_on)
    return NotesSignOff.objects.create(
        session=session,
        signed_by=by,
        signed_at=now,
        due_at=due_at(session.ends_at, rule.notes_due_hours),
        is_cosignature_needed=needs_cosignature(by.credential, rule.cosigned_credentials),
        reason=reason.strip(),
    )


def _check_signable(
    written: Written,
    cautions: tuple[Caution, ...],
    seen: str,
    reason: str,
    is_substitute: bool,
) -> None:
    if hasattr(written.session, "notes_sign_off"):
        raise AlreadySigned
    if not hasattr(written.session, "sign_off"):
        raise CannotSign(_("Sign the attendance first: its sheet is still open."))
    if seen != written.fingerprint:
        raise CannotSign(_("The notes have changed since you read them. Read them again."))
    if not reason.strip() and is_substitute:
        raise CannotSign(_("Say why you sign in the facilitator's place."), cautions)
    if not reason.strip() and cautions:
        raise CannotSign(_("Say why you sign in spite of what is listed."), cautions)


def _refusal(error: IntegrityError) -> Exception:
    name = refused_by(error)
    if name == "notes_are_signed_after_attendance":
        return CannotSign(_("Sign the attendance first: its sheet is still open."))
    if name.startswith("attendance_notessignoff_session_id"):
        return AlreadySigned()
    return error
