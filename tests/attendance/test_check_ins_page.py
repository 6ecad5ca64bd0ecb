"""The check-in in the browser: who may, as a part and as a page, what it says; nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent, User
from attendance.check_ins.actions import acknowledge_alert
from attendance.models import CheckIn, SafetyAlert
from groups.models import GroupSession, SessionStatus
from programs.models import Participant, Program, Role
from tests import build
from tests.attendance.check_ins import save, sent
from tests.attendance.sheet import a_member, a_running_session

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
PART = {"X-Part": "1"}
HTMX = {"HX-Request": "true"}


@pytest.fixture
def session(program: Program, facilitator: User) -> GroupSession:
    return a_running_session(program, timezone.now(), facilitator)


@pytest.fixture
def person(session: GroupSession) -> Participant:
    return a_member(session, first_name="Elena", last_name="Moss")


@pytest.fixture
def url(session: GroupSession, person: Participant, program: Program) -> str:
    ids = [program.public_id, session.public_id, person.public_id]
    return reverse("check_ins:check_in", args=ids)


@pytest.fixture
def client(client_of: ClientOf, facilitator: User) -> Client:
    return client_of(facilitator)


def words(answer) -> str:
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.DIRECTOR, 200),
        (Role.CLINICIAN, 200),
        (Role.FACILITATOR, 403),
        (Role.ADMISSIONS, 403),
        (Role.BILLING, 403),
    ],
)
def test_who_may(client_of, program, person, url, role, status):
    client = client_of(build.a_colleague(program, role))
    assert client.get(url).status_code == status
    answer = client.post(url, sent(person, mood="4"), headers=PART)
    assert answer.status_code == status
    assert CheckIn.objects.exists() == (status == 200)


def test_one_who_leads_it_now_may(client_of, session, person, url, program):
    was, now = (build.a_colleague(program, Role.FACILITATOR) for _ in range(2))
    build.a_facilitation(session, was, is_former=True)
    build.a_facilitation(session, now)
    assert client_of(was).get(url).status_code == 403
    assert client_of(now).get(url).status_code == 200


def test_a_stranger_finds_nothing(client_of, stranger, url, person):
    assert client_of(stranger).get(url).status_code == 404
    assert client_of(stranger).post(url, sent(person)).status_code == 404
    assert Client().get(url).status_code == 302


def test_whoever_is_not_on_the_sheet_is_not_found(client, program, session, url, person):
    other = build.an_enrollment(program).participant
    theirs = url.replace(str(person.public_id), str(other.public_id))
    assert client.get(theirs).status_code == 404
    assert client.post(theirs, sent(other, mood="4")).status_code == 404
    elsewhere = build.a_session(build.a_group())
    away = url.replace(str(session.public_id), str(elsewhere.public_id))
    assert client.get(away).status_code == 404


def test_the_page_asks_everything(client, url):
    page = words(client.get(url))
    for said in (
        "<title>Check-in · Prairie Clinic</title>",
        "Check-in of Elena M.",
        "Mood, 0 low to 10 high",
        "Craving, 0 none to 10 strongest",
        "Used since last time?",
        "One setback",
        "One thing that went well",
        "Skill practised",
        "Homework",
        "Are you having thoughts of harming yourself or somebody else?",
        "988",
        "911",
        "Write what was done",
        "Every question may stay blank.",
    ):
        assert said in page, said
    assert "is-on" not in page
    assert "Moss" not in page


def test_as_a_part_of_the_sheet(client, url, person):
    part = words(client.get(url, headers=HTMX))
    assert "<html" not in part
    assert f'data-part data-url="{url}"' in part
    assert part.count("<input") + part.count("<textarea") + part.count("<select") == part.count(
        'form="parts"'
    )
    assert f'id="id_{person.public_id}-setback"' in part
    assert "data-part-state" in part


def test_reading_it_leaves_a_trace(client, facilitator, url, person, program):
    client.get(url)
    client.get(url, headers=HTMX)
    events = AuditEvent.objects.filter(verb="participant.read")
    assert [(event.by, event.participant_id, event.detail) for event in events] == [
        (facilitator, person.public_id, {"page": "check_in"})
    ] * 2


def test_saved_as_a_part(client, facilitator, url, person):
    answer = client.post(url, sent(person, mood="4", setback="Argued <b>"), headers=PART)
    assert (answer.status_code, answer["X-Part-Version"]) == (200, "1")
    row = CheckIn.objects.get()
    assert (row.mood, row.setback, row.entered_by) == (4, "Argued <b>", facilitator)
    assert "Saved" in words(answer)
    assert "Write what was done" not in words(answer)
    answer = client.post(url, sent(person, 1, mood="5"), headers=PART)
    assert answer["X-Part-Version"] == "2"
    part = words(client.get(url, headers=HTMX))
    assert 'name="version" value="2"' in part


def test_nothing_answered_is_nothing_saved(client, url, person):
    answer = client.post(url, sent(person), headers=PART)
    assert answer.status_code == 200
    assert words(answer) == "Nothing is answered yet"
    assert "X-Part-Version" not in answer
    assert "Nothing is answered yet" in words(client.post(url, sent(person), follow=True))
    assert not CheckIn.objects.exists()


def test_saved_as_a_page(client, url, person):
    answer = client.post(url, sent(person, mood="4", went_well="<script>x</script>"), follow=True)
    page = words(answer)
    assert "Saved" in page
    assert "&lt;script&gt;x&lt;/script&gt;" in page
    assert "<script>x" not in page
    assert CheckIn.objects.get().mood == 4


def test_a_yes_says_at_once_what_to_do(client, url, person, program):
    answer = words(client.post(url, sent(person, safety="yes"), headers=PART))
    alert = SafetyAlert.objects.get()
    link = reverse("check_ins:alert", args=[program.public_id, alert.public_id])
    assert "Safety question: yes. The clinicians are told." in answer
    assert f'href="{link}"' in answer
    for headers in ({}, HTMX):
        page = words(client.get(url, headers=headers))
        assert "safety-now is-on" in page
        assert f'href="{link}"' in page


def test_a_yes_that_was_acted_on_asks_for_nothing(client, url, person, facilitator):
    client.post(url, sent(person, safety="yes"), headers=PART)
    alert, now = SafetyAlert.objects.get(), timezone.now()
    acknowledge_alert(alert=alert, what_was_done="Stayed.", by=facilitator, now=now)
    for headers in ({}, HTMX):
        page = words(client.get(url, headers=headers))
        assert "A safety answer was yes, and was acted on." in page
        assert "Write what was done" not in page
    again = client.post(url, sent(person, 1, safety="yes", mood="1"), headers=PART)
    assert "told" not in words(again)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"mood": "11"}, "Mood: choose a number from 0 to 10"),
        ({"setback": "a\0b"}, "One setback: it holds a character that cannot be kept."),
        ({"skill": "x" * 2**20}, "Skill practised: at most 2,000 letters; these are 1,048,576"),
        ({"homework": "<b>"}, "Homework: choose one of the answers on the list"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_lost(client, url, person, typed, said):
    whole = sent(person, **{"went_well": "Slept", **typed})
    answer = client.post(url, whole, headers=PART)
    assert answer.status_code == 422
    assert said in words(answer)
    assert "X-Part-Version" not in answer
    answer = client.post(url, whole)
    assert answer.status_code == 422
    page = words(answer)
    assert page.count(said) == 2
    assert "There is a problem" in page
    assert "Slept" in page
    assert not CheckIn.objects.exists()


@pytest.mark.parametrize("version", ["", "1", "-1", "x" * 5000, "9" * 50, "٢", "\0"])
def test_two_forms_of_one_version(client, client_of, clinician, url, person, session, version):
    save(session, person, clinician, now=timezone.now(), mood=3, setback="Hers <i>")
    save(session, person, clinician, 1, now=timezone.now(), mood=2, setback="Hers <i>")
    mine = sent(person, version, mood="7", setback="His <i>")
    answer = client.post(url, mine, headers=PART)
    assert (answer.status_code, answer["X-Part-Version"]) == (409, "2")
    for said in ("Cleo Ortiz, LCSW saved other answers at", "Hers &lt;i&gt;", "His &lt;i&gt;"):
        assert said in words(answer), said
    for choice in ("mine", "theirs"):
        assert f'data-part-use="{choice}"' in words(answer)
    answer = client.post(url, mine)
    page = words(answer)
    assert answer.status_code == 409
    assert 'name="version" value="2"' in page
    assert page.count("His &lt;i&gt;") == 2
    assert "Hers &lt;i&gt;" in page
    assert CheckIn.objects.get().mood == 2
    assert client.post(url, {**mine, "version": 2}).status_code == 302
    assert CheckIn.objects.get().mood == 7


def test_the_kiosk_is_named(client, url, person, session, facilitator):
    save(session, person, facilitator, now=timezone.now(), on_kiosk=True, mood=3)
    assert ", on the kiosk" in words(client.get(url))
    answer = client.post(url, sent(person, mood="7"), headers=PART)
    assert "The person on the kiosk of Fay Marlow, LPC saved other answers" in words(answer)


def test_a_session_signed_meanwhile(client, url, person, session, facilitator):
    save(session, person, facilitator, now=timezone.now(), mood=3)
    build.a_sign_off(session)
    mine = sent(person, 1, mood="7", setback="Typed late")
    answer = client.post(url, mine, headers=PART)
    assert answer.status_code == 422
    assert "Not saved. This session is signed" in words(answer)
    answer = client.post(url, mine)
    assert answer.status_code == 422
    for said in ("Nothing was saved. This is what you answered:", "Typed late", "3 of 10"):
        assert said in words(answer), said
    page = words(client.get(url))
    assert "This session is signed: its check-ins stay as they are." in page
    assert "<textarea" not in page
    part = words(client.get(url, headers=HTMX))
    assert "data-part" not in part
    assert "3 of 10" in part


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"status": SessionStatus.CANCELLED}, None),
        ({"closed_at": timezone.now()}, "The week is closed"),
    ],
)
def test_a_session_that_is_not_open(client, url, person, session, changes, said):
    build.a_record(session, person)
    GroupSession.objects.filter(pk=session.pk).update(**changes)
    page = words(client.get(url))
    assert (said or "This session was cancelled") in page
    assert "There was no check-in." in page
    assert client.post(url, sent(person, mood="7"), headers=PART).status_code == 422
    assert not CheckIn.objects.exists()


def test_far_ahead_it_is_not_asked_yet(client, program, facilitator):
    ahead = a_running_session(program, timezone.now() + timedelta(days=2), facilitator)
    person = a_member(ahead)
    ids = [program.public_id, ahead.public_id, person.public_id]
    page = words(client.get(reverse("check_ins:check_in", args=ids)))
    assert "Check-ins open twelve hours before the session." in page


def count(act: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as queries:
        act()
    return len([each for each in queries if "SAVEPOINT" not in each["sql"]])


def test_its_queries_do_not_grow(client, url, person, session):
    counts = []
    for more in (0, 2, 9):
        for _ in range(more):
            save(session, a_member(session), build.a_user(), now=timezone.now(), mood=1)
        version = CheckIn.objects.filter(participant=person).values_list("version", flat=True)
        mine = sent(person, version.first() or "", mood=str(more), setback="x")
        counts.append(
            [
                count(lambda: client.get(url)),
                count(lambda: client.get(url, headers=HTMX)),
                count(partial(client.post, url, mine, headers=PART)),
            ]
        )
    assert counts[1] == counts[2]
    # One of each asks which homework is open.
    assert counts[1] == [9, 8, 11]
