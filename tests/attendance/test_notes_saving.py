"""Saving a part from the page: what the state line says, what is refused, what is not lost."""

from __future__ import annotations

import pytest

from attendance.models import GroupNote, ParticipantNote
from groups.models import GroupSession
from tests import build
from tests.attendance.notes import (
    X_PART,
    a_noted_session,
    days_ago,
    long_ago,
    note_of,
    save,
    save_group,
    someone,
    typed,
    url_of,
    words_of,
)
from tests.build_records import a_group_note, a_participant_note, signed_notes

pytestmark = pytest.mark.django_db
WORDS = "Named two early signs and practised the wave exercise with a partner."
MEGABYTE = "x" * 1_048_576


@pytest.fixture
def session(program, facilitator) -> GroupSession:
    return a_noted_session(program, facilitator, day=days_ago(program, 3))


@pytest.fixture
def ben(session):
    return someone(session, "Ben", "Tran")


@pytest.fixture
def client(client_of, facilitator):
    return client_of(facilitator)


def test_it_says_saved_and_which_version(client, session, ben):
    answer = save(client, session, ben, response=WORDS)
    assert words_of(answer).startswith("Saved ")
    assert answer.headers["X-Part-Version"] == "1"
    again = save(client, session, ben, response=WORDS, plan="Rest.", version="1")
    assert again.headers["X-Part-Version"] == "2"


def test_a_lost_answer_is_no_conflict(client, session, ben):
    """What arrived twice is answered as the first time."""
    save(client, session, ben, response=WORDS)
    again = save(client, session, ben, response=WORDS)
    assert (again.status_code, again.headers["X-Part-Version"]) == (200, "1")


def test_it_warns_of_a_name_at_once(client, session, ben):
    someone(session, "Hugo", "Santos")
    answer = save(client, session, ben, plan="Check with Hugo on Thursday.", response="Ben was.")
    assert answer.status_code == 200
    said = words_of(answer)
    assert "Plan names another person on the roster: “Hugo”. Leave the name out." in said
    assert "Response names" not in said
    shared = words_of(save_group(client, session, topic="Ben spoke", intervention="Waves"))
    assert "Topic names another person on the roster: “Ben”." in shared


def test_it_warns_of_words_used_twice(client, session, ben):
    hugo = someone(session, "Hugo", "Santos")
    earlier = long_ago(session)
    longer_ago = long_ago(session, 2)
    a_participant_note(longer_ago, ben, response="Something else entirely, long ago.", plan="")
    a_participant_note(earlier, ben, response=f"Ben: {WORDS}", plan="")
    a_participant_note(session, hugo, response=f"Hugo: {WORDS}", plan="")
    said = words_of(save(client, session, ben, response=f"Ben: {WORDS}"))
    assert "100% the same as the note of Hugo S." in said
    assert "100% the same as their own note of" in said
    other = words_of(save(client, session, ben, response="Quite another thing.", version="1"))
    assert "the same" not in other


def test_the_last_note_is_of_the_same_program(client, session, ben):
    elsewhere = build.a_session(build.a_group(), days_ago(session.group.program, 5))
    a_participant_note(elsewhere, ben, response=WORDS, plan="")
    assert "the same" not in words_of(save(client, session, ben, response=WORDS))


def test_two_on_one_note_see_both_texts(client, client_of, session, ben, clinician):
    save(client_of(clinician), session, ben, response="Theirs <b>", participation="little")
    answer = save(client, session, ben, response="Mine")
    assert answer.status_code == 409
    assert answer.headers["X-Part-Version"] == "1"
    said = words_of(answer)
    assert "Cleo Ortiz saved this at" in said
    assert "Response Theirs <b>" in said
    assert "Participation Little" in said
    assert 'data-part-use="mine"' in answer.content.decode()
    assert note_of(session, ben).response == "Theirs <b>"
    mine = save(client, session, ben, response="Mine", version="1")
    assert mine.status_code == 200
    assert note_of(session, ben).response == "Mine"


