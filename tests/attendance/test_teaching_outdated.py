"""What is confirmed is what was looked at: a plan or a checklist that changed is told of."""

from __future__ import annotations

import pytest

from curriculum.models import LessonVersion
from groups.models import SessionLesson, Teaching
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

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(program, facilitator):
    return a_session_yesterday(program, facilitator)


@pytest.fixture
def waves(program):
    return a_written_lesson(program, "Riding out a craving")


@pytest.fixture
def client(client_of, facilitator):
    return client_of(facilitator)


def test_a_plan_that_is_gone_is_not_confirmed_as_nothing_taught(client, session, waves):
    rows = with_plan(session, waves)
    SessionLesson.objects.all().delete()
    for shown in (rows, []):
        answer = as_planned(client, session, shown)
        assert "The plan has changed" in words(client.get(answer.headers["Location"]))
    assert not Teaching.objects.exists()


def test_more_lessons_than_minutes_are_not_confirmed_as_nothing_taught(
    client, program, session, waves
):
    short = build.a_session(
        session.group,
        session.held_on,
        "13:00",
        "13:01",
        facilitators=[each.user for each in session.facilitations.all()],
    )
    rows = with_plan(short, waves, a_written_lesson(program, "A plan for the evening"))
    answer = as_planned(client, short, rows)
    assert "fewer minutes than lessons" in words(client.get(answer.headers["Location"]))
    assert not Teaching.objects.exists()
    assert SessionLesson.objects.planned().count() == len(rows)


def test_a_ticked_lesson_that_left_the_plan_is_not_lost(client, session, waves):
    rows = with_plan(session, waves)
    SessionLesson.objects.all().delete()
    with_plan(session, waves)
    answer = client.post(url_of(session), sent(rows, other="A walk by the river."))
    page = words(answer)
    assert answer.status_code == 422
    assert "The plan has changed" in page
    assert "A walk by the river." in page
    assert not Teaching.objects.exists()


def test_steps_ticked_on_an_older_checklist_are_not_those_of_the_new_one(client, session, waves):
    rows = with_plan(session, waves)
    name = f"planned-{rows[0].public_id}"
    assert f'name="{name}-version" value="2"' in client.get(url_of(session)).content.decode()
    LessonVersion.objects.create(
        lesson=waves,
        number=3,
        minutes=60,
        checklist=["Read the handout", "Opened with a round"],
        written_at=build.NOW,
        published_at=build.NOW,
    )
    data = sent(rows) | {f"{name}-steps": ["0"], f"{name}-version": "2"}
    answer = client.post(url_of(session), data)
    assert answer.status_code == 422
    assert "has a new version" in words(answer)
    assert not Teaching.objects.exists()
    assert client.post(url_of(session), data | {f"{name}-version": "3"}).status_code == 302
    assert SessionLesson.objects.get().steps_done == ["Read the handout"]
