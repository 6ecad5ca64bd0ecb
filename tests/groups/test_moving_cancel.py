"""Cancelling a session, bringing it back, and combining it with another one of the day."""

from __future__ import annotations

import re

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AuditEvent
from groups.models import (
    GroupSession,
    MakeUpSeat,
    ScheduleChange,
    ScheduleException,
    TherapyGroup,
)
from groups.roster import expected_at
from groups.schedule.actions import cancel_session
from programs.models import Role
from tests import build
from tests.build import NOW
from tests.groups.moving import FRIDAY, THURSDAY, a_place, url_of, words_of

pytestmark = pytest.mark.django_db
SPACE = "\N{NO-BREAK SPACE}"
ACTS = ("cancel", "reinstate", "combine")


@pytest.fixture(autouse=True)
def at_noon(monkeypatch):
    """It is Wednesday noon."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)


@pytest.fixture
def place(program, facilitator):
    return a_place(program, facilitator)


@pytest.fixture
def url(place):
    """Return a function that gives the address of what can be done with the session."""
    return lambda act: url_of(place.session, act)


@pytest.fixture
def client(client_of, clinician):
    return client_of(clinician)


@pytest.fixture
def beside(place):
    """Skills B at the same time, Skills C in the afternoon, and one of another program."""
    found = [
        build.a_session(build.a_group(place.program, name=name, capacity=2), FRIDAY, *times)
        for name, times in (("Skills C", ("13:00", "15:00")), ("Skills B", ("09:30", "11:00")))
    ]
    hidden = build.a_group(build.a_program(place.program.site), name="Secret group")
    build.a_session(hidden, FRIDAY)
    return found[::-1]


@pytest.fixture
def cancelled(place, clinician):
    cancel_session(session=place.session, reason="Fay is ill", now=NOW, by=clinician)
    place.session.refresh_from_db()
    return place.session


def state(place):
    place.session.refresh_from_db()
    return place.session.status, ScheduleChange.objects.count(), MakeUpSeat.objects.count()


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.CLINICIAN, 200),
        (Role.DIRECTOR, 200),
        (Role.FACILITATOR, 403),
        (Role.ADMISSIONS, 403),
        (Role.BILLING, 403),
    ],
)
def test_who_may(client_of, program, url, act, role, status):
    assert client_of(build.a_colleague(program, role)).get(url(act)).status_code == status


@pytest.mark.parametrize("act", ACTS)
def test_another_program_is_not_found(client_of, stranger, url, act):
    assert client_of(stranger).get(url(act)).status_code == 404
    assert client_of(stranger).post(url(act)).status_code == 404
    assert Client().get(url(act)).status_code == 302


def test_cancelling_shows_first_who_is_expected_and_whose_hours_fall(client, url, place):
    rule = place.program.rules.get()
    rule.min_minutes_per_week = 165
    rule.save()
    page = words_of(client, url("cancel"))
    assert "<title>Cancel a session · Prairie Clinic</title>" in page
    assert "2 people are expected:" in page
    assert "Ada K., Ben K." in page
    assert "1 session is cancelled." in page
    offered = f"2{SPACE}h{SPACE}45{SPACE}min before, 0{SPACE}h after"
    assert offered in page
    assert f"2{SPACE}h{SPACE}45{SPACE}min required" in page
    assert "Falls below" in page
    assert "There is a problem" not in page


def test_cancelling_wants_a_reason(client, url, place):
    before = state(place)
    page = words_of(client, url("cancel"), act="save", reason=" ")
    assert "Say why the session is cancelled" in page
    assert "1 session is cancelled." in page
    assert state(place) == before


def test_it_is_cancelled_and_the_warnings_keep_the_reason(client, clinician, url, place):
    rule = place.program.rules.get()
    rule.min_minutes_per_week = 165
    rule.save()
    answer = client.post(url("cancel"), {"act": "save", "reason": "Fay is ill"})
    assert answer["Location"].endswith("?week=2026-11-23")
    place.session.refresh_from_db()
    assert (place.session.status, place.session.cancelled_reason) == ("cancelled", "Fay is ill")
    assert {each.reason for each in ScheduleException.objects.all()} == {"Fay is ill"}
    assert AuditEvent.objects.get(verb="schedule.cancelled").by == clinician
    page = client.get(answer["Location"]).content.decode()
    assert "Cancelled: Process A, Fri Nov 27, 9:00 AM to 12:00 PM." in page
    assert f"/undo/{ScheduleChange.objects.get().public_id}/" in page


@pytest.mark.parametrize("act", ["cancel", "combine"])
def test_with_attendance_it_stays(client, url, place, beside, act):
    build.a_record(place.session, place.people[0].participant, "09:00-12:00")
    before = state(place)
    assert "Attendance is recorded in this session" in words_of(client, url(act))
    sent = {"act": "save", "reason": "Ill", "into": str(beside[0].public_id), "override": "Ill"}
    assert "Attendance is recorded in this session" in words_of(client, url(act), **sent)
    assert state(place) == before


def test_what_is_cancelled_already_is_said(client, url, cancelled):
    assert "This session is cancelled." in words_of(client, url("cancel"))
    assert "This session is cancelled." in words_of(client, url("cancel"), act="save", reason="x")


def test_it_comes_back(client, clinician, url, place, cancelled):
    page = words_of(client, url("reinstate"))
    assert "1 session comes back." in page
    answer = client.post(url("reinstate"), {"act": "save", "reason": "Fay is well"})
    assert answer.status_code == 302
    place.session.refresh_from_db()
    assert (place.session.status, place.session.cancelled_reason) == ("scheduled", "")
    assert AuditEvent.objects.get(verb="schedule.reinstated").by == clinician
    page = client.get(answer["Location"]).content.decode()
    assert "Back in the calendar: Process A, Fri Nov 27" in page


def test_it_does_not_come_back_where_its_room_is_taken(client, url, place, cancelled):
    other = build.a_group(place.program, name="Skills B")
    build.a_session(other, FRIDAY, "10:00", "11:00", room=place.harbor)
    before = state(place)
    page = words_of(client, url("reinstate"), act="save")
    said = "Harbor Room is taken Fri Nov 27, 10:00 to 11:00 AM by Skills B."
    assert said in page
    assert "Something is in the way. Nothing is saved." in page
    assert state(place) == before


def test_what_is_held_cannot_come_back(client, url):
    assert "This session is scheduled." in words_of(client, url("reinstate"))


def test_combining_suggests_the_session_at_the_same_time(client, url, place, beside):
    page = words_of(client, url("combine"))
    first, second = (page.index(each.group.name + ",") for each in beside)
    assert first < second
    assert re.search(rf'value="{beside[0].public_id}"[^>]* checked', page)
    assert "Secret group" not in page
    assert "Skills B, 9:30 AM to 11:00 AM, no room, 0 of 2 expected" in page
    assert "1 session is cancelled." in page
    assert "Its people are expected in the other one." in page


def test_combining_warns_of_too_many_people(client, url, place, beside):
    for _ in range(2):
        build.a_membership(beside[0].group, build.an_enrollment(place.program))
    into = str(beside[0].public_id)
    page = words_of(client, url("combine"), act="preview", into=into)
    assert "Skills B expects 4 people Fri Nov 27 and has 2 seats." in page
    page = words_of(client, url("combine"), act="save", into=into)
    assert "Say why this goes ahead in spite of the warnings" in page
    assert not MakeUpSeat.objects.exists()


def test_its_people_are_expected_in_the_other_and_can_come_back(client, url, place, beside):
    other = beside[1]
    sent = {"act": "save", "into": str(other.public_id), "override": "Fay is ill"}
    answer = client.post(url("combine"), sent)
    assert answer.status_code == 302
    place.session.refresh_from_db()
    assert place.session.combined_into == other
    assert {each.pk for each in expected_at(other)} == {each.pk for each in place.people}
    page = client.get(answer["Location"]).content.decode()
    assert "are expected in Skills C." in page
    change = ScheduleChange.objects.get()
    client.post(f"/sessions/{place.program.public_id}/undo/{change.public_id}/")
    place.session.refresh_from_db()
    assert place.session.status == "scheduled"
    assert not MakeUpSeat.objects.held().exists()


@pytest.mark.parametrize("into", ["", "x", "00000000-0000-4000-8000-000000000000"])
def test_a_session_that_is_none_of_the_day_is_refused(client, url, place, beside, into):
    before = state(place)
    page = words_of(client, url("combine"), act="save", into=into, override="Ill")
    words = "Choose a session of the same day" if into else "Choose the session that takes"
    assert words in page
    assert state(place) == before


def test_of_another_day_or_program_is_refused_too(client, url, place, beside):
    elsewhere = GroupSession.objects.get(group__name="Secret group")
    thursday = build.a_session(beside[0].group, THURSDAY)
    for other in (elsewhere, thursday):
        page = words_of(client, url("combine"), act="save", into=str(other.public_id))
        assert "Choose a session of the same day" in page


def test_without_another_session_it_says_what_to_do(client, url):
    page = words_of(client, url("combine"))
    assert "No other session is held that day. Cancel or move it instead." in page
    assert "Combine</button>" not in page


@pytest.mark.parametrize(
    ("act", "sent"),
    [("cancel", {"reason": "Ill"}), ("combine", {"override": "Ill"})],
)
def test_nothing_changes_when_the_trail_cannot_be_written(
    client, url, place, beside, audit_fails, act, sent
):
    before = state(place)
    with pytest.raises(DatabaseError):
        client.post(url(act), {"act": "save", "into": str(beside[0].public_id), **sent})
    assert state(place) == before


def test_the_same_queries_with_one_and_with_three(client, url, place, beside):
    TherapyGroup.objects.update(capacity=12)

    def cost():
        found = []
        for act in ("cancel", "combine"):
            with CaptureQueriesContext(connection) as queries:
                words_of(client, url(act))
            found.append(len(queries))
        return found

    few = cost()
    for number in range(3):
        build.a_membership(place.group, build.an_enrollment(place.program))
        build.a_session(
            build.a_group(place.program, name=f"Later {number}"), FRIDAY, "16:00", "17:00"
        )
    assert cost() == few
