"""People to get in touch with, in the browser: who may, what it says, bad input, its queries."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEvent, User
from attendance.models import Outreach, OutreachAttempt
from programs.models import Participant, Program, Role
from programs.weeks import local_date
from tests import build
from tests.build_episodes import a_consent, a_release
from tests.build_records import an_attempt, an_outreach
from tests.programs.record_pages import queries_of, read, send

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
SAFE = "Never leave a message with her husband."


def missed(program: Program, owner: User, *, leader: User | None = None, **fields: Any) -> Outreach:
    """Ada Nolan missed a session two days ago; opened yesterday, due just now."""
    now = timezone.now()
    person = build.a_participant(
        first_name="Adelheid",
        preferred_name="Ada",
        last_name="Nolan",
        phone="+14025550142",
        safe_contact=SAFE,
    )
    enrollment = build.an_enrollment(program, person, admitted_on="2020-01-01")
    held_on = local_date(now, program.zone) - timedelta(days=2)
    group = build.a_group(program, name=f"Process {Outreach.objects.count()}")
    hour = 8 + Outreach.objects.count()
    session = build.a_session(group, held_on, f"{hour:02}:00", f"{hour:02}:50")
    if leader:
        build.a_facilitation(session, leader)
    build.a_record(session, person, absence="unexcused")
    times = {"opened_at": now - timedelta(days=1), "due_at": now}
    return an_outreach(enrollment, session, owned_by=owner, **{**times, **fields})


@pytest.fixture
def outreach(program: Program, clinician: User) -> Outreach:
    return missed(program, clinician)


def list_of(program: Program, whose: str = "all") -> str:
    return f"/outreach/{program.public_id}/?whose={whose}"


def page_of(row: Outreach, act: str = "") -> str:
    return f"/outreach/{row.enrollment.program.public_id}/{row.public_id}/{act}"


def an_attempt_form(program: Program, **fields: str) -> dict[str, str]:
    here = timezone.now().astimezone(program.zone)
    sent = {
        "tried_on_0": str(here.month),
        "tried_on_1": str(here.day),
        "tried_on_2": str(here.year),
        "tried_time": "00:00",
        "way": "phone",
        "outcome": "left_message",
        "note": "Asked to call back.",
        **fields,
    }
    return {f"attempt-{name}": value for name, value in sent.items()}


CLOSE = {"close-outcome": "coming_back", "close-note": "Comes on Monday."}


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.DIRECTOR, 200),
        (Role.CLINICIAN, 200),
        (Role.ADMISSIONS, 200),
        (Role.BILLING, 403),
    ],
)
def test_who_may(client_of: ClientOf, outreach: Outreach, role: Role, status: int):
    program = outreach.enrollment.program
    client = client_of(build.a_colleague(program, role))
    assert client.get(list_of(program)).status_code == status
    assert client.get(page_of(outreach)).status_code == status
    for act in ("attempt/", "hand-over/", "close/"):
        assert client.post(page_of(outreach, act)).status_code == status
        assert client.get(page_of(outreach, act)).status_code == 405


def test_another_program_is_not_found(client_of: ClientOf, stranger: User, outreach: Outreach):
    client = client_of(stranger)
    assert client.get(list_of(outreach.enrollment.program)).status_code == 404
    for act in ("", "attempt/", "hand-over/", "close/"):
        assert client.post(page_of(outreach, act)).status_code in (404, 405)
        assert Client().get(page_of(outreach, act)).status_code in (302, 405)
    mixed = page_of(outreach).replace(
        str(outreach.enrollment.program.public_id),
        str(stranger.assignments.get().program.public_id),
    )
    assert client.get(mixed).status_code == 404


def test_a_facilitator_sees_their_own_sessions_and_what_is_theirs(
    client_of: ClientOf, program: Program, facilitator: User, clinician: User
):
    led = missed(program, clinician, leader=facilitator)
    handed = missed(program, facilitator)
    others = missed(program, clinician)
    client = client_of(facilitator)
    page = read(client, list_of(program))
    assert str(led.public_id) in page
    assert str(handed.public_id) in page
    assert str(others.public_id) not in page
    assert str(led.public_id) not in read(client, list_of(program, "mine"))
    assert client.get(page_of(led)).status_code == 200
    assert client.get(page_of(others)).status_code == 403
    assert client.post(page_of(others, "close/"), CLOSE).status_code == 403


def test_numbers_are_for_those_who_read_records(
    client_of: ClientOf, program: Program, facilitator: User, clinician: User
):
    row = missed(program, facilitator)
    seen, not_seen = (
        read(client_of(clinician), page_of(row)),
        read(client_of(facilitator), page_of(row)),
    )
    for words in ("(402) 555-0142", SAFE, "Adelheid"):
        assert words in seen
        assert words not in not_seen
    assert "Numbers and agreements are with the front desk" in not_seen


def test_that_there_was_a_safety_answer_is_for_those_who_read_notes(
    client_of: ClientOf, program: Program, clinician: User, administrator: User
):
    row = missed(program, clinician, kind="after_safety")
    for address in (page_of(row), list_of(program)):
        assert "Missed after a safety answer" in read(client_of(clinician), address)
        page = read(client_of(administrator), address)
        assert "safety" not in page
        assert "Missed a session, call soon" in page


def test_it_says_loudly_what_was_agreed(client_of: ClientOf, outreach: Outreach, clinician: User):
    person, now = outreach.enrollment.participant, timezone.now()
    page = read(client_of(clinician), page_of(outreach))
    assert "Nobody else may be told anything." in page
    assert "Never asked" in page
    a_consent(person, channel="sms", purpose="outreach", given_at=now)
    a_release(person, given_on="2020-01-01", expires_on="2099-01-01", recipient="Chidi Okoye")
    page = read(client_of(clinician), page_of(outreach))
    for words in ("Agreed", "Chidi Okoye", "May be told", "They have said:"):
        assert words in page
    Participant.objects.update(safe_contact="")
    assert "Leave no more than a name and a number" in read(client_of(clinician), page_of(outreach))


def test_the_list_by_due_time_and_the_closed_ones(
    client_of: ClientOf, program: Program, clinician: User
):
    now = timezone.now()
    soon = missed(program, clinician, due_at=now + timedelta(minutes=5))
    late = missed(program, clinician)
    closed: dict[str, Any] = {"closed_at": now, "outcome": "coming_back", "closed_by": clinician}
    missed(program, clinician, **closed)
    old = now - timedelta(days=40)
    gone = missed(program, clinician, **{**closed, "closed_at": old, "opened_at": old})
    page = read(client_of(clinician), list_of(program))
    assert page.index(str(late.public_id)) < page.index(str(soon.public_id))
    for words in ("Overdue", "Due ", "Closed", "Reached, is coming back", "Ada N"):
        assert words in page
    assert str(gone.public_id) not in page
    assert "nobody has tried yet" in page


def test_an_empty_list_says_what_will_stand_there(
    client_of: ClientOf, program: Program, clinician: User
):
    page = read(client_of(clinician), list_of(program))
    assert "Nobody is to be called." in page
    assert "There is no such list." in read(client_of(clinician), list_of(program, "theirs"))


def test_reading_one_leaves_a_trace(client_of: ClientOf, outreach: Outreach, clinician: User):
    client_of(clinician).get(page_of(outreach))
    event = AuditEvent.objects.get(verb="participant.read")
    assert event.participant_id == outreach.enrollment.participant.public_id
    assert event.detail == {"page": "outreach"}


def test_an_attempt_is_logged(client_of: ClientOf, outreach: Outreach, clinician: User):
    program = outreach.enrollment.program
    page = send(client_of(clinician), page_of(outreach, "attempt/"), an_attempt_form(program))
    assert "The attempt is on record." in page
    for words in ("Asked to call back.", "Left a message", "Phone call"):
        assert words in page
    stored = OutreachAttempt.objects.get()
    local = stored.tried_at.astimezone(program.zone)
    assert (local.date(), local.hour) == (timezone.now().astimezone(program.zone).date(), 0)
    assert AuditEvent.objects.filter(verb="outreach.attempted").count() == 1


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"tried_on_1": "32"}, "Enter a real date"),
        ({"tried_on_1": ""}, "Fill in month, day and year"),
        ({"tried_on_2": "2019"}, "Enter a day from the day before it was missed on"),
        ({"tried_on_2": "2098"}, "Enter today or an earlier day"),
        ({"tried_time": "25:00"}, "Enter a time like 13:30"),
        ({"tried_time": ""}, "Enter the time"),
        ({"way": "pigeon"}, "Choose how you tried"),
        ({"outcome": ""}, "Choose what came of it"),
        ({"note": "a" * 1_000_000}, "at most 2000 characters"),
        ({"note": "nul \0 byte"}, "Null characters are not allowed"),
        ({"tried_on_0": "\0"}, "Enter a real date"),
    ],
)
def test_what_is_wrong_with_an_attempt_is_said(
    client_of: ClientOf, outreach: Outreach, clinician: User, fields: dict, words: str
):
    sent = an_attempt_form(outreach.enrollment.program, **fields)
    page = send(client_of(clinician), page_of(outreach, "attempt/"), sent)
    assert "There is a problem" in page
    assert words in page
    assert "<title>Error: Get in touch" in page
    assert not OutreachAttempt.objects.exists()


def test_markup_is_shown_as_it_was_typed(client_of: ClientOf, outreach: Outreach, clinician: User):
    note = "<script>alert(1)</script>"
    sent = an_attempt_form(outreach.enrollment.program, note=note)
    page = send(client_of(clinician), page_of(outreach, "attempt/"), sent)
    assert note not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_it_is_handed_over(
    client_of: ClientOf, program: Program, facilitator: User, clinician: User
):
    row = missed(program, facilitator)
    client = client_of(facilitator)
    to = {"over-to": str(clinician.public_id)}
    page = send(client, page_of(row, "hand-over/"), to)
    assert "Cleo Ortiz, LCSW has it from here, and is told." in page
    assert "<h1>Get in touch</h1>" in page
    row.refresh_from_db()
    assert row.owned_by == clinician
    assert client.get(page_of(row)).status_code == 403
    wrong = send(client_of(clinician), page_of(row, "hand-over/"), {"over-to": "nobody"})
    assert "Choose who takes it" in wrong


def test_it_is_closed_and_the_second_hears_of_it(
    client_of: ClientOf, outreach: Outreach, clinician: User, director: User
):
    page = send(client_of(clinician), page_of(outreach, "close/"), CLOSE)
    assert "Cleo Ortiz, LCSW closed this on" in page
    assert "Comes on Monday." in page
    late = {"close-outcome": "leaving", "close-note": "Wants to leave."}
    page = send(client_of(director), page_of(outreach, "close/"), late)
    assert "There is a problem" in page
    assert page.count("Cleo Ortiz, LCSW closed this on") == 2
    assert "Wants to leave." in page  # nothing typed is lost
    outreach.refresh_from_db()
    assert (outreach.outcome, outreach.closed_by) == ("coming_back", clinician)


def test_a_closed_one_offers_nothing_more(client_of: ClientOf, outreach: Outreach, clinician: User):
    send(client_of(clinician), page_of(outreach, "close/"), CLOSE)
    page = read(client_of(clinician), page_of(outreach))
    for words in ("Log an attempt", "Close it", "Hand over"):
        assert words not in page


def test_titles_and_addresses_name_nobody(client_of: ClientOf, outreach: Outreach, clinician: User):
    page = read(client_of(clinician), page_of(outreach))
    title = page[page.index("<title>") : page.index("</title>")]
    assert "Ada" not in title
    assert "Nolan" not in page_of(outreach)


def test_the_same_queries_for_one_and_for_many(
    client_of: ClientOf, program: Program, clinician: User, director: User
):
    row = missed(program, clinician)
    client = client_of(clinician)
    addresses = [list_of(program), page_of(row), f"/today/{program.public_id}/"]
    one = [queries_of(client, each) for each in addresses]
    for _each in range(6):
        other = missed(program, clinician)
        an_attempt(other)
    an_attempt(row)
    an_attempt(row, entered_by=director)
    assert [queries_of(client, each) for each in addresses] == one
    assert one[0] <= 8
    assert one[1] <= 20


def test_today_shows_what_is_due(
    client_of: ClientOf, program: Program, clinician: User, director: User, billing: User
):
    today = f"/today/{program.public_id}/"
    assert "Get in touch</h2>" not in read(client_of(clinician), today)
    row = missed(program, clinician)
    missed(program, clinician, due_at=timezone.now() + timedelta(days=3))
    page = read(client_of(clinician), today)
    assert "Get in touch</h2>" in page
    assert str(row.public_id) in page
    assert page.count('class="outreach-row"') == 1
    for other in (director, billing):
        assert "Get in touch</h2>" not in read(client_of(other), today)
