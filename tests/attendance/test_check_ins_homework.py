"""Homework of lessons at a later check-in: asked by the facilitator, or on the kiosk."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from attendance.models import CheckIn, HomeworkAnswer
from tests import build
from tests.attendance.check_ins import sent
from tests.attendance.kiosk import ANSWERS, HERE, THANKS, amara, in_kiosk, who, words
from tests.attendance.sheet import a_running_session
from tests.build_curriculum import taught
from tests.build_records import a_check_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(program, facilitator):
    return a_running_session(program, timezone.now(), facilitator)


@pytest.fixture
def person(session):
    return amara(session)


def given_days_ago(session, person, days: int, name: str, homework: str):
    """Homework that the person got so many days before."""
    day = session.held_on - timedelta(days=days)
    earlier = build.a_session(session.group, day, "06:00", "07:00")
    lesson = build.a_lesson(session.group.program, name=name)
    row = taught(earlier, lesson, homework=homework)
    build.a_record(earlier, person, "06:00-07:00")
    return row


@pytest.fixture
def waves(session, person):
    return given_days_ago(session, person, 2, "Cravings", "Ride out one <b>wave</b>.")


@pytest.fixture
def url(session, person):
    ids = [session.group.program.public_id, session.public_id, person.public_id]
    return reverse("check_ins:check_in", args=ids)


def answers(person, row, answer: str, version="", **fields):
    """What a browser sends, homework of the lesson in place of homework in general."""
    data = sent(person, version, **fields)
    del data[f"{person.public_id}-homework"]
    return data | {f"{person.public_id}-practice-{row.public_id}": answer}


def test_each_lesson_is_asked_about(client_of, url, waves, session, person, facilitator):
    given_days_ago(session, person, 30, "Long ago", "Forgotten.")
    page = client_of(facilitator).get(url).content.decode()
    assert "How did the homework go?" in page
    assert "Cravings, " in page
    assert "Ride out one &lt;b&gt;wave&lt;/b&gt;." in page
    assert "None was given" not in page
    assert "Long ago" not in page


def test_without_any_it_is_asked_in_general(client_of, url, facilitator):
    page = client_of(facilitator).get(url).content.decode()
    assert "None was given" in page
    assert "How did the homework go?" not in page


def test_answered_changed_and_kept(client_of, url, waves, session, person, facilitator):
    client = client_of(facilitator)
    a_check_in(session, person, homework="done", entered_by=facilitator)
    assert client.post(url, answers(person, waves, "partly", 1)).status_code == 302
    row = HomeworkAnswer.objects.get()
    assert (row.taught, row.session, row.answer) == (waves, session, "partly")
    assert (row.participant, row.answered_by) == (person, facilitator)
    check_in = CheckIn.objects.get()
    assert (check_in.homework, check_in.version) == ("done", 2)
    trail = AuditEvent.objects.filter(verb="homework.answered").get()
    assert (trail.participant_id, trail.detail) == (person.public_id, {})
    page = client.get(url).content.decode()
    assert '<option value="partly" selected>' in page
    assert client.post(url, answers(person, waves, "done", 2)).status_code == 302
    assert HomeworkAnswer.objects.get().answer == "done"
    assert client.post(url, answers(person, waves, "done", 2)).status_code == 302
    assert CheckIn.objects.get().version == 3


def test_a_newer_check_in_is_shown_with_both(client_of, url, waves, person, facilitator):
    client = client_of(facilitator)
    client.post(url, answers(person, waves, "done"))
    page = client.post(url, answers(person, waves, "not_done"))
    assert page.status_code == 409
    assert "Homework of Cravings" in page.content.decode()
    assert HomeworkAnswer.objects.get().answer == "done"


def test_bad_input_saves_nothing(client_of, url, waves, person, facilitator):
    answer = client_of(facilitator).post(url, answers(person, waves, "eaten", mood="4"))
    assert answer.status_code == 422
    assert "Homework of Cravings: choose one of the answers" in answer.content.decode()
    assert not CheckIn.objects.exists()


def test_homework_of_somebody_else_is_not_taken(client_of, url, waves, session, facilitator):
    """Who was not there has none: what a browser sends of it is nobody's question."""
    other = build.an_enrollment(session.group.program, admitted_on="2020-01-01")
    build.a_membership(session.group, other)
    elsewhere = url.replace(str(waves.session.records.get().participant.public_id), "")
    there = f"{elsewhere.rstrip('/')}/{other.participant.public_id}/"
    data = answers(other.participant, waves, "done", mood="4")
    assert client_of(facilitator).post(there, data).status_code == 302
    assert CheckIn.objects.get().mood == 4
    assert not HomeworkAnswer.objects.exists()


def test_on_the_kiosk(client_of, session, person, waves, facilitator):
    kiosk = in_kiosk(client_of(facilitator), session)
    kiosk.post(HERE, who())
    page = words(kiosk.get(ANSWERS))
    assert "Cravings: how did the homework go?" in page
    assert "None was given" not in page
    name = f"practice-{waves.public_id}"
    assert kiosk.post(ANSWERS, {name: ""}).status_code == 422
    assert kiosk.post(ANSWERS, {name: "not_done"}).headers["Location"] == THANKS
    row = HomeworkAnswer.objects.get()
    assert (row.answer, row.answered_by, row.participant) == ("not_done", facilitator, person)
    assert CheckIn.objects.get().is_by_participant