def test_the_group_part_conflicts_too(client, client_of, session, clinician):
    answer = save_group(client_of(clinician), session, topic="Theirs", began="09:05", ended="11:55")
    assert answer.status_code == 200
    said = words_of(save_group(client, session, topic="Mine"))
    assert "Began 9:05 AM" in said


def test_without_a_script_it_is_a_form(client, session, ben):
    url = url_of(session, "person", ben)
    answer = client.post(url, typed(response=WORDS))
    assert answer["Location"] == f"{url_of(session)}#note-{ben.public_id}"
    assert "The note is saved." in words_of(client.get(url_of(session)))
    late = client.post(url, typed(response="Mine"))
    assert late.status_code == 409
    page = late.content.decode()
    assert "Mine</textarea>" in page
    assert WORDS in words_of(late)
    assert 'name="version" value="1"' in page
    assert client.post(url, typed(response="Mine", version="1")).status_code == 302
    assert note_of(session, ben).response == "Mine"


def test_what_is_wrong_without_a_script(client, session, ben):
    answer = client.post(url_of(session, "person", ben), typed(response=MEGABYTE, plan="Kept"))
    assert answer.status_code == 422
    assert "<title>Error: Note" in answer.content.decode()
    assert "Nothing is saved yet" in words_of(answer)
    assert "Kept</textarea>" in answer.content.decode()
    assert MEGABYTE in answer.content.decode()
    assert not ParticipantNote.objects.exists()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"response": MEGABYTE}, "Response: at most 10,000 characters, and this has 1,048,576."),
        ({"plan": "a\x00b"}, "Plan: there is a character in it that is no text."),
        ({"participation": "loud"}, "Participation: choose one of the list."),
        ({"goal_progress": "x\x00"}, "Progress on it: choose one of the list."),
        ({"goal": "none"}, "Goal worked on: choose one of the list."),
        ({"goal": str(build.PASSWORD)}, "Goal worked on: choose one of the list."),
        ({"goal": "00000000-0000-0000-0000-000000000000"}, "Goal worked on: choose one"),
        ({"goal_progress": "forward"}, "Progress: say on which goal."),
        ({"version": "newest"}, "This page is damaged: load it again."),
        ({"version": "-1"}, "This page is damaged: load it again."),
    ],
)
def test_bad_input_gets_words(client, session, ben, fields, words):
    answer = save(client, session, ben, **fields)
    assert answer.status_code == 422
    assert words in words_of(answer)
    assert not ParticipantNote.objects.exists()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"topic": "x" * 10_001}, "Topic: at most 10,000 characters, and this has 10,001."),
        ({"intervention": "\x00"}, "Intervention: there is a character"),
        ({"began": "soon"}, "Began: type a time like 5:42 PM or 17:42."),
        ({"began": "12:00"}, "Began: the session was planned to end at 12:00 PM."),
        ({"ended": "09:00"}, "Ended: the session was planned to start at 9:00 AM."),
        ({"began": "10:00", "ended": "10:00"}, "Ended: a session ends after it began."),
        ({"ended": "25:00"}, "Ended: type a time"),
        ({"ended": "11:00\x00"}, "Ended: type a time"),
    ],
)
def test_bad_input_in_the_group_part(client, session, fields, words):
    answer = save_group(client, session, **fields)
    assert answer.status_code == 422
    assert words in words_of(answer)
    assert not GroupNote.objects.exists()


def test_a_time_to_come_is_refused(client, client_of, program, director):
    session = a_noted_session(program, director, day=days_ago(program, -1), starts="00:05")
    answer = save_group(client_of(director), session, began="00:05")
    assert answer.status_code == 422
    assert "Began: this time is still to come." in words_of(answer)


def test_times_are_kept_and_a_lesson_is_no_longer_asked_for(client, session):
    lesson = build.a_lesson(session.group.program)
    answer = save_group(
        client, session, lesson=str(lesson.public_id), began="09:10 AM", ended="12:20"
    )
    assert answer.status_code == 200
    note = GroupNote.objects.get()
    day = session.held_on
    assert note.lesson is None
    assert (note.began_at, note.ended_at) == (
        build.moment(day, "09:10"),
        build.moment(day, "12:20"),
    )
    page = client.get(url_of(session)).content.decode()
    assert 'name="began" value="09:10"' in page


