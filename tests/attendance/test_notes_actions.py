"""Saving, signing, co-signing, adding: each success, each refusal, and nothing half done."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError

from accounts.models import AuditEvent
from attendance.models import (
    Cosignature,
    GroupNote,
    NoteAddendum,
    NotesSignOff,
    ParticipantNote,
)
from attendance.notes.actions.saving import add_addendum, save_group_note, save_person_note
from attendance.notes.actions.signing import cosign_notes, sign_notes
from attendance.notes.refusals import AlreadySigned, CannotSign, NewerNote, NotSigned
from attendance.whose import sessions_of
from groups.models import Facilitation, GroupSession
from programs.access import access_of
from tests import build
from tests.attendance.notes import a_noted_session, note_of, read, someone
from tests.build import NOW
from tests.build_records import a_group_note, a_participant_note, a_record_rule, signed_notes

pytestmark = pytest.mark.django_db
WORDS = "Named two early signs and practised the wave exercise with a partner."


@pytest.fixture
def session(program, facilitator) -> GroupSession:
    return a_noted_session(program, facilitator)


@pytest.fixture
def ben(session):
    return someone(session, "Ben", "Tran")


def save(session, person, by, version=0, now=NOW, **values):
    part = read(session, by).of(person.public_id)
    assert part is not None
    return save_person_note(
        session=session,
        participant=person,
        stored=part.note,
        values=values,
        version=version,
        by=by,
        now=now,
    )


def save_shared(session, by, version=0, **values):
    found = read(session, by).session
    return save_group_note(session=found, values=values, version=version, by=by, now=NOW)


def sign(session, by, reason="", seen=None, now=NOW):
    sessions = sessions_of(access_of(by), session.group.program, "notes.write")
    return sign_notes(
        session=sessions.filter(pk=session.pk),
        seen=read(session, by).fingerprint if seen is None else seen,
        reason=reason,
        by=by,
        now=now,
    )


def whole(session, ben, by) -> None:
    """Write every part and sign the attendance."""
    save_shared(session, by, topic="Cravings", intervention="The wave exercise.")
    save(session, ben, by, participation="active", response=WORDS)
    build.a_sign_off(session, by)


def test_a_note_is_kept(session, ben, facilitator):
    note = save(session, ben, facilitator, response=WORDS)
    assert (note.version, note.written_by, note.written_at) == (1, facilitator, NOW)
    assert note_of(session, ben).response == WORDS
    event = AuditEvent.objects.get(verb="note.saved")
    assert (event.by, event.participant_id) == (facilitator, ben.public_id)
    assert event.detail == {"session": str(session.public_id), "version": 1}


def test_a_field_that_was_not_sent_stays(session, ben, facilitator):
    save(session, ben, facilitator, response=WORDS, plan="Call on Friday.")
    save(session, ben, facilitator, version=1, contact="reached")
    note = note_of(session, ben)
    assert (note.response, note.plan, note.contact) == (WORDS, "Call on Friday.", "reached")
    assert note.version == 2


def test_the_same_again_changes_nothing(session, ben, facilitator, clinician):
    save(session, ben, facilitator, response=WORDS)
    save_shared(session, facilitator, topic="Cravings")
    before = AuditEvent.objects.count()
    assert save(session, ben, clinician, response=WORDS).version == 1
    assert save_shared(session, clinician, topic="Cravings").version == 1
    assert note_of(session, ben).written_by == facilitator
    assert AuditEvent.objects.count() == before


def test_a_blank_part_makes_no_row(session, ben, facilitator):
    assert save(session, ben, facilitator, response="", plan="") is None
    assert save_shared(session, facilitator, topic="") is None
    assert not ParticipantNote.objects.exists()
    assert not GroupNote.objects.exists()


def test_an_older_version_is_refused(session, ben, facilitator, clinician):
    save(session, ben, facilitator, response=WORDS)
    with pytest.raises(NewerNote) as refused:
        save(session, ben, clinician, response="Mine")
    assert isinstance(refused.value.stored, ParticipantNote)
    assert refused.value.stored.response == WORDS
    save_shared(session, facilitator, topic="Cravings")
    with pytest.raises(NewerNote):
        save_shared(session, clinician, topic="Mine")
    assert note_of(session, ben).response == WORDS
    assert save(session, ben, clinician, version=1, response="Mine").version == 2


def test_a_signed_note_is_not_saved(session, ben, facilitator):
    whole(session, ben, facilitator)
    sign(session, facilitator)
    with pytest.raises(AlreadySigned):
        save(session, ben, facilitator, version=1, response="More")
    with pytest.raises(AlreadySigned):
        save_shared(session, facilitator, version=1, topic="More")
    late = someone_late(session)
    with pytest.raises(AlreadySigned):
        save(session, late, facilitator, response="More")
    assert note_of(session, ben).response == WORDS


def someone_late(session):
    """Somebody on the sheet without a record, for the attendance is signed."""
    enrollment = build.an_enrollment(session.group.program, admitted_on="2020-01-01")
    build.a_membership(session.group, enrollment)
    return enrollment.participant


def test_nothing_is_saved_without_its_trail(session, ben, facilitator, audit_fails):
    with pytest.raises(IntegrityError):
        save(session, ben, facilitator, response=WORDS)
    with pytest.raises(IntegrityError):
        save_shared(session, facilitator, topic="Cravings")
    assert not ParticipantNote.objects.exists()
    assert not GroupNote.objects.exists()


def test_notes_are_signed(program, session, ben, facilitator):
    a_record_rule(program, notes_due_hours=48, cosigned_credentials=["lpc"])
    whole(session, ben, facilitator)
    signed = sign(session, facilitator, reason="Not asked for")
    assert signed.due_at == session.ends_at + timedelta(hours=48)
    assert signed.is_cosignature_needed
    assert signed.is_late is (signed.due_at < NOW)
    assert signed.reason == ""
    event = AuditEvent.objects.get(verb="notes.signed")
    assert event.detail == {
        "people": 1,
        "cautions": 0,
        "is_substitute": False,
        "is_late": signed.is_late,
    }


@pytest.mark.parametrize(
    ("day", "due"),
    [("2026-10-31", ("2026-11-01", "11:00")), ("2026-03-07", ("2026-03-08", "13:00"))],
)
def test_due_across_a_clock_change(program, facilitator, day, due):
    session = a_noted_session(program, facilitator, day=day)
    save_shared(session, facilitator, topic="Cravings", intervention="The wave.")
    build.a_sign_off(session, facilitator)
    assert sign(session, facilitator).due_at == build.moment(*due)


def test_the_rule_of_the_day_holds(program, session, ben, facilitator):
    a_record_rule(program, cosigned_credentials=["LPC"], effective_from="2026-11-24")
    whole(session, ben, facilitator)
    assert not sign(session, facilitator).is_cosignature_needed


def test_attendance_is_signed_first(session, ben, facilitator):
    with pytest.raises(CannotSign, match="Sign the attendance first"):
        sign(session, facilitator, reason="Because")
    assert not NotesSignOff.objects.exists()


def test_what_was_not_read_is_not_signed(session, ben, facilitator, clinician):
    whole(session, ben, facilitator)
    seen = read(session, facilitator).fingerprint
    save(session, ben, clinician, version=1, response="Another text")
    with pytest.raises(CannotSign, match="have changed since you read them"):
        sign(session, facilitator, seen=seen)


def test_in_spite_of_a_caution_a_reason_is_given(session, ben, facilitator):
    build.a_sign_off(session, facilitator)
    with pytest.raises(CannotSign, match="in spite of what is listed") as refused:
        sign(session, facilitator, reason="  ")
    assert len(refused.value.cautions) == 2
    assert sign(session, facilitator, reason=" The server was down. ").reason == (
        "The server was down."
    )


def test_a_substitute_says_why(session, ben, facilitator, clinician):
    whole(session, ben, facilitator)
    with pytest.raises(CannotSign, match="in the facilitator's place"):
        sign(session, clinician)
    signed = sign(session, clinician, reason="Fay is ill.")
    assert (signed.signed_by, signed.reason) == (clinician, "Fay is ill.")


def test_a_clinician_who_leads_is_no_substitute(session, ben, facilitator, clinician):
    whole(session, ben, facilitator)
    build.a_facilitation(session, clinician)
    assert sign(session, clinician).reason == ""


def test_who_no_longer_leads_finds_nothing_to_sign(session, ben, facilitator):
    whole(session, ben, facilitator)
    seen = read(session, facilitator).fingerprint
    Facilitation.objects.update(is_former=True)
    with pytest.raises(GroupSession.DoesNotExist):
        sign(session, facilitator, seen=seen)


def test_notes_are_signed_once(session, ben, facilitator):
    whole(session, ben, facilitator)
    sign(session, facilitator)
    with pytest.raises(AlreadySigned):
        sign(session, facilitator)
    assert NotesSignOff.objects.count() == 1


def test_nothing_is_signed_without_its_trail(session, facilitator, clinician, audit_fails):
    a_group_note(session, intervention="The wave.")
    build.a_sign_off(session, facilitator)
    with pytest.raises(IntegrityError):
        sign(session, facilitator)
    assert not NotesSignOff.objects.exists()


def test_notes_are_cosigned(session, facilitator, clinician):
    notes = signed_notes(session, facilitator, is_cosignature_needed=True)
    beneath = cosign_notes(notes=notes, by=clinician, now=NOW)
    assert (beneath.signed_by, beneath.notes) == (clinician, notes)
    event = AuditEvent.objects.get(verb="notes.cosigned")
    assert (event.by, event.subject_id) == (clinician, session.public_id)
    with pytest.raises(CannotSign, match="co-signed already"):
        cosign_notes(notes=notes, by=clinician, now=NOW)


def test_nobody_cosigns_their_own(session, clinician):
    notes = signed_notes(session, clinician, is_cosignature_needed=True)
    with pytest.raises(CannotSign, match="Nobody co-signs their own notes"):
        cosign_notes(notes=notes, by=clinician, now=NOW)
    assert not Cosignature.objects.exists()


def test_a_cosignature_that_nobody_needs(session, facilitator, clinician):
    notes = signed_notes(session, facilitator)
    with pytest.raises(CannotSign, match="need no co-signature"):
        cosign_notes(notes=notes, by=clinician, now=NOW)


def test_nothing_is_cosigned_without_its_trail(session, facilitator, clinician, audit_fails):
    notes = signed_notes(session, facilitator, is_cosignature_needed=True)
    with pytest.raises(IntegrityError):
        cosign_notes(notes=notes, by=clinician, now=NOW)
    assert not Cosignature.objects.exists()


def add(session, person, by, text="He called back."):
    return add_addendum(
        session=session, participant=person, text=text, reason="Learned later.", by=by, now=NOW
    )


def test_words_are_added(session, ben, facilitator):
    a_participant_note(session, ben)
    signed_notes(session, facilitator)
    own, shared = add(session, ben, facilitator), add(session, None, facilitator)
    assert (own.participant, shared.participant) == (ben, None)
    assert [
        each.participant_id
        for each in AuditEvent.objects.filter(verb="note.added_to").order_by("pk")
    ] == [
        ben.public_id,
        None,
    ]


def test_nothing_is_added_before_signing(session, ben, facilitator):
    with pytest.raises(NotSigned):
        add(session, ben, facilitator)
    assert not NoteAddendum.objects.exists()


def test_nothing_is_added_without_its_trail(session, facilitator, audit_fails):
    signed_notes(session, facilitator)
    with pytest.raises(IntegrityError):
        add(session, None, facilitator)
    assert not NoteAddendum.objects.exists()
