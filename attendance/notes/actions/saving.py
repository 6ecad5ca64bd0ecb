"""Notes are saved as they are typed, and added to once they are signed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.db import IntegrityError, transaction

from accounts.audit import write_audit
from accounts.keeping import refused_by
from accounts.models import User
from attendance.models import GroupNote, NoteAddendum, ParticipantNote
from attendance.notes.refusals import AlreadySigned, NewerNote, NotOpen, NotSigned
from attendance.notes.session import why_closed
from groups.models import GroupSession
from programs.models import Participant

Note = TypeVar("Note", GroupNote, ParticipantNote)
ONCE = ("participant_note_once", "attendance_groupnote_session_id")
SIGNED = ("signed_group_note_stays", "signed_participant_note_stays")


@transaction.atomic
def save_group_note(
    *, session: GroupSession, values: Mapping[str, Any], version: int, by: User, now: datetime
) -> GroupNote | None:
    """Keep the part for every chart, where `version` is the one it was typed over.

    `session` comes with the stored part. The same again changes nothing; None while nothing is
    written. Raises NewerNote, AlreadySigned, NotOpen.
    """
    stored: GroupNote | None = getattr(session, "group_note", None)
    row = GroupNote(session=session)
    return _save(row, stored, values, version, by=by, now=now)


@transaction.atomic
def save_person_note(
    *,
    session: GroupSession,
    participant: Participant,
    stored: ParticipantNote | None,
    values: Mapping[str, Any],
    version: int,
    by: User,
    now: datetime,
) -> ParticipantNote | None:
    """Keep one person's part; fields that `values` does not name stay as they are.

    `stored` is the part as it was read. The same again changes nothing; None while nothing is
    written. Raises NewerNote, AlreadySigned, NotOpen.
    """
    row = ParticipantNote(session=session, participant=participant)
    return _save(row, stored, values, version, by=by, now=now)


def add_addendum(
    *,
    session: GroupSession,
    participant: Participant | None,
    text: str,
    reason: str,
    by: User,
    now: datetime,
) -> NoteAddendum:
    """Add words to signed notes: to somebody's own part, or to the group part. Raises NotSigned."""
    try:
        with transaction.atomic():
            addendum = NoteAddendum.objects.create(
                session=session,
                participant=participant,
                text=text,
                reason=reason,
                written_by=by,
                written_at=now,
            )
            _write_trail("note.added_to", addendum, session, participant, by=by)
    except IntegrityError as error:
        if refused_by(error) == "addendum_to_signed_notes":
            raise NotSigned from error
        raise
    return addendum


def _save(
    row: Note,
    stored: Note | None,
    values: Mapping[str, Any],
    version: int,
    *,
    by: User,
    now: datetime,
) -> Note | None:
    """Write the values into the stored note, or into a new row; one of two at once wins."""
    if _says(stored, values) or (stored is None and version == 0 and not any(values.values())):
        return stored
    _check_open(row.session, now)
    if version != (stored.version if stored else 0):
        raise NewerNote(stored)
    note = stored or row
    facts = {**values, "written_by": by, "written_at": now, "version": version + 1}
    _fill(note, facts)
    try:
        with transaction.atomic():
            is_kept = _write(row, stored, facts, version)
            if is_kept:
                _trail_of(note, row, by=by)
    except IntegrityError as error:
        is_kept = _lost_to_another(error)
    return note if is_kept else _newer(row, values)


def _fill(note: GroupNote | ParticipantNote, facts: Mapping[str, Any]) -> None:
    for name, value in facts.items():
        setattr(note, name, value)


def _check_open(session: GroupSession, now: datetime) -> None:
    words = why_closed(session, now)
    if hasattr(session, "notes_sign_off"):
        raise AlreadySigned
    if words:
        raise NotOpen(words)


def _lost_to_another(error: IntegrityError) -> bool:
    """Say that nothing was kept where somebody else began the note first; else raise why."""
    if refused_by(error) in SIGNED:
        raise AlreadySigned from error
    if not refused_by(error).startswith(ONCE):
        raise error
    return False


def _write(row: Note, stored: Note | None, facts: Mapping[str, Any], version: int) -> bool:
    """Write it; say no where somebody else wrote meanwhile."""
    if stored is None:
        row.save(force_insert=True)
        return True
    rows = type(stored)._default_manager.filter(pk=stored.pk, version=version)
    return bool(rows.update(**facts))


def _newer(row: Note, values: Mapping[str, Any]) -> Note:
    """Return what somebody else wrote meanwhile where it says the same; else raise NewerNote."""
    mine: dict[str, Any] = {"session": row.session}
    if isinstance(row, ParticipantNote):
        mine["participant"] = row.participant
    found = type(row)._default_manager.select_related("written_by").get(**mine)
    if not _says(found, values):
        raise NewerNote(found)
    return found


def _says(stored: Note | None, values: Mapping[str, Any]) -> bool:
    return stored is not None and all(
        getattr(stored, name) == value for name, value in values.items()
    )


def _trail_of(note: Note, row: Note, *, by: User) -> None:
    """Write the line of a note; `row` knows whose it is, and where, without a statement."""
    participant = row.participant if isinstance(row, ParticipantNote) else None
    _write_trail("note.saved", note, row.session, participant, by=by, version=note.version)


def _write_trail(
    verb: str,
    subject: Any,
    session: GroupSession,
    participant: Participant | None,
    *,
    by: User,
    **facts: Any,
) -> None:
    write_audit(
        verb,
        by=by,
        subject=subject,
        participant_id=participant.public_id if participant else None,
        program_id=session.group.program.public_id,
        session=str(session.public_id),
        **facts,
    )
