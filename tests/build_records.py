"""Builders of what a session leaves behind: check-ins, notes, signatures, amendments, outreach."""

from __future__ import annotations

from datetime import date
from typing import Any

from accounts.models import User
from attendance.models import (
    Amendment,
    CheckIn,
    Cosignature,
    GroupNote,
    NoteAddendum,
    NotesSignOff,
    Outreach,
    OutreachAttempt,
    ParticipantNote,
    SafetyAlert,
    SignOff,
)
from groups.models import GroupSession
from programs.models import Enrollment, Participant, Program, RecordRule
from reminders.models import StaffNotice
from tests.build import NOW, a_participant, a_program, a_session, a_sign_off, a_user, an_enrollment
from tests.build_reminders import a_notice


def a_record_rule(program: Program | None = None, **fields: Any) -> RecordRule:
    """A rule with every default, from long before the tests' dates."""
    defaults = {"effective_from": date(2026, 1, 1), "citation": "Example rule 5.6"}
    return RecordRule.objects.create(program=program or a_program(), **{**defaults, **fields})


def a_check_in(
    session: GroupSession | None = None, participant: Participant | None = None, **fields: Any
) -> CheckIn:
    """A calm check-in, typed by a facilitator at NOW."""
    defaults = {"mood": 6, "craving": 2, "safety": "no", "taken_at": NOW}
    return CheckIn.objects.create(
        session=session or a_session(),
        participant=participant or a_participant(),
        **{"entered_by": fields.pop("entered_by", None) or a_user(), **defaults, **fields},
    )


def a_safety_alert(check_in: CheckIn | None = None, **fields: Any) -> SafetyAlert:
    """An alert that nobody has acknowledged yet."""
    return SafetyAlert.objects.create(
        check_in=check_in or a_check_in(safety="yes"), **{"raised_at": NOW, **fields}
    )


def a_group_note(session: GroupSession | None = None, **fields: Any) -> GroupNote:
    defaults = {"topic": "Early signs of a craving", "written_at": NOW}
    return GroupNote.objects.create(
        session=session or a_session(),
        **{"written_by": fields.pop("written_by", None) or a_user(), **defaults, **fields},
    )


def a_participant_note(
    session: GroupSession | None = None, participant: Participant | None = None, **fields: Any
) -> ParticipantNote:
    defaults = {
        "participation": "active",
        "response": "Named two early signs.",
        "plan": "Practise the wave exercise.",
        "written_at": NOW,
    }
    return ParticipantNote.objects.create(
        session=session or a_session(),
        participant=participant or a_participant(),
        **{"written_by": fields.pop("written_by", None) or a_user(), **defaults, **fields},
    )


def signed_notes(
    session: GroupSession | None = None, by: User | None = None, **fields: Any
) -> NotesSignOff:
    """Signed notes, and signed attendance beneath them, where it was not signed yet."""
    session = session or a_session()
    by = by or a_user()
    if not SignOff.objects.filter(session=session).exists():
        a_sign_off(session, by)
    defaults = {"signed_at": NOW, "due_at": NOW}
    return NotesSignOff.objects.create(session=session, signed_by=by, **{**defaults, **fields})


def a_cosignature(notes: NotesSignOff | None = None, **fields: Any) -> Cosignature:
    defaults = {"signed_at": NOW}
    return Cosignature.objects.create(
        notes=notes or signed_notes(),
        **{"signed_by": fields.pop("signed_by", None) or a_user(), **defaults, **fields},
    )


def an_addendum(session: GroupSession | None = None, **fields: Any) -> NoteAddendum:
    defaults = {"text": "He called back.", "reason": "Learned later.", "written_at": NOW}
    return NoteAddendum.objects.create(
        session=session or signed_notes().session,
        **{"written_by": fields.pop("written_by", None) or a_user(), **defaults, **fields},
    )


def an_amendment(session: GroupSession, participant: Participant, **fields: Any) -> Amendment:
    """The row alone: whoever changes the record in the same transaction keeps its word."""
    defaults = {"reason": "Marked in the wrong row.", "amended_at": NOW}
    return Amendment.objects.create(
        session=session,
        participant=participant,
        **{"amended_by": fields.pop("amended_by", None) or a_user(), **defaults, **fields},
    )


def an_outreach(
    enrollment: Enrollment | None = None, session: GroupSession | None = None, **fields: Any
) -> Outreach:
    """An open one after a first absence, due at once."""
    defaults = {"kind": "first_absence", "opened_at": NOW, "due_at": NOW}
    return Outreach.objects.create(
        enrollment=enrollment or an_enrollment(),
        session=session or a_session(),
        **{"owned_by": fields.pop("owned_by", None) or a_user(), **defaults, **fields},
    )


def an_attempt(outreach: Outreach | None = None, **fields: Any) -> OutreachAttempt:
    defaults = {"tried_at": NOW, "way": "phone", "outcome": "left_message", "entered_at": NOW}
    return OutreachAttempt.objects.create(
        outreach=outreach or an_outreach(),
        **{"entered_by": fields.pop("entered_by", None) or a_user(), **defaults, **fields},
    )


def a_staff_notice(program: Program | None = None, **fields: Any) -> StaffNotice:
    """A notice as `a_notice` makes it, of a new program and to a new colleague if none is given."""
    return a_notice(fields.pop("user", None) or a_user(), program or a_program(), **fields)
