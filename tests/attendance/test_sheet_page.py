"""The sheet's page: who may, what it says, what a form changes, and what it costs."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from attendance.models import AttendanceRecord, Presence, SignOff
from groups.models import Facilitation, GroupSession
from programs.models import Role
from tests import build
from tests.attendance.sheet import a_member, a_running_session, on_sheet, row, rows

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def session(program, facilitator) -> GroupSession:
    return a_running_session(program, timezone.now(), facilitator)


@pytest.fixture
def person(session):
    return a_member(session, first_name="Grace", last_name="Lindqvist")


def url_of(session: GroupSession, view: str = "sheet:sheet") -> str:
    return reverse(view, args=[session.group.program.public_id, session.public_id])


@pytest.fixture
def url(session) -> str:
    return url_of(session)


def words_of(response) -> str:
    """Return what the page says, without its tags."""
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(html.unescape(text).split())


def test_who_may(client_of, session, url, program, facilitator, clinician, director, stranger):
    for user in (facilitator, clinician, director):
        assert client_of(user).get(url).status_code == 200
    other = build.a_colleague(program, Role.FACILITATOR)
    for user in (other, build.a_colleague(program, Role.ADMISSIONS, Role.BILLING)):
        assert client_of(user).get(url).status_code == 403
        assert client_of(user).post(url, {"rest": "1"}).status_code == 403
    assert client_of(stranger).get(url).status_code == 404
    assert client_of(stranger).post(url).status_code == 404
    elsewhere = build.a_session(build.a_group())
    wrong = reverse("sheet:sheet", args=[program.public_id, elsewhere.public_id])
    assert client_of(director).get(wrong).status_code == 404
    assert client_of(director).post(wrong).status_code == 404


def test_who_led_it_before_may_no_longer(client_of, session, url, facilitator):
    Facilitation.objects.update(is_former=True)
    assert client_of(facilitator).get(url).status_code == 403


def test_what_it_says(client_of, session, url, person, facilitator):
    a_member(session, first_name="Ann", last_name="Yu")
    record = AttendanceRecord.objects.create(
        session=session, participant=person, recorded_at=timezone.now(), recorded_by=facilitator
    )
    Presence.objects.create(record=record, arrived_at=session.starts_at + timedelta(minutes=12))
    guest = build.an_enrollment(session.group.program, admitted_on="2020-01-01")
    build.a_make_up_seat(session, guest)
    page = words_of(client_of(facilitator).get(url))
    assert "Grace L." in page
    assert "Lindqvist" not in page
    assert "1 of 3 marked · 1 in the room" in page
    assert "in session, 20 min left" in page or "in session, 19 min left" in page
    assert "Late 12 min" in page
    assert "Make-up" in page
    assert "2 people to mark before you sign" in page
    assert page.index("Ann Y") < page.index("Grace L.")


def test_a_row_is_answered_with_the_row(client_of, session, url, person, facilitator):
    data = row(person, mark="present") | {"only": str(person.public_id)}
    answer = client_of(facilitator).post(url, data, headers=HTMX)
    page = answer.content.decode()
    assert page.count('class="roster-row') == 1
    assert page.count('hx-swap-oob="true"') == 3
    assert "1 of 1 marked" in words_of(answer)
    assert str(on_sheet(session, person).state).startswith("p:")
    event = AuditEvent.objects.get(verb="attendance.recorded")
    assert (event.by, event.participant_id) == (facilitator, person.public_id)
    assert (event.program_id, event.subject_id) == (
        session.group.program.public_id,
        session.public_id,
    )
    assert event.detail["people"] == 1


def test_a_whole_form_does_the_same(client_of, session, url, person, facilitator):
    a_member(session)
    answer = client_of(facilitator).post(url, rows(session, "present"), follow=True)
    assert "2 marks saved." in words_of(answer)
    assert "Everyone is marked." in words_of(answer)
    again = client_of(facilitator).post(url, rows(session, "present"), follow=True)
    assert "Nothing was changed on the sheet." in words_of(again)
    assert AttendanceRecord.objects.count() == Presence.objects.count() == 2


def test_rest_present_marks_only_the_rest(client_of, session, url, person, facilitator):
    other = a_member(session)
    data = rows(session, "") | {"rest": "1", f"mark-{person.public_id}": "excused"}
    client_of(facilitator).post(url, data)
    assert str(on_sheet(session, person).state) == "a:excused"
    assert on_sheet(session, other).state.stretches == ((session.starts_at, None),)


def test_what_is_refused_says_where_and_stays_typed(client_of, session, url, person, facilitator):
    data = row(person, arrived="23:59", left="00:01")
    answer = client_of(facilitator).post(url, data)
    assert answer.status_code == 422
    assert "Nothing was recorded yet" in words_of(answer)
    assert 'value="23:59"' in answer.content.decode()
    assert not AttendanceRecord.objects.exists()


def test_a_conflict_shows_both(client_of, session, url, person, facilitator, clinician):
    client_of(facilitator).post(url, row(person, mark="excused"))
    data = row(person, mark="present") | {"only": str(person.public_id)}
    answer = client_of(clinician).post(url, data, headers=HTMX)
    assert re.search(
        r"Fay Marlow marked Excused at \d+:\d\d [AP]M; you said Present", words_of(answer)
    )
    (use,) = re.findall(r'name="use" value="([^"]+)"', answer.content.decode())
    client_of(clinician).post(url, row(person, "a:excused") | {"use": use})
    assert on_sheet(session, person).state.stretches == ((session.starts_at, None),)


@pytest.mark.parametrize(
    "data",
    [
        {"row": "someone"},
        {"act": "left"},
        {"act": "fly:7"},
        {"use": "7=p:1-"},
        {"only": "me", "row": ["", "\x00"]},
        {"act": "exact:00000000-0000-0000-0000-000000000000"},
    ],
)
def test_nonsense_changes_nothing(client_of, session, url, person, facilitator, data):
    assert client_of(facilitator).post(url, data).status_code == 302
    assert not AttendanceRecord.objects.exists()


def test_a_forged_person_is_refused(client_of, session, url, facilitator):
    forged = build.a_participant()
    answer = client_of(facilitator).post(url, row(forged, mark="present"))
    assert answer.status_code == 422
    assert not AttendanceRecord.objects.exists()


def test_signing_names_who_is_unmarked(client_of, session, url, person, facilitator):
    build.a_session(session.group)
    answer = client_of(facilitator).post(url, {"sign": "1"})
    assert answer.status_code == 422
    assert "15 minutes before the session ends" in words_of(answer)
    GroupSession.objects.filter(pk=session.pk).update(
        ends_at=session.ends_at - timedelta(minutes=10)
    )
    answer = client_of(facilitator).post(url, {"sign": "1"})
    assert "Mark everyone before you sign." in words_of(answer)
    assert f'href="#row-{person.public_id}">Grace L.' in answer.content.decode()


def test_a_signed_sheet_is_read_only(client_of, session, url, person, facilitator):
    GroupSession.objects.filter(pk=session.pk).update(
        ends_at=session.ends_at - timedelta(minutes=10)
    )
    client = client_of(facilitator)
    signed = client.post(url, rows(session, "present") | {"sign": "1"}, follow=True)
    assert "Signed by Fay Marlow LPC" in words_of(signed)
    assert '<form class="sheet"' not in signed.content.decode()
    after = client.post(url, row(person, mark="excused"), follow=True)
    assert "changes only by an amendment" in words_of(after)
    data = row(person, mark="excused") | {"only": str(person.public_id)}
    assert client.post(url, data, headers=HTMX).headers["HX-Redirect"] == url
    assert SignOff.objects.get().signed_by == facilitator


def test_a_substitute_gives_a_reason(client_of, session, url, person, director):
    GroupSession.objects.filter(pk=session.pk).update(
        ends_at=session.ends_at - timedelta(minutes=10)
    )
    data = rows(session, "present") | {"sign": "1"}
    assert "Say why you sign" in words_of(client_of(director).post(url, data))
    page = client_of(director).post(url, data | {"reason": "Fay is ill"}, follow=True)
    assert "Signed in the facilitator's place: Fay is ill" in words_of(page)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"status": "cancelled"}, "This session is cancelled."),
        ({"closed_at": build.NOW}, "This session is closed."),
    ],
)
def test_sheets_to_read(client_of, session, url, person, facilitator, fields, words):
    GroupSession.objects.filter(pk=session.pk).update(**fields)
    assert words in words_of(client_of(facilitator).get(url))
    answer = client_of(facilitator).post(url, row(person, mark="present"), follow=True)
    assert "Nothing was recorded" in words_of(answer)


def test_a_walk_in_is_found_and_added(client_of, session, url, program, facilitator):
    found = build.an_enrollment(
        program, build.a_participant(first_name="Mateo"), admitted_on="2020-01-01"
    ).participant
    build.an_enrollment(None, build.a_participant(first_name="Mateusz"), admitted_on="2020-01-01")
    client, search = client_of(facilitator), url_of(session, "sheet:walk_in")
    assert client.get(search).status_code == 200
    page = client.post(search, {"words": "mate"})
    assert "Mateo N." in words_of(page)
    assert "Mateusz" not in words_of(page)
    assert "at least two letters" in words_of(client.post(search, {"words": "m"}))
    assert "Nobody found." in words_of(client.post(search, {"words": "zz"}))
    added = client.post(url, {"act": f"walk_in:{found.public_id}"}, follow=True)
    assert "Walk-in" in words_of(added)
    assert on_sheet(session, found).state.is_here
    assert "On the sheet already" in words_of(client.post(search, {"words": "mateo"}))


def test_what_it_costs_does_not_depend_on_how_many_they_are(client_of, session, url, facilitator):
    """Statements but for the savepoints, which are the test's own."""
    client, costs = client_of(facilitator), []

    def cost(data=None, **headers) -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(url) if data is None else client.post(url, data, headers=headers)
        return sum("SAVEPOINT" not in each["sql"] for each in queries)

    for people in (1, 11, 18):
        member = [a_member(session) for _ in range(people)][-1]
        only = {"only": str(member.public_id)}
        shown, taps = cost(), []
        for act in ("present", "left", "back", "unexcused", "clear", "late"):
            seen = str(on_sheet(session, member).state)
            data = row(member, seen) | only | {"act": f"{act}:{member.public_id}"}
            taps.append(cost(data, **HTMX))
        saved = [cost(rows(session, mark)) for mark in ("present", "excused", "present")]
        Presence.objects.all().delete()
        costs.append((shown, *taps, *saved[1:]))
        assert shown <= 10
        assert max(taps) <= 8
        assert max(saved) <= 12
    assert len(set(costs)) == 1
