"""Two people write and sign notes in the same moment, on real connections."""

from __future__ import annotations

import pytest

from attendance.models import GroupNote, NotesSignOff, ParticipantNote
from attendance.notes.actions.saving import save_group_note, save_person_note
from attendance.notes.actions.signing import sign_notes
from attendance.notes.refusals import AlreadySigned, CannotSign, NewerNote
from attendance.whose import sessions_of
from groups.models import GroupSession
from programs.access import access_of
from programs.models import Role
from tests import build
from tests.at_once import at_once
from tests.attendance.notes import a_noted_session, note_of, read, someone
from tests.build import NOW
from tests.build_records import a_participant_note
from tests.test_races import second_is_refused_by

pytestmark = pytest.mark.django_db(transaction=True)
REFUSALS = (NewerNote, AlreadySigned, CannotSign)


@pytest.fixture
def two(program):
    return [build.a_colleague(program, Role.CLINICIAN) for _ in range(2)]


@pytest.fixture
def session(program, two) -> GroupSession:
    return a_noted_session(program, two[0])


@pytest.fixture
def ben(session):
    return someone(session, "Ben", "Tran")


def saving(session, person, by, text, version=0):
    """Return a save of what was read before: so both begin from the same."""
    part = read(session, by).of(person.public_id)
    assert part is not None
    stored = part.note
    return lambda: save_person_note(
        session=session,
        participant=person,
        stored=stored,
        values={"response": text},
        version=version,
        by=by,
        now=NOW,
    )


def signing(session, by):
    seen = read(session, by).fingerprint
    sessions = sessions_of(access_of(by), session.group.program, "notes.write")
    one = sessions.filter(pk=session.pk)
    return lambda: sign_notes(session=one, seen=seen, reason="Late.", by=by, now=NOW)


def refusals(results: list) -> list:
    return [each for each in results if isinstance(each, Exception)]


@pytest.mark.parametrize("version", [0, 1])
def test_the_first_of_two_is_kept_and_the_second_told(session, ben, two, version):
    if version:
        a_participant_note(session, ben)
    acts = [saving(session, ben, by, f"Text {by.pk}", version) for by in two]
    (refused,) = refusals(at_once(*acts, words=REFUSALS))
    assert isinstance(refused, NewerNote)
    note = note_of(session, ben)
    assert isinstance(refused.stored, ParticipantNote)
    assert refused.stored.response == note.response == f"Text {note.written_by_id}"
    assert note.version == version + 1


@pytest.mark.parametrize("version", [0, 1])
def test_a_save_that_was_sent_twice_is_one(session, ben, two, version):
    if version:
        a_participant_note(session, ben)
    acts = [saving(session, ben, two[0], "The same", version) for _ in range(3)]
    assert refusals(at_once(*acts, words=REFUSALS)) == []
    assert note_of(session, ben).version == version + 1
    assert ParticipantNote.objects.count() == 1


def test_two_begin_the_group_part(session, two):
    found = [read(session, by).session for by in two]
    acts = [
        lambda one=one, by=by: save_group_note(
            session=one, values={"topic": f"Topic {by.pk}"}, version=0, by=by, now=NOW
        )
        for one, by in zip(found, two, strict=True)
    ]
    (refused,) = refusals(at_once(*acts, words=REFUSALS))
    assert isinstance(refused, NewerNote)
    assert isinstance(refused.stored, GroupNote)
    assert refused.stored.topic == GroupNote.objects.get().topic


def test_a_save_that_comes_while_somebody_signs(session, ben, two):
    a_participant_note(session, ben)
    build.a_sign_off(session, two[0])
    save, refused = saving(session, ben, two[1], "Too late", version=1), []

    def second() -> None:
        try:
            save()
        except AlreadySigned as error:
            refused.append(error)

    second_is_refused_by(signing(session, two[0]), second)
    assert NotesSignOff.objects.exists()
    assert len(refused) == 1
    assert note_of(session, ben).response != "Too late"


def test_who_signs_waits_for_what_is_being_written(session, ben, two):
    """And then does not sign what they have not read."""
    a_participant_note(session, ben)
    build.a_sign_off(session, two[0])
    sign, refused = signing(session, two[0]), []

    def second() -> None:
        try:
            sign()
        except CannotSign as error:
            refused.append(error)

    second_is_refused_by(saving(session, ben, two[1], "Just now", version=1), second)
    assert len(refused) == 1
    assert not NotesSignOff.objects.exists()


def test_two_sign_at_once(session, ben, two):
    build.a_sign_off(session, two[0])
    (refused,) = refusals(at_once(*(signing(session, by) for by in two), words=REFUSALS))
    assert isinstance(refused, AlreadySigned)
    assert NotesSignOff.objects.count() == 1
