"""What the database refuses about notes, their signatures and addenda; and what it allows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction

from attendance.models import (
    Cosignature,
    GroupNote,
    NoteAddendum,
    NotesSignOff,
    ParticipantNote,
)
from groups.models import GroupSession
from tests import build
from tests.attendance.sheet import AT_TEN
from tests.build import NOW
from tests.build_records import (
    a_cosignature,
    a_group_note,
    a_participant_note,
    an_addendum,
    signed_notes,
)
from tests.refusals import explains, refused

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def session() -> GroupSession:
    return build.a_session()


def stays(change: Callable[[], object]) -> None:
    """Expect a trigger that protects the row from the change."""
    with pytest.raises(ProgrammingError), transaction.atomic():
        change()


def test_a_session_ends_after_it_began():
    note = a_group_note(began_at=AT_TEN, ended_at=AT_TEN + HOUR)
    a_group_note(began_at=AT_TEN)
    a_group_note(ended_at=AT_TEN)
    for ended in (AT_TEN, AT_TEN - HOUR):
        with refused("group_note_ended_after_it_began"):
            a_group_note(began_at=AT_TEN, ended_at=ended)
    explains(note, "group_note_ended_after_it_began", ended_at=AT_TEN)


def test_a_session_has_one_group_note(session):
    a_group_note(session)
    a_group_note()
    with refused("attendance_groupnote_session_id_key"):
        a_group_note(session)


def test_one_note_a_person_and_session(session):
    person = build.a_participant()
    note = a_participant_note(session, person)
    a_participant_note(session)
    a_participant_note(None, person)
    with refused("participant_note_once"):
        a_participant_note(session, person)
    again = ParticipantNote(
        session=session, participant=person, written_by=note.written_by, written_at=NOW
    )
    explains(again, "participant_note_once")


@pytest.mark.parametrize(
    ("field", "known"),
    [
        ("participation", ["", "active", "some", "little", "none"]),
        ("goal_progress", ["", "forward", "same", "back"]),
        ("contact", ["", "reached", "left_message", "no_answer", "not_tried"]),
    ],
)
def test_the_choices_are_known(field, known):
    goal = a_goal()
    for value in known:
        fields: dict[str, Any] = {field: value}
        note = a_participant_note(goal=goal, **fields)
    unknown: dict[str, Any] = {field: "loud"}
    with refused("participant_note_choices_known"):
        a_participant_note(goal=goal, **unknown)
    explains(note, "participant_note_choices_known", **unknown)


def a_goal():
    return build.an_enrollment().goals.create(text="Ride out cravings", set_on=build.FIRST_DAY)


def test_progress_is_on_a_goal():
    goal = a_goal()
    a_participant_note(goal=goal)
    note = a_participant_note(goal=goal, goal_progress="forward")
    with refused("participant_note_progress_on_a_goal"):
        a_participant_note(goal_progress="forward")
    explains(note, "participant_note_progress_on_a_goal", goal=None)


def writes_group_note(session: GroupSession) -> None:
    a_group_note(session)


def changes_group_note(session: GroupSession) -> None:
    GroupNote.objects.filter(session=session).update(topic="Another")


def writes_note(session: GroupSession) -> None:
    a_participant_note(session)


def changes_note(session: GroupSession) -> None:
    ParticipantNote.objects.filter(session=session).update(plan="Another")


def moves_note_away(session: GroupSession) -> None:
    ParticipantNote.objects.filter(session=session).update(session=build.a_session())


def moves_note_here(session: GroupSession) -> None:
    note = a_participant_note()
    ParticipantNote.objects.filter(pk=note.pk).update(session=session)


CHANGES = [
    ("signed_group_note_stays", changes_group_note),
    ("signed_participant_note_stays", writes_note),
    ("signed_participant_note_stays", changes_note),
    ("signed_participant_note_stays", moves_note_away),
    ("signed_participant_note_stays", moves_note_here),
]


@pytest.mark.parametrize(("trigger", "change"), CHANGES)
def test_a_note_is_changed_until_the_notes_are_signed(session, trigger, change):
    a_group_note(session)
    a_participant_note(session)
    build.a_sign_off(session)
    change(session)


@pytest.mark.parametrize(("trigger", "change"), CHANGES)
def test_a_signed_note_stays(session, trigger, change):
    a_group_note(session)
    a_participant_note(session)
    signed_notes(session)
    with refused(trigger):
        change(session)


def test_no_group_note_is_written_once_the_notes_are_signed(session):
    signed_notes(session)
    with refused("signed_group_note_stays"):
        a_group_note(session)


def test_notes_are_never_deleted():
    group, own = a_group_note(), a_participant_note()
    stays(lambda: GroupNote.objects.filter(pk=group.pk).delete())
    stays(lambda: ParticipantNote.objects.filter(pk=own.pk).delete())


def test_nor_by_hand():
    group, own = a_group_note(), a_participant_note()
    for row in (group, own):
        stays(partial(connection.cursor().execute, f"DELETE FROM {row._meta.db_table}"))
    assert GroupNote.objects.count() == ParticipantNote.objects.count() == 1


def test_attendance_is_signed_first(session):
    by = build.a_user()
    with refused("notes_are_signed_after_attendance"):
        NotesSignOff.objects.create(session=session, signed_by=by, signed_at=NOW, due_at=NOW)
    build.a_sign_off(session)
    NotesSignOff.objects.create(session=session, signed_by=by, signed_at=NOW, due_at=NOW)
    with refused("attendance_notessignoff_session_id_key"):
        NotesSignOff.objects.create(session=session, signed_by=by, signed_at=NOW, due_at=NOW)


def test_signatures_stay():
    notes = signed_notes(is_cosignature_needed=True)
    beneath = a_cosignature(notes)
    for row in (notes, beneath):
        rows = type(row)._default_manager.filter(pk=row.pk)
        stays(partial(rows.update, signed_at=NOW + HOUR))
        stays(partial(rows._raw_delete, rows.db))


def test_nobody_cosigns_their_own(session):
    by = build.a_user()
    notes = signed_notes(session, by)
    with refused("cosigned_by_somebody_else"):
        a_cosignature(notes, signed_by=by)
    a_cosignature(notes)
    with refused("attendance_cosignature_notes_id_key"):
        a_cosignature(notes)
    assert Cosignature.objects.count() == 1


def test_an_addendum_has_words():
    session = signed_notes().session
    row = an_addendum(session)
    for field in ("text", "reason"):
        with refused("note_addendum_has_words"):
            an_addendum(session, **{field: ""})
    row.text = ""
    with pytest.raises(Exception, match="text"):
        row.full_clean()


def test_an_addendum_is_to_signed_notes(session):
    build.a_sign_off(session)
    with refused("addendum_to_signed_notes"):
        an_addendum(session)
    signed_notes(session)
    an_addendum(session)
    an_addendum(session, participant=build.a_participant())
    assert NoteAddendum.objects.count() == 2


def test_an_addendum_stays():
    row = an_addendum()
    rows = NoteAddendum.objects.filter(pk=row.pk)
    stays(lambda: rows.update(text="Another"))
    stays(rows.delete)
