"""A session's page: who may read it, what it says, what can be done there, and undoing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AuditEvent
from groups.models import Facilitation, GroupSession, ScheduleChange, SessionLesson
from groups.schedule.actions import (
    add_session,
    cancel_session,
    combine_sessions,
    move_session,
)
from groups.schedule.edit import Placement
from programs.models import Role
from tests import build
from tests.build import NOW, clock
from tests.groups.moving import (
    FRIDAY,
    NEXT_MONDAY,
    THURSDAY,
    a_place,
    placed,
    url_of,
    words_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_noon(monkeypatch):
    """It is Wednesday noon."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)


@pytest.fixture
def place(program, facilitator):
    return a_place(program, facilitator)


@pytest.fixture
def url(place):
    return url_of(place.session)


@pytest.fixture
def client(client_of, clinician):
    return client_of(clinician)


@pytest.fixture
def moved(place, clinician):
    """The session moved to Thursday afternoon in the other room."""
    leaders = tuple(place.session.facilitations.values_list("user", flat=True))
    to = Placement(THURSDAY, clock("13:00"), clock("16:00"), room=place.garden.pk, leaders=leaders)
    return move_session(session=place.session, to=to, reason="Flood", now=NOW, by=clinician)


def undo_of(change: ScheduleChange) -> str:
    return f"/sessions/{change.program.public_id}/undo/{change.public_id}/"


@pytest.mark.parametrize("role", list(Role))
def test_everybody_of_the_program_reads_it(client_of, program, url, role):
    """But a facilitator only those that they lead."""
    status = client_of(build.a_colleague(program, role)).get(url).status_code
    assert status == (403 if role is Role.FACILITATOR else 200)


def test_whoever_leads_it_reads_it_and_marks_it(client_of, facilitator, url, place):
    page = words_of(client_of(facilitator), url)
    assert "Attendance sheet" in page
    for act in ("move", "cancel", "combine"):
        assert url_of(place.session, act) not in page


def test_another_program_and_a_stranger(client_of, stranger, client, url, place):
    assert client_of(stranger).get(url).status_code == 404
    assert Client().get(url).status_code == 302
    assert client.post(url).status_code == 405
    elsewhere = build.a_session()
    wrong = url.replace(str(place.session.public_id), str(elsewhere.public_id))
    assert client.get(wrong).status_code == 404


def test_it_says_what_when_where_and_who(client, url, place):
    place.group.video_link = "https://video.example/room"
    place.group.save()
    lesson = build.a_lesson(place.program, name="Grounding")
    SessionLesson.objects.create(session=place.session, lesson=lesson)
    page = words_of(client, url)
    for words in (
        "<title>Session · Prairie Clinic</title>",
        "<h1>Process A</h1>",
        "Process · Fri Nov 27, 9:00 AM to 12:00 PM · Harbor Room",
        "Fay Marlow, LPC",
        "2 of 12 expected",
        "10:30 AM to 10:45 AM",
        "Grounding",
        "Friday, 9:00 AM to 12:00 PM",
        'href="https://video.example/room"',
        "Ada K.",
        "Ben K.",
    ):
        assert words in page
    for act in ("move", "cancel", "combine"):
        assert url_of(place.session, act) in page
    assert url_of(place.session, "reinstate") not in page
    assert "Katz" not in page


def test_a_full_name_is_nowhere_and_guests_say_why_they_come(client, url, place):
    guest = build.an_enrollment(
        place.program, build.a_participant(first_name="Cleo", last_name="Ames")
    )
    build.a_make_up_seat(place.session, guest)
    page = words_of(client, url)
    assert "Cleo A." in page
    assert "Ames" not in page
    assert "make-up seat" in page


def test_nobody_expected_says_so(client, program):
    empty = build.a_session(build.a_group(program), FRIDAY)
    page = words_of(client, url_of(empty))
    assert "Nobody is expected." in page
    assert "None: added for this day" in page
    assert "No room" in page
    assert "Nobody leads" in page


def test_a_substitute_is_named_with_whom_they_stand_in_for(client, url, place):
    led = place.session.facilitations.get()
    led.is_former = True
    led.save()
    other = build.a_colleague(place.program, Role.FACILITATOR, name="Ngozi Okafor")
    Facilitation.objects.create(
        session=place.session, user=other, instead_of=led, reason="Ill today"
    )
    assert "Ngozi Okafor in place of Fay Marlow, LPC (Ill today)" in words_of(client, url)


def test_what_it_runs_into_is_said(client, url, place):
    place.harbor.capacity = 1
    place.harbor.save()
    page = words_of(client, url)
    assert "What it runs into" in page
    assert "Process A expects 2 people Fri Nov 27; Harbor Room seats 1." in page


def test_a_cancelled_one_says_why_and_can_come_back(client, clinician, url, place):
    cancel_session(session=place.session, reason="Fay is ill", now=NOW, by=clinician)
    page = words_of(client, url)
    assert "Cancelled." in page
    assert "Fay is ill" in page
    assert url_of(place.session, "reinstate") in page
    assert url_of(place.session, "cancel") not in page
    assert "Attendance sheet" not in page


