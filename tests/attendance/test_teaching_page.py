"""The lessons of a session in the browser: who may, what it says, what the forms do."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pypdf import PdfReader

from accounts.models import AuditEvent
from groups.models import Facilitation, SessionLesson, Teaching
from programs.models import Role
from tests import build
from tests.attendance.kiosk import words
from tests.attendance.teaching import (
    a_session_yesterday,
    a_written_lesson,
    as_planned,
    sent,
    url_of,
    with_plan,
)
from tests.build_curriculum import a_page, an_answer, planned, taught

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(program, facilitator):
    return a_session_yesterday(program, facilitator)


@pytest.fixture
def waves(program):
    return a_written_lesson(program, "Riding out a craving")


@pytest.fixture
def evening(program):
    return a_written_lesson(program, "A plan for the evening", homework="Call somebody.")


@pytest.fixture
def client(client_of, facilitator):
    return client_of(facilitator)


def test_who_may(client_of, request, program, session, stranger):
    other = build.a_colleague(program, Role.FACILITATOR)
    for view in ("teaching", "pack"):
        for role in ("facilitator", "clinician", "director", "administrator"):
            user = request.getfixturevalue(role)
            assert client_of(user).get(url_of(session, view)).status_code == 200, role
        for user in (other, request.getfixturevalue("billing")):
            assert client_of(user).get(url_of(session, view)).status_code == 403
        assert client_of(stranger).get(url_of(session, view)).status_code == 404
    for user in (other, request.getfixturevalue("administrator")):
        assert client_of(user).post(url_of(session), {"act": "planned"}).status_code == 403
    assert client_of(stranger).post(url_of(session), {"act": "planned"}).status_code == 404
    Facilitation.objects.update(is_former=True)
    user = request.getfixturevalue("facilitator")
    assert client_of(user).get(url_of(session)).status_code == 403
    assert not Teaching.objects.exists()


def test_what_it_says(client, session, waves, program):
    with_plan(session, waves, build.a_lesson(program, name="Bare"))
    page = words(client.get(url_of(session)))
    assert "Lessons: Process A" in page
    for said in (
        "Notice a craving early.",
        "Ask around.",
        "Urge surfing",
        "Ride out one wave.",
        "Opened with a round",
        "60 minutes · version 2",
        "Planned: 9:00 AM to 10:30 AM",
        "Its version has no objectives, guide or handouts.",
        "It went as planned",
    ):
        assert said in page, said


def test_what_was_typed_is_shown_as_text(client, session, program):
    lesson = a_written_lesson(program, "<b>L</b>", guide="<script>alert(1)</script>\n\n{{ x }}")
    with_plan(session, lesson)
    page = client.get(url_of(session)).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_nothing_planned_and_not_begun(client_of, program, director):
    day = timezone.now().astimezone(program.zone).date()
    tomorrow = build.a_session(build.a_group(program), day + timedelta(days=1))
    page = words(client_of(director).get(url_of(tomorrow)))
    assert "No lesson is planned for this session." in page
    assert "What was taught is confirmed from 9:00 AM on." in page
    assert "It went as planned" not in page


def test_cancelled(client_of, program, director):
    day = timezone.now().astimezone(program.zone).date()
    cancelled = build.a_session(build.a_group(program), day, status="cancelled")
    page = words(client_of(director).get(url_of(cancelled)))
    assert "This session was cancelled: nothing was taught in it." in page
    assert "Say what was taught" not in page


def test_who_only_reads_is_told_that_it_waits(client_of, session, waves, administrator):
    with_plan(session, waves)
    page = words(client_of(administrator).get(url_of(session)))
    assert "Nobody has said yet what was taught." in page
    assert "It went as planned" not in page


def test_one_tap(client, session, waves, evening, facilitator):
    rows = with_plan(session, waves, evening)
    answer = as_planned(client, session, rows)
    assert answer.headers["Location"] == url_of(session)
    first, second = SessionLesson.objects.order_by("position")
    assert (first.lesson, first.homework) == (waves, "Ride out one wave.")
    assert (second.lesson, second.homework) == (evening, "Call somebody.")
    zone = session.group.program.zone
    assert first.ended_at is not None
    assert second.began_at is not None
    assert f"{first.ended_at.astimezone(zone):%H:%M}" == "10:30"
    assert f"{second.began_at.astimezone(zone):%H:%M}" == "10:45"
    page = words(client.get(url_of(session)))
    assert "Confirmed by Fay Marlow" in page
    assert "0 of 2 steps" in page
    as_planned(client, session, rows)
    assert Teaching.objects.count() == 1


def test_one_tap_on_a_plan_that_has_changed(client, session, waves, evening):
    rows = with_plan(session, waves)
    planned(session, evening, position=5)
    answer = client.post(url_of(session), {"act": "planned", "lesson": [rows[0].public_id]})
    assert "The plan has changed" in words(client.get(answer.headers["Location"]))
    assert not Teaching.objects.exists()


def test_something_else_and_another_lesson(client, session, waves, evening):
    (row,) = with_plan(session, waves)
    data = sent(other="A walk by the river.")
    data |= {"more-0": str(evening.public_id), "more-0-from": "09:00", "more-0-to": "10:15"}
    answer = client.post(url_of(session), data)
    page = words(client.get(answer.headers["Location"]))
    assert "1 planned lesson was not taught: it is off this session's plan." in page.replace(
        "&#x27;", "'"
    )
    assert "Plan of lessons" in page
    assert "A walk by the river." in page
    kept = SessionLesson.objects.get()
    assert (kept.lesson, kept.homework) == (evening, "Call somebody.")
    assert kept.pk != row.pk


def test_one_of_two_planned_has_the_whole_session(client, session, waves, evening):
    rows = with_plan(session, waves, evening)
    name = f"planned-{rows[1].public_id}"
    data = sent(rows[1:]) | {f"{name}-homework": "Two calls.", f"{name}-steps": ["1"]}
    assert client.post(url_of(session), data).status_code == 302
    kept = SessionLesson.objects.get()
    assert (kept.began_at, kept.ended_at) == (session.starts_at, session.ends_at)
    assert (kept.homework, kept.steps_done) == ("Two calls.", ["Practiced once"])


def test_nothing_was_taught(client, session, waves):
    with_plan(session, waves)
    assert client.post(url_of(session), sent(nothing="on")).status_code == 302
    page = words(client.get(url_of(session)))
    assert "Nothing was taught in this session." in page
    assert not SessionLesson.objects.exists()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Tick a lesson, say what else it was, or that nothing was taught."),
        ({"nothing": "on", "other": "A walk"}, "Something is named above."),
        ({"other": "x" * 10_001}, "at most 10,000 characters"),
        ({"other": "\0"}, "there is a character in it that is no text"),
        ({"more-0": "no such"}, "Choose a lesson of the list."),
        ({"more-0-from": "soon", "other": "x"}, "Type a time like"),
    ],
)
def test_bad_input_in_the_form(client, session, waves, fields, said):
    with_plan(session, waves)
    answer = client.post(url_of(session), sent(**fields))
    assert answer.status_code == 422
    assert said in words(answer)
    assert "<title>Error:" in answer.content.decode().replace("\n", "")
    assert SessionLesson.objects.planned().exists()
    assert not Teaching.objects.exists()


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ("09:00", "", "Give both times, or neither."),
        ("", "10:00", "Give both times, or neither."),
        ("08:00", "09:00", "the session lasts from 9:00 AM to 12:15 PM"),
        ("10:00", "09:30", "it ends after it begins"),
    ],
)
def test_times_that_cannot_be_stay_typed(client, session, waves, start, end, said):
    (row,) = with_plan(session, waves)
    name = f"planned-{row.public_id}"
    data = sent([row]) | {f"{name}-from": start, f"{name}-to": end}
    answer = client.post(url_of(session), data)
    assert answer.status_code == 422
    assert said in words(answer)
    if start:
        assert f'value="{start}"' in answer.content.decode()
    assert not Teaching.objects.exists()


def test_times_of_some_lessons_only(client, session, waves, evening):
    rows = with_plan(session, waves, evening)
    name = f"planned-{rows[0].public_id}"
    data = sent(rows) | {f"{name}-from": "09:00", f"{name}-to": "10:00"}
    assert "Give the times of every lesson, or of none" in words(client.post(url_of(session), data))


def test_put_right_afterwards(client, session, waves, evening):
    as_planned(client, session, with_plan(session, waves))
    row = SessionLesson.objects.get()
    of = f"of-{row.public_id}"
    data = {"act": f"complete:{row.public_id}", f"{of}-steps": ["0"], f"{of}-homework": ""}
    assert client.post(url_of(session), data).status_code == 302
    row.refresh_from_db()
    assert (row.steps_done, row.homework) == (["Opened with a round"], "")
    bad = client.post(url_of(session), {"act": f"withdraw:{row.public_id}"})
    assert bad.status_code == 422
    assert "Say why the lesson is withdrawn." in words(bad)
    off = {"act": f"withdraw:{row.public_id}", f"off-{row.public_id}-reason": "The wrong one"}
    assert client.post(url_of(session), off).status_code == 302
    late = client.post(url_of(session), off)
    assert "withdrawn meanwhile" in words(client.get(late.headers["Location"]))
    assert "Choose a lesson of the list." in words(client.post(url_of(session), {"act": "add"}))
    add = {"act": "add", "lesson": str(evening.public_id), "lesson-given": "on"}
    assert client.post(url_of(session), add).status_code == 302
    kept = SessionLesson.objects.taught().get()
    assert (kept.lesson, kept.homework) == (evening, "Call somebody.")
    add["lesson"] = str(waves.public_id)
    assert "Give its times, from 9:00 AM on" in words(client.post(url_of(session), add))
    assert client.post(url_of(session), {"act": "other", "other": "A walk"}).status_code == 302
    assert Teaching.objects.get().other == "A walk"


@pytest.mark.parametrize("act", ["", "dance", "complete:", "complete:nobody", "withdraw:x"])
def test_what_there_is_not(client, session, act):
    assert client.post(url_of(session), {"act": act}).status_code == 404


def test_how_the_homework_went(client, session, waves):
    row = taught(session, waves, homework="Ride.")
    for answer in ("done", "done", "not_done", ""):
        person = build.a_participant()
        build.a_record(session, person, "09:00-12:00")
        if answer:
            an_answer(row, person, session, answer=answer)
    page = words(client.get(url_of(session)))
    assert "Given to 4: 2 done, 0 partly, 1 not done, 1 open" in page
    assert "On record from earlier" in page


def test_what_it_costs(client, session, program):
    costs = []
    for many in (1, 3):
        for _ in range(many):
            lesson = a_written_lesson(program, f"Lesson {many} {_}")
            taught(session, lesson, homework="x")
        with CaptureQueriesContext(connection) as queries:
            client.get(url_of(session))
        costs.append(sum("SAVEPOINT" not in each["sql"] for each in queries))
    assert costs[0] == costs[1]
    assert costs[0] <= 14


def pack(client, session) -> tuple[str, int]:
    answer = client.get(url_of(session, "pack"))
    assert answer["Content-Type"] == "application/pdf"
    reader = PdfReader(BytesIO(answer.content))
    return " ".join(page.extract_text() for page in reader.pages), len(reader.pages)


def test_the_pack(client, session, program, waves, evening):
    a_page(waves, name="My wave")
    handout = a_page(evening, name="My evening", text="# Evening\n\n- Rest\n___\n___")
    version = evening.versions.create(
        number=3, written_at=build.NOW, homework="Call somebody.", guide="Long " * 900
    )
    version.handouts.create(handout=handout)
    type(version).objects.filter(pk=version.pk).update(published_at=build.NOW)
    build.a_record(session, build.a_participant(last_name="Nolan"), "09:00-12:00")
    with_plan(session, waves, evening)
    text, pages = pack(client, session)
    flat = " ".join(text.split())
    for said in ("Process A", "Riding out a craving · 9:00 AM to 10:30 AM", "Ask around."):
        assert said in flat, said
    for said in ("Opened with a round", "Call somebody.", "My evening", "Rest", "Fay Marlow"):
        assert said in flat, said
    assert f"Page {pages} of {pages}" in flat
    assert pages >= 6
    assert "Nolan" not in flat
    assert AuditEvent.objects.filter(verb="lesson_pack.exported").count() == 1


def test_the_pack_of_an_empty_plan(client, session):
    text, pages = pack(client, session)
    assert "No lesson is planned for this session." in text
    assert pages == 1