def test_a_lesson_of_an_earlier_note_stays_and_is_read(client, session):
    lesson = build.a_lesson(session.group.program, name="Cravings")
    note = a_group_note(session, lesson=lesson)
    assert save_group(client, session, topic="New", version=str(note.version)).status_code == 200
    assert GroupNote.objects.get().lesson == lesson
    page = words_of(client.get(url_of(session)))
    assert "Lesson, as noted Cravings" in page
    assert 'name="lesson"' not in client.get(url_of(session)).content.decode()


@pytest.mark.parametrize(
    ("day", "clock", "hour"),
    [("2026-11-01", "09:30", 15), ("2026-10-31", "09:30", 14), ("2026-03-08", "09:30", 14)],
)
def test_times_around_a_clock_change(client, program, facilitator, day, clock, hour):
    session = a_noted_session(program, facilitator, day=day)
    assert save_group(client, session, began=clock).status_code == 200
    began_at = GroupNote.objects.get().began_at
    assert began_at is not None
    assert began_at.hour == hour


def a_goal(person, **fields):
    return person.enrollments.get().goals.create(
        **{"text": "Ride out cravings", "set_on": build.FIRST_DAY, **fields}
    )


def test_progress_on_a_goal(client, session, ben):
    goal = a_goal(ben)
    answer = save(client, session, ben, goal=str(goal.public_id), goal_progress="forward")
    assert answer.status_code == 200
    note = note_of(session, ben)
    assert (note.goal, note.goal_progress) == (goal, "forward")
    goal.ended_on, goal.outcome = build.on("2026-11-03"), "met"
    goal.set_on = build.on("2026-11-02")
    goal.save()
    kept = {"goal": str(goal.public_id), "goal_progress": "same", "version": "1"}
    assert save(client, session, ben, **kept).status_code == 200
    assert "Ride out cravings" in words_of(client.get(url_of(session)))


def test_somebody_elses_goal_is_refused(client, session, ben):
    goal = a_goal(someone(session, "Carla"))
    assert save(client, session, ben, goal=str(goal.public_id)).status_code == 422
    assert not ParticipantNote.objects.exists()


def test_a_guests_goal_is_of_their_own_program(client, session):
    enrollment = build.an_enrollment(admitted_on="2020-01-01")
    guest = enrollment.participant
    build.a_make_up_seat(session, enrollment)
    build.a_record(session, guest, "09:00-12:00")
    goal = a_goal(guest)
    assert save(client, session, guest, goal=str(goal.public_id)).status_code == 200


def test_signed_notes_say_so_and_give_back_what_was_typed(client, session, ben, facilitator):
    a_participant_note(session, ben)
    a_group_note(session)
    signed_notes(session, facilitator)
    addendum = url_of(session, "addendum")
    answer = save(client, session, ben, response="Too late", version="1")
    assert answer.status_code == 422
    assert "Not saved: these notes are signed." in words_of(answer)
    assert f'href="{addendum}?of={ben.public_id}"' in answer.content.decode()
    plain = client.post(
        url_of(session, "person", ben), typed(response="Too late", plan="Call", version="1")
    )
    page = plain.content.decode()
    assert f'method="post" action="{addendum}?of={ben.public_id}"' in page
    assert "Response: Too late\nPlan: Call" in page
    assert f'name="of" value="{ben.public_id}"' in page
    shared = client.post(url_of(session, "group"), {"topic": "Late", "version": "1"})
    assert "Topic: Late" in shared.content.decode()
    assert note_of(session, ben).response == "Named two early signs."


def test_line_ends_are_no_change(client, session, ben):
    save(client, session, ben, response="One\nTwo")
    answer = client.post(
        url_of(session, "person", ben), typed(response="One\r\nTwo"), headers=X_PART
    )
    assert answer.headers["X-Part-Version"] == "1"
    assert note_of(session, ben).response == "One\nTwo"
