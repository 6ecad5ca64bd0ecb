"""Safety answers in the browser: the list, one of them, what was done, and the panel on Today."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent, User
from attendance.check_ins.actions import acknowledge_alert
from attendance.models import CheckIn, SafetyAlert
from groups.models import GroupSession
from programs.models import Program, Role
from tests import build
from tests.attendance.sheet import a_member, a_running_session
from tests.build_records import a_check_in, a_safety_alert

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


@pytest.fixture
def session(program: Program, facilitator: User) -> GroupSession:
    return a_running_session(program, timezone.now(), facilitator)


def alert_in(session: GroupSession, name: str = "Elena", **fields) -> SafetyAlert:
    person = a_member(session, first_name=name, last_name="Moss")
    now = timezone.now()
    answers = {"mood": 2, "setback": "Lost her job <i>", "safety": "yes", "taken_at": now}
    check_in = a_check_in(session, person, **{**answers, **fields})
    return a_safety_alert(check_in, raised_at=now)


@pytest.fixture
def alert(session: GroupSession) -> SafetyAlert:
    return alert_in(session)


@pytest.fixture
def listed(program: Program) -> str:
    return reverse("check_ins:safety", args=[program.public_id])


@pytest.fixture
def url(program: Program, alert: SafetyAlert) -> str:
    return reverse("check_ins:alert", args=[program.public_id, alert.public_id])


@pytest.fixture
def today(program: Program) -> str:
    return reverse("today:today", args=[program.public_id])


def words(answer) -> str:
    return " ".join(answer.content.decode().split())


def act(alert: SafetyAlert, by: User, text: str = "Stayed with her.", **ago) -> None:
    now = timezone.now() - timedelta(**ago)
    acknowledge_alert(alert=alert, what_was_done=text, by=by, now=now)


@pytest.mark.parametrize(
    ("role", "on_list", "on_alert"),
    [
        (Role.DIRECTOR, 200, 200),
        (Role.CLINICIAN, 200, 200),
        (Role.FACILITATOR, 200, 403),
        (Role.ADMISSIONS, 403, 403),
        (Role.BILLING, 403, 403),
    ],
)
def test_who_may(client_of, program, listed, url, today, role, on_list, on_alert):
    client = client_of(build.a_colleague(program, role))
    assert client.get(listed).status_code == on_list
    assert client.get(url).status_code == on_alert
    page = words(client.get(today))
    assert ("1 safety answer waits" in page) == (on_alert == 200)
    answer = client.post(url, {"what_was_done": "Stayed."})
    assert answer.status_code == (302 if on_alert == 200 else 403)
    waits = SafetyAlert.objects.filter(acknowledged_at=None).exists()
    assert waits == (on_alert != 200)


def test_who_leads_the_session_may(client_of, facilitator, listed, url, today):
    client = client_of(facilitator)
    for address in (listed, url, today):
        assert "Elena M." in words(client.get(address)), address
    assert client.post(url, {"what_was_done": "Stayed."}).status_code == 302
    assert SafetyAlert.objects.get().acknowledged_by == facilitator


def test_a_stranger_finds_nothing(client_of, stranger, listed, url, program):
    for address in (listed, url):
        assert client_of(stranger).get(address).status_code == 404
        assert Client().get(address).status_code == 302
    theirs = stranger.assignments.get().program
    elsewhere = url.replace(str(program.public_id), str(theirs.public_id))
    assert client_of(stranger).get(elsewhere).status_code == 404


def test_the_list(client_of, clinician, director, session, listed, program):
    client = client_of(clinician)
    page = words(client.get(listed))
    assert "Nothing waits." in page
    assert "Acted on" not in page
    first, second = alert_in(session, "Ana"), alert_in(session, "Ben")
    recent, old = alert_in(session, "Cara"), alert_in(session, "Dov")
    act(recent, director, days=13, hours=23)
    act(old, director, days=14, minutes=1)
    page = words(client.get(listed))
    assert "<title>Safety answers · Prairie Clinic</title>" in page
    order = [page.index(name) for name in ("Ana M.", "Ben M.", "Acted on, the", "Cara M.")]
    assert order == sorted(order)
    assert "Dov M." not in page
    assert "Acted on: Dina Osei" in page
    event = AuditEvent.objects.filter(verb="safety_alerts.read").latest("pk")
    assert (event.by, event.program_id) == (clinician, program.public_id)
    ids = [str(each.public_id) for each in (first, second, recent)]
    assert event.detail == {"alerts": ids}


def test_one_safety_answer(client_of, clinician, url, alert):
    page = words(client_of(clinician).get(url))
    for said in (
        "<title>Safety answer · Prairie Clinic</title>",
        "Elena M.: safety question, yes",
        "Process A",
        "What to do now",
        "988",
        "2 of 10",
        "Lost her job &lt;i&gt;",
        "Phone and emergency contact",
        "Check-ins over time",
        "Save what was done",
    ):
        assert said in page, said
    assert "changed later" not in page
    person = alert.check_in.participant
    event = AuditEvent.objects.get(verb="participant.read")
    assert (event.participant_id, event.detail) == (person.public_id, {"page": "safety_alert"})
    CheckIn.objects.update(safety="no")
    assert "The safety answer was changed later" in words(client_of(clinician).get(url))


def test_a_facilitator_is_not_led_to_the_record(client_of, facilitator, url):
    page = words(client_of(facilitator).get(url))
    assert "Phone and emergency contact" not in page
    assert "Check-ins over time" in page


def test_a_walk_in_from_elsewhere_has_no_pages_here(client_of, clinician, program, session):
    other = build.an_enrollment(build.a_program()).participant
    alert = a_safety_alert(a_check_in(session, other, safety="yes"))
    url = reverse("check_ins:alert", args=[program.public_id, alert.public_id])
    page = words(client_of(clinician).get(url))
    assert "What to do now" in page
    assert "Check-ins over time" not in page
    assert "Phone and emergency contact" not in page


def test_what_was_done_is_written_down(client_of, clinician, url, session):
    client = client_of(clinician)
    typed = {"what_was_done": "Stayed.\r\nCalled <b>her sister</b>."}
    page = words(client.post(url, typed, follow=True))
    assert "What was done is on record." in page
    assert "Called &lt;b&gt;her sister&lt;/b&gt;." in page
    assert "Cleo Ortiz, LCSW" in page
    assert "<textarea" not in page
    assert SafetyAlert.objects.get().what_was_done == "Stayed.\nCalled <b>her sister</b>."
    assert AuditEvent.objects.filter(verb="safety_alert.acknowledged").count() == 1
    build.a_sign_off(session)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("  ", "Write what was done: what you asked, whom you told"),
        ("Stayed\0.", "What was done: it holds a character that cannot be kept."),
        ("x" * 2**20, "What was done: at most 2,000 letters; these are 1,048,576"),
    ],
)
def test_what_cannot_be_kept_is_said(client_of, clinician, url, text, said):
    answer = client_of(clinician).post(url, {"what_was_done": text})
    assert answer.status_code == 422
    page = words(answer)
    assert page.count(said) == 2
    assert "Error: Safety answer" in page
    assert text.strip().replace("\0", "")[:6] in page
    assert SafetyAlert.objects.get().acknowledged_at is None


def test_the_second_of_two_is_told_who_was_first(client_of, clinician, director, url, alert):
    act(alert, director)
    answer = client_of(clinician).post(url, {"what_was_done": "I called <b>him</b> too."})
    assert answer.status_code == 409
    page = words(answer)
    for said in (
        "Somebody was first: Dina Osei",
        "Yours is not saved.",
        "I called &lt;b&gt;him&lt;/b&gt; too.",
        "Stayed with her.",
    ):
        assert said in page, said
    assert SafetyAlert.objects.get().acknowledged_by == director


def test_today_shows_a_few_first_of_all(client_of, clinician, session, today):
    client = client_of(clinician)
    assert "safety answer" not in words(client.get(today))
    alerts = [alert_in(session, name) for name in ("Ana", "Ben", "Cara", "Dov", "Eli")]
    for address in (today, f"{today}?day_of=clinic"):
        page = words(client.get(address))
        assert "5 safety answers wait" in page
        assert "and 2 more" in page
        assert "Cara M." in page
        assert page.index("5 safety answers wait") < page.index('class="tiles')
        assert page.count("Act on it") == 3
    for each in alerts[1:]:
        act(each, clinician)
    page = words(client.get(today))
    assert "1 safety answer waits" in page
    assert "more</a>" not in page


def count(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_queries_do_not_grow(client_of, clinician, director, session, listed, url, today):
    client, counts = client_of(clinician), []
    for number in range(3):
        for name in ("Ana", "Ben"):
            alert_in(session, f"{name}{number}")
        act(alert_in(session, f"Cara{number}"), director)
        counts.append([count(client, address) for address in (listed, url)])
    assert counts == [counts[0]] * 3
    assert counts[0] == [6, 7]
