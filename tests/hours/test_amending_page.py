"""The amend page: who may, what it shows before it saves, what it writes, and what it costs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AuditEvent
from attendance.models import Amendment, AttendanceRecord
from attendance.sheet.states import absent
from groups.models import Facilitation, GroupSession
from hours.models import Alert, AlertKind
from programs.models import Role
from tests import build
from tests.attendance.amending import amend, there
from tests.attendance.sheet import a_member, said
from tests.build import MONDAY, moment
from tests.hours.amending import HTMX, WHY, a_signed_monday, sent, shown_in, url_of, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed(program, facilitator):
    return a_signed_monday(program, facilitator)


@pytest.fixture
def url(signed) -> str:
    return url_of(*signed)


def save(client, url: str, **fields: str):
    """Send the form as somebody does who looked at what it changes first."""
    asked = client.post(url, sent(**fields) | {"act": "work_out"})
    done = client.post(url, sent(**fields) | {"shown": shown_in(asked)})
    connection.check_constraints()  # as at the commit
    return done


def told(response) -> str:
    """Return what the next page says on top."""
    return " ".join(str(each) for each in get_messages(response.wsgi_request))


def test_who_may(client_of, url, program, facilitator, clinician, director, stranger):
    for user in (facilitator, director):
        assert client_of(user).get(url).status_code == 200
        assert client_of(user).post(url, sent()).status_code != 403
    # A clinician opens every sheet, and amends those of the sessions they lead.
    page = client_of(clinician).get(url)
    assert page.status_code == 200
    assert "Save the amendment" not in words_of(page)
    assert client_of(clinician).post(url, sent()).status_code == 403
    other = build.a_colleague(program, Role.FACILITATOR)
    for user in (other, build.a_colleague(program, Role.ADMISSIONS, Role.BILLING)):
        assert client_of(user).get(url).status_code == 403
        assert client_of(user).post(url, sent()).status_code == 403
    assert client_of(stranger).get(url).status_code == 404
    assert client_of(stranger).post(url, sent()).status_code == 404


def test_who_led_it_before_may_no_longer(client_of, url, facilitator):
    Facilitation.objects.update(is_former=True)
    assert client_of(facilitator).get(url).status_code == 403


def test_nobody_else_s_session_and_nobody_unknown(client_of, signed, program, director):
    session, person = signed
    elsewhere, _other = a_signed_monday(build.a_program(), name="Elsewhere")
    ids = [program.public_id, elsewhere.public_id, person.public_id]
    assert client_of(director).get(reverse("amending:amend", args=ids)).status_code == 404
    unknown = build.an_enrollment().participant
    assert client_of(director).get(url_of(session, unknown)).status_code == 404


def test_what_it_says(client_of, signed, url, facilitator, clinician):
    session, person = signed
    amend(session, person, there("09:10-12:00"), by=facilitator, now=moment(MONDAY, "16:00"))
    later = moment(MONDAY + timedelta(days=3), "09:00")
    amend(session, person, absent("excused"), by=clinician, now=later, reason="<b>She phoned.</b>")
    page = client_of(facilitator).get(url)
    words = words_of(page)
    assert "Record of Grace L." in words
    assert "Lindqvist" not in words
    assert "Present 9:00 AM – 12:00 PM" in words
    assert "As signed by Fay Marlow LPC, Mon, Nov 23 at 12:00 PM" in words
    assert "Late 9:10 AM – 12:00 PM" in words
    assert "Amended by Cleo Ortiz LCSW, Thu, Nov 26 at 9:00 AM Late entry" in words
    assert words.count("Late entry") == 1
    assert "<b>She phoned.</b>" in words
    assert "<b>She phoned" not in page.content.decode()
    title = page.content.decode().partition("<title>")[2].partition("</title>")[0]
    assert "Grace" not in title
    event = AuditEvent.objects.filter(verb="participant.read").get()
    assert (event.by, event.participant_id) == (facilitator, person.public_id)


def test_it_shows_what_it_changes_and_changes_nothing(client_of, signed, url, facilitator):
    client = client_of(facilitator)
    before = list(AttendanceRecord.objects.values())
    answer = client.post(url, sent(arrived="09:15") | {"act": "work_out"}, headers=HTMX)
    words = words_of(answer)
    assert "<html" not in answer.content.decode()
    assert "Present 9:00 AM – 12:00 PM becomes Late 9:15 AM – 12:00 PM" in words
    assert "Credited here of 180 min 180 min becomes 165 min" in words
    assert "180 min, qualifies becomes 165 min, does not qualify" in words
    assert "Met 3 h of 3 h becomes" in words
    assert "2 h 45 min of 3 h" in words
    assert "Rule: Example rule 1.2." in words
    assert list(AttendanceRecord.objects.values()) == before
    assert not Amendment.objects.exists()
    assert not Alert.objects.exists()
    assert not AuditEvent.objects.filter(verb__contains="amended").exists()


def test_the_first_post_shows_and_the_second_saves(client_of, signed, url, facilitator):
    client = client_of(facilitator)
    first = client.post(url, sent(arrived="09:15"))
    assert first.status_code == 200
    assert "Nothing is saved yet." in words_of(first)
    assert "165 min, does not qualify" in words_of(first)
    assert not Amendment.objects.exists()
    # Something else than what was shown is shown first again.
    other = client.post(url, sent(arrived="09:20") | {"shown": shown_in(first)})
    assert "Nothing is saved yet." in words_of(other)
    done = client.post(url, sent(arrived="09:15") | {"shown": shown_in(first)})
    assert done.status_code == 302
    assert said(*signed) == "09:15-12:00"


def test_what_it_writes_and_says(client_of, signed, url, facilitator):
    session, person = signed
    done = save(client_of(facilitator), url, arrived="09:15")
    sheet = reverse("sheet:sheet", args=[session.group.program.public_id, session.public_id])
    assert done["Location"] == sheet
    words = told(done)
    assert "The record is amended. Credited here: 165 min instead of 180 min." in words
    assert "The day no longer qualifies." in words
    made = Amendment.objects.get()
    assert (made.reason, made.amended_by) == (WHY, facilitator)
    verbs = set(AuditEvent.objects.values_list("verb", flat=True))
    assert {"attendance.amended", "weekly_hours.amended"} <= verbs
    event = AuditEvent.objects.get(verb="weekly_hours.amended")
    assert event.participant_id == person.public_id
    assert (event.detail["credited_before"], event.detail["credited_after"]) == (180, 165)
    assert WHY not in str(list(AuditEvent.objects.values_list("detail", flat=True)))


def test_the_alerts_follow_at_once_also_long_ago(client_of, signed, url, facilitator):
    """The sweep looks at this week and the last; this is a Monday of a past year for the clock."""
    client = client_of(facilitator)
    GroupSession.objects.update(closed_at=moment(MONDAY, "12:00"))
    save(client, url, mark="no_call")
    kinds = Alert.objects.of_week(MONDAY).open().values_list("kind", flat=True)
    assert AlertKind.DAYS_SHORT in kinds
    save(client, url)
    assert not Alert.objects.of_week(MONDAY).open().exists()


def test_by_video(client_of, signed, url, facilitator):
    save(client_of(facilitator), url, way="video")
    assert AttendanceRecord.objects.get().is_by_video
    page = client_of(facilitator).get(url).content.decode()
    assert 'value="video"' in page


def test_a_session_that_is_not_signed_leads_to_its_sheet(client_of, program, director):
    session = build.a_session(build.a_group(program))
    person = a_member(session)
    for answer in (
        client_of(director).get(url_of(session, person)),
        client_of(director).post(url_of(session, person), sent()),
    ):
        assert answer.status_code == 302
        assert told(answer) == "This session is not signed: mark it on its sheet."


def test_an_empty_form_gets_words(client_of, url, facilitator):
    answer = client_of(facilitator).post(url, {})
    assert answer.status_code == 422
    assert "Choose what the record is to say" in words_of(answer)
    assert "Say why the record is amended" in words_of(answer)


def queries(client, url: str, data: dict | None = None) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        response = client.post(url, data, headers=HTMX) if data else client.get(url)
    assert response.status_code == 200
    return len(captured)


@pytest.mark.parametrize("data", [None, sent(arrived="09:15") | {"act": "work_out"}])
def test_it_costs_the_same_for_one_and_for_twelve(client_of, program, facilitator, data):
    session, person = a_signed_monday(program, facilitator)
    client, url = client_of(facilitator), url_of(session, person)
    client.get(url)
    alone = queries(client, url, data)
    with_many, other = a_signed_monday_with(program, facilitator, 12)
    assert queries(client, url_of(with_many, other), data) == alone


def a_signed_monday_with(program, facilitator, people: int):
    group = build.a_group(program)
    session = build.a_session(group, "2026-11-24", facilitators=[facilitator])
    everyone = [a_member(session) for _ in range(people)]
    for each in everyone:
        build.a_record(session, each, "09:00-12:00")
    build.a_sign_off(session, facilitator)
    for minute in range(3):
        tuesday = there(f"09:1{minute}-12:00", day=session.held_on)
        amend(session, everyone[0], tuesday, by=facilitator)
    return session, everyone[0]