def test_one_cancelled_for_a_closure_names_it(client, place):
    closure = build.a_closure(place.program)
    closed = build.a_session(place.group, THURSDAY, status="cancelled", cancelled_for=closure)
    assert "The clinic is closed: Holiday." in words_of(client, url_of(closed))


def test_combined_ones_lead_to_each_other(client, clinician, url, place):
    other = build.a_session(build.a_group(place.program, name="Skills B"), FRIDAY)
    combine_sessions(
        session=place.session, into=other, override="Fay is ill", now=NOW, by=clinician
    )
    page = words_of(client, url)
    assert "Its people are expected in Skills B, Fri Nov 27, 9:00 AM to 12:00 PM." in page
    assert f'href="{url_of(other)}"' in page
    page = words_of(client, url_of(other))
    assert "The people of Process A, Fri Nov 27, 9:00 AM to 12:00 PM, are expected here." in page
    assert "from Process A" in page


def test_a_moved_one_says_whose_place_it_takes(client, url, moved):
    page = words_of(client, url)
    assert "In place of Fri Nov 27." in page
    assert "Changed lately" in page
    assert "Nov 25, 2026, 12:00 PM, by Cleo Ortiz, LCSW" in page
    assert "Flood" in page
    assert f'action="{undo_of(moved)}"' in page


def test_with_attendance_it_stays_and_says_so(client, url, place):
    build.a_record(place.session, place.people[0].participant, "09:00-12:00")
    page = words_of(client, url)
    assert "Attendance is recorded." in page
    assert "Attendance sheet" in page
    assert url_of(place.session, "move") not in page


def test_a_withdrawn_one_is_gone(client, place):
    gone = build.a_session(place.group, NEXT_MONDAY, status="withdrawn")
    assert client.get(url_of(gone)).status_code == 404


def test_undo_brings_it_back_and_says_so(client, clinician, url, place, moved):
    answer = client.post(undo_of(moved), follow=True)
    assert answer.redirect_chain[-1][0].endswith("?week=2026-11-23")
    assert "Undone." in answer.content.decode()
    place.session.refresh_from_db()
    assert place.session.held_on == FRIDAY
    moved.refresh_from_db()
    assert moved.undone_by == clinician
    assert AuditEvent.objects.get(verb="schedule.undone").by == clinician
    page = words_of(client, url)
    assert "undone" in page
    assert undo_of(moved) not in page


def test_what_cannot_be_undone_says_why(client, clinician, url, place, moved):
    other = build.a_group(place.program, name="Skills B")
    to = Placement(FRIDAY, clock("10:00"), clock("11:00"), room=place.harbor.pk)
    add_session(group=other, to=to, override="No matter", now=NOW, by=clinician)
    page = words_of(client, url)
    assert "The old place is taken meanwhile." in page
    assert undo_of(moved) not in page
    answer = client.post(undo_of(moved), follow=True).content.decode()
    said = "Harbor Room is taken Fri Nov 27, 10:00 to 11:00 AM by Skills B."
    assert f"The old place is taken meanwhile. {said}" in answer
    moved.refresh_from_db()
    assert moved.undone_at is None


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.ADMISSIONS, Role.BILLING])
def test_who_may_not_undo(client_of, stranger, client, program, url, moved, role):
    colleague = client_of(build.a_colleague(program, role))
    assert colleague.post(undo_of(moved)).status_code == 403
    assert client_of(stranger).post(undo_of(moved)).status_code == 404
    assert client.get(undo_of(moved)).status_code == 405
    if role is not Role.FACILITATOR:
        assert undo_of(moved) not in words_of(colleague, url)


def test_a_change_of_another_program_is_not_found(client, place, moved):
    url = undo_of(moved)
    moved.program = build.a_program()
    moved.save()
    assert client.post(url).status_code == 404


def test_what_was_changed_long_ago_is_left_out(client, url, moved):
    moved.made_at = NOW - timedelta(days=93)
    moved.save()
    assert "Changed lately" not in words_of(client, url)


def test_the_same_queries_with_one_and_with_many(client, url, place):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            words_of(client, url)
        return len(queries)

    client.post(url_of(place.session, "move"), placed(FRIDAY, room=place.garden))
    few = cost()
    for number in range(3):
        build.a_membership(place.group, build.an_enrollment(place.program))
        lesson = build.a_lesson(place.program)
        SessionLesson.objects.create(session=place.session, lesson=lesson)
        build.a_facilitation(place.session, build.a_colleague(place.program, Role.CLINICIAN))
        to_room = (place.harbor, place.garden)[number % 2]
        client.post(url_of(place.session, "move"), placed(FRIDAY, room=to_room))
    assert GroupSession.objects.get(pk=place.session.pk).held_on == FRIDAY
    assert ScheduleChange.objects.count() == 4
    assert cost() == few


def test_the_page_costs_as_much_for_later_sessions(client, place):
    later = place.group.sessions.get(held_on=FRIDAY + timedelta(weeks=3))
    assert "Fri Dec 18" in words_of(client, url_of(later))
