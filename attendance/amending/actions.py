"""A signed record is corrected, with both versions kept."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.audit import write_audit
from accounts.keeping import refused_by
from accounts.models import User
from attendance.amending.refusals import (
    ChangedMeanwhile,
    NotAmended,
    NotSigned,
    refuse_idle,
    refuse_untrue,
)
from attendance.amending.settled import settled
from attendance.amending.whose import person_of
from attendance.models import Amendment
from attendance.sheet.clashes import clashes_of
from attendance.sheet.people import Person
from attendance.sheet.session import moment_of, whole
from attendance.sheet.states import State
from attendance.sheet.writing import Change, write_changes
from groups.models import GroupSession
from groups.models.session import GroupSessionQuerySet
from programs.models import Participant


def amend_record(
    *,
    session: GroupSessionQuerySet,
    participant: Participant,
    target: State,
    reason: str,
    by: User,
    now: datetime,
    seen: State | None = None,
) -> Amendment:
    """Let a signed record say something else from now on; what it said stays readable.

    `session` is the one session, as far as `by` may amend it; it is locked, so that two who amend
    do it one after the other. `seen` is what the record said when it was shown, where that is to
    hold still. Raises GroupSession.DoesNotExist, NotAmended.
    """
    try:
        with transaction.atomic():
            locked = whole(session).select_for_update(of=("self",), no_key=True).get()
            person = _amendable(locked, participant, by, seen)
            wanted = _weighed(locked, person, target, reason, now)
            amendment = _open_record(locked, person, wanted, reason.strip(), by=by, now=now)
            write_changes(locked, [Change(person, wanted)], by=by, now=now)
            _write_trail(amendment, by)
    except IntegrityError as error:
        raise _refusal(error, session, participant, target, by) from error
    return amendment


def _amendable(
    session: GroupSession, participant: Participant, by: User, seen: State | None
) -> Person:
    if not hasattr(session, "sign_off"):
        raise NotSigned(_("This session is not signed yet: mark it on its sheet."))
    person = person_of(session, participant, by)
    if person is None:
        raise NotAmended(_("This person was not enrolled on that day, as far as you may know."))
    if seen is not None and seen != person.state:
        raise ChangedMeanwhile(_("Somebody amended this record a moment ago. Look at it again."))
    return person


def _weighed(
    session: GroupSession, person: Person, target: State, reason: str, now: datetime
) -> State:
    """Return the state that is to be written, once it is known that it can be."""
    moment = moment_of(session, now)
    wanted = settled(target, moment)
    refuse_untrue(target, moment)
    refuse_untrue(wanted, moment)
    refuse_idle(wanted, person.state, is_expected=person.is_expected, reason=reason)
    return wanted


def _open_record(
    session: GroupSession, person: Person, wanted: State, reason: str, *, by: User, now: datetime
) -> Amendment:
    """Make the row that opens the record for this transaction; the database says what it was."""
    amendment = Amendment.objects.create(
        session=session,
        participant=person.participant,
        after=str(wanted),
        reason=reason,
        amended_by=by,
        amended_at=now,
    )
    amendment.refresh_from_db(fields=["before", "transaction"])
    return amendment


def _write_trail(amendment: Amendment, by: User) -> None:
    write_audit(
        "attendance.amended",
        by=by,
        subject=amendment,
        participant_id=amendment.participant.public_id,
        program_id=amendment.session.group.program.public_id,
        session=str(amendment.session.public_id),
    )


def _refusal(
    error: IntegrityError,
    session: GroupSessionQuerySet,
    participant: Participant,
    target: State,
    by: User,
) -> Exception:
    """Say in words what the database refused; what it should never have to refuse is a fault."""
    if refused_by(error) != "presence_no_minute_twice":
        return error
    said = clashes_of(session.get(), [(participant, target)], by)
    return NotAmended(said[participant.public_id], field="arrived")
