"""The authorizations on their page: who may, what billing sees, what they say, what is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEvent, User
from programs.models import Authorization, Enrollment, Program, Role
from programs.weeks import local_date
from tests import build
from tests.build_episodes import a_referral, an_authorization
from tests.programs.record_pages import queries_of, read, send

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


@pytest.fixture
def today(program: Program) -> date:
    return local_date(timezone.now(), program.zone)


@pytest.fixture
def enrollment(program: Program, today: date) -> Enrollment:
    person = build.a_participant(
        first_name="Ada", last_name="Nolan", chart_number="C-77", pronouns="she/her"
    )
    return build.an_enrollment(program, person, admitted_on=today - timedelta(days=20))


@pytest.fixture
def url(enrollment: Enrollment) -> str:
    person, program = enrollment.participant, enrollment.program
    return f"/authorizations/{program.public_id}/{person.public_id}/"


@pytest.fixture
def sent(enrollment: Enrollment, today: date) -> dict[str, str]:
    return {
        "payer": "Prairie Health Plan",
        "member_id": "XYZ 123",
        "status": "approved",
        "number": "A-100",
        "unit": "day",
        "requested_units": "",
        "approved_units": "12",
        "first_on": enrollment.admitted_on.isoformat(),
        "last_on": (today + timedelta(days=30)).isoformat(),
        "days_per_week": "3",
        "next_review_on": "",
        "note": "",
    }


@pytest.mark.parametrize(
    ("role", "seen", "written"),
    [
        (Role.DIRECTOR, 200, 200),
        (Role.ADMISSIONS, 200, 200),
        (Role.BILLING, 200, 200),
        (Role.CLINICIAN, 200, 403),
        (Role.FACILITATOR, 403, 403),
    ],
)
def test_who_may(client_of, enrollment, url, role: Role, seen: int, written: int):
    row = an_authorization(enrollment)
    client = client_of(build.a_colleague(enrollment.program, role))
    assert client.get(url).status_code == seen
    for address in ("new/", f"{row.public_id}/"):
        assert client.get(f"{url}{enrollment.public_id}/{address}").status_code == written


def test_what_is_not_theirs_is_not_found(client_of, stranger, billing, enrollment, url):
    row = an_authorization(build.an_enrollment(enrollment.program))
    episode = f"{url}{enrollment.public_id}/"
    for address in (url, f"{episode}new/", f"{episode}{row.public_id}/"):
        assert client_of(stranger).get(address).status_code == 404
        assert Client().get(address).status_code == 302
    client = client_of(billing)
    assert client.get(f"{episode}{row.public_id}/").status_code == 404
    assert client.get(f"{url}{row.enrollment.public_id}/new/").status_code == 404
    assert client.get(f"{url}?episode={row.enrollment.public_id}").status_code == 404


def test_billing_sees_the_name_and_no_other_chart_facts(
    client_of, billing, director, enrollment, url
):
    page = read(client_of(billing), url)
    assert "Ada Nolan" in page
    for fact in ("C-77", "she/her", "/plan/", "/person/", "/agreements/", "/episodes/"):
        assert fact not in page, fact
    page = read(client_of(director), url)
    for fact in ("C-77", "she/her", "/plan/", "/person/"):
        assert fact in page, fact
    trail = AuditEvent.objects.filter(verb="participant.read")
    assert [event.by for event in trail.order_by("pk")] == [billing, director]
    first = trail.first()
    assert first
    assert first.detail == {"page": "authorizations"}


def test_before_there_is_one_it_says_what_to_do(client_of, billing, clinician, url, program):
    page = read(client_of(billing), url)
    assert "<title>Authorizations · Prairie Clinic</title>" in page
    assert "No authorization is in force." in page
    assert "Add the first authorization" in page
    assert "Add the first authorization" not in read(client_of(clinician), url)
    waiting = a_referral(program).participant
    there = f"/authorizations/{program.public_id}/{waiting.public_id}/"
    assert "No episode of care here yet." in read(client_of(billing), there)


def test_what_it_says(client_of, billing, enrollment, url, today):
    first_on, days = enrollment.admitted_on, timedelta(days=1)
    an_authorization(
        enrollment,
        first_on=first_on,
        last_on=today + 5 * days,
        next_review_on=today - days,
        member_id="XYZ <1>",
        number="A-200",
        requested_units=16,
        entered_by=billing,
    )
    later = {"first_on": today + 6 * days, "last_on": today + 40 * days}
    an_authorization(enrollment, **later, unit="quarter_hour", approved_units=48)
    an_authorization(enrollment, **later, status="pending", payer="County")
    page = read(client_of(billing), url)
    for words in (
        "Authorization in force until",
        "In force today",
        "Ends in 5 days",
        "Review overdue since",
        "Begins",
        "Pending",
        "XYZ &lt;1&gt;",
        "A-200",
        "12 days",
        "16 days",
        "48 × 15 min (12 h)",
        "County",
        "by Bill Novak",
    ):
        assert words in page, words


def test_a_scheduled_episode_is_asked_of_its_first_day(client_of, billing, program, today):
    enrollment = build.an_enrollment(program, admitted_on=today + timedelta(days=3))
    an_authorization(
        enrollment, first_on=today + timedelta(days=4), last_on=today + timedelta(days=60)
    )
    there = f"/authorizations/{program.public_id}/{enrollment.participant.public_id}/"
    page = read(client_of(billing), there)
    assert "For the first day," in page
    assert "The authorization begins later, on" in page


def test_one_is_added_and_changed(client_of, billing, enrollment, url, sent):
    client, episode = client_of(billing), f"{url}{enrollment.public_id}/"
    assert f'value="{sent["first_on"]}"' in read(client, f"{episode}new/")
    assert "The authorization is on record." in send(client, f"{episode}new/", sent)
    row = Authorization.objects.get()
    assert (row.payer, row.member_id, row.entered_by) == (sent["payer"], "XYZ 123", billing)
    page = send(client, f"{episode}{row.public_id}/", {**sent, "approved_units": "14"})
    assert "The authorization is saved." in page
    assert "14 days" in page
    event = AuditEvent.objects.get(verb="authorization.changed")
    assert event.detail["fields"] == ["approved_units"]
    # The next one begins the day after, with the same payer and member.
    page = read(client, f"{episode}new/")
    next_on = date.fromisoformat(sent["last_on"]) + timedelta(days=1)
    assert f'value="{next_on.isoformat()}"' in page
    assert 'value="XYZ 123"' in page


@pytest.mark.parametrize(
    ("change", "words", "times"),
    [
        ({"payer": ""}, "Enter the payer", 2),
        ({"payer": "a\x00"}, "Null characters are not allowed.", 2),
        ({"number": ""}, "An approval has a number and at least one unit.", 2),
        ({"approved_units": "0"}, "An approval has a number and at least one unit.", 2),
        ({"approved_units": "9" * 20}, "Enter 99999 or less", 2),
        ({"requested_units": "many"}, "Enter a whole number", 2),
        ({"status": "lost"}, "Select a valid choice", 2),
        ({"unit": "week"}, "Select a valid choice", 2),
        ({"first_on": "9999-12-31"}, "Enter a date between 2000 and 2099", 2),
        ({"last_on": "2000-01-03"}, "An authorization ends on or after its first day.", 2),
        ({"last_on": ""}, "Enter the last day", 2),
        ({"days_per_week": "8"}, "Enter 7 or less", 2),
        ({"next_review_on": "2098-01-01"}, "A review is due before the last day, not on it.", 2),
        ({"first_on": "2020-01-06"}, "The first day is before the admission on", 2),
    ],
)
def test_what_cannot_be_is_said_on_top_and_at_the_field(
    client_of, billing, enrollment, url, sent, change, words, times
):
    page = client_of(billing).post(f"{url}{enrollment.public_id}/new/", {**sent, **change})
    assert page.status_code == 200
    assert page.content.decode().count(words) == times
    assert "<title>Error:" in page.content.decode()
    assert not Authorization.objects.exists()
    assert not AuditEvent.objects.filter(verb__startswith="authorization").exists()


def test_one_that_overlaps_another_is_refused_at_its_first_day(
    client_of, billing, enrollment, url, sent
):
    an_authorization(enrollment, first_on=sent["first_on"], last_on=sent["last_on"])
    page = send(client_of(billing), f"{url}{enrollment.public_id}/new/", sent)
    words = "Another approved authorization in the same unit covers some of these dates."
    assert page.count(words) == 2
    assert f'<a href="#id_first_on">{words}' in page
    assert 'value="XYZ 123"' in page


def test_a_review_is_never_due_on_the_last_day(client_of, billing, enrollment, url, sent):
    client, address = client_of(billing), f"{url}{enrollment.public_id}/new/"
    page = send(client, address, {**sent, "next_review_on": sent["last_on"]})
    assert page.count("A review is due before the last day, not on it.") == 2
    day_before = date.fromisoformat(sent["last_on"]) - timedelta(days=1)
    page = send(client, address, {**sent, "next_review_on": day_before.isoformat()})
    assert "The authorization is on record." in page


def test_dates_before_the_admission_are_kept_where_they_are_meant(
    client_of, billing, enrollment, url, sent
):
    client, episode = client_of(billing), f"{url}{enrollment.public_id}/"
    early = (enrollment.admitted_on - timedelta(days=3)).isoformat()
    assert "Keep it anyway" not in read(client, f"{episode}new/")
    page = send(client, f"{episode}new/", {**sent, "first_on": early})
    assert 'name="anyway"' in page
    assert not Authorization.objects.exists()
    sent |= {"first_on": early, "anyway": "on"}
    assert "is on record." in send(client, f"{episode}new/", sent)
    # Nobody is asked again for what was kept so.
    there = f"{episode}{Authorization.objects.get().public_id}/"
    del sent["anyway"]
    assert "The authorization is saved." in send(client, there, {**sent, "number": "A-101"})


def test_dates_after_the_discharge_have_to_be_meant(client_of, billing, program, sent, today):
    ended = build.an_enrollment(
        program,
        admitted_on=today - timedelta(days=40),
        discharged_on=today - timedelta(days=30),
        discharge_reason="completed",
    )
    base = f"/authorizations/{program.public_id}/{ended.participant.public_id}/"
    page = send(client_of(billing), f"{base}{ended.public_id}/new/", sent)
    assert "The first day is after the discharge on" in page
    assert "coverage tone" not in read(client_of(billing), base)


def test_its_queries_do_not_grow(client_of, billing, enrollment, url):
    client, counts = client_of(billing), []
    for unit in ("day", "hour", "quarter_hour"):
        an_authorization(enrollment, unit=unit, entered_by=build.a_user())
        counts.append(queries_of(client, url))
    assert counts == [counts[0]] * 3
    assert counts[0] <= 11
