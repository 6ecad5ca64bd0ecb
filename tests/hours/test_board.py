"""The board: who may see it, what it says, what it costs, and what bad input gets."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AuditEvent, User
from groups.models import GroupSession
from programs.models import Enrollment, Program, Role
from programs.weeks import local_date
from tests import build
from tests.build_hours import an_alert
from tests.build_trust import taken_out

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


@pytest.fixture
def session(program: Program) -> GroupSession:
    """A session of last week, in a program whose rule asks for nine hours."""
    build.a_rule(program, effective_from="2020-01-01")
    last_week = local_date(timezone.now(), program.zone) - timedelta(days=7)
    return build.a_session(build.a_group(program, name="Evening core"), last_week)


@pytest.fixture
def url(program: Program, session: GroupSession) -> str:
    """The board of that week."""
    return f"/hours/{program.public_id}/?week={session.held_on}"


def someone(session: GroupSession, **fields: str) -> Enrollment:
    """An enrollment that was at the session for an hour and a half."""
    enrollment = build.an_enrollment(
        session.group.program, build.a_participant(**fields), admitted_on="2020-01-01"
    )
    build.a_membership(session.group, enrollment)
    build.a_record(session, enrollment.participant, "09:00-10:30")
    return enrollment


def test_the_director_sees_names_hours_and_why(
    client_of: ClientOf, director: User, session: GroupSession, url: str
) -> None:
    enrollment = someone(session, first_name="Amara", last_name="Okoye")
    page = client_of(director).get(f"{url}&why={enrollment.public_id}").content.decode()
    assert "Amara O." in page
    assert "Okoye" not in page
    assert (
        "The week ended 7\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}30\N{NO-BREAK SPACE}min short" in page
    )
    assert "9:00 AM to 10:30 AM" in page
    assert "Evening core" in page
    assert "Example rule 1.2" in page
    assert "<title>Weekly hours · Prairie Clinic</title>" in page


def test_a_ledger_is_only_there_when_asked_for(
    client_of: ClientOf, director: User, session: GroupSession, url: str
) -> None:
    someone(session)
    assert "9:00 AM to 10:30 AM" not in client_of(director).get(url).content.decode()


def test_the_counts_are_filters(
    client_of: ClientOf, director: User, session: GroupSession, url: str
) -> None:
    someone(session, first_name="Amara", last_name="Okoye")
    client = client_of(director)
    assert "Amara O." in client.get(f"{url}&verdict=not_met").content.decode()
    met = client.get(f"{url}&verdict=met").content.decode()
    assert "Amara O." not in met
    assert "Nobody here." in met


def test_a_facilitator_sees_only_their_own_people(
    client_of: ClientOf, facilitator: User, session: GroupSession, url: str
) -> None:
    build.a_facilitation(session, facilitator)
    someone(session, first_name="Amara", last_name="Okoye")
    elsewhere = build.a_session(
        build.a_group(session.group.program), session.held_on, "13:00", "15:00"
    )
    build.a_membership(
        elsewhere.group,
        build.an_enrollment(
            session.group.program,
            build.a_participant(first_name="Bruno", last_name="Vega"),
            admitted_on="2020-01-01",
        ),
    )
    page = client_of(facilitator).get(url).content.decode()
    assert "Amara O." in page
    assert "Bruno V." not in page


def test_who_may_not(client_of: ClientOf, stranger: User, program: Program, url: str) -> None:
    assert client_of(stranger).get(url).status_code == 404
    assert client_of(build.a_user()).get("/hours/").status_code == 403
    signed_out = Client().get(url)
    assert (signed_out.status_code, signed_out["Location"].split("?")[0]) == (302, "/sign-in/")
    assert client_of(build.a_colleague(program, Role.DIRECTOR)).post(url).status_code == 405


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.ADMISSIONS, Role.CLINICIAN])
def test_an_export_is_for_billing_and_the_director(
    client_of: ClientOf, program: Program, session: GroupSession, role: Role
) -> None:
    export = f"/hours/{program.public_id}/export.csv?week={session.held_on}"
    assert client_of(build.a_colleague(program, role)).get(export).status_code == 403


def test_an_export_has_the_rows_and_leaves_a_trace(
    client_of: ClientOf, billing: User, program: Program, session: GroupSession
) -> None:
    someone(session, chart_number="C-77")
    url = f"/hours/{program.public_id}/export.csv?week={session.held_on}"
    answer = taken_out(client_of(billing), url)
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("chart_number,admitted_on,program,week,tag,required")
    assert lines[1].startswith("C-77,2020-01-01,evening-iop,")
    event = AuditEvent.objects.get(verb="weekly_hours.exported")
    assert (event.by, event.program_id, event.detail["rows"]) == (billing, program.public_id, 1)
    assert (event.detail["kind"], event.detail["seen_as"]) == ("csv", "now")


@pytest.mark.parametrize("people", [1, 20, 200])
def test_twelve_queries_at_most(
    client_of: ClientOf, director: User, session: GroupSession, url: str, people: int
) -> None:
    enrollments = [someone(session) for _ in range(people)]
    an_alert(enrollments[0], week_on=session.group.program.week_of(session.held_on).first_on)
    client = client_of(director)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(url)
    assert answer.content.decode().count('class="brow') == people
    assert len(queries) <= 12


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("week=2026-13-45", "This is not a date"),
        ("week=1815-06-18", "Weeks begin in 2000 here."),
        ("week=9999-12-31", "Weeks end in 2100 here."),
        ("verdict=maybe", "There is no verdict of that name."),
        ("why=someone", "This row does not exist."),
        ("group=skills", "Choose a group from the list."),
        ("only=tall", "Choose days short, something unrecorded, or all."),
        ("as=yesterday", "A week is shown as now, or as closed."),
        ("week=%00&why=%00&verdict=%00", "This is not a date"),
    ],
)
def test_bad_input_gets_words_and_this_week(
    client_of: ClientOf, director: User, program: Program, query: str, words: str
) -> None:
    build.a_rule(program)
    answer = client_of(director).get(f"/hours/{program.public_id}/?{query}")
    assert answer.status_code == 200
    assert words in answer.content.decode()


def test_an_unknown_row_opens_nothing(
    client_of: ClientOf, director: User, session: GroupSession, url: str
) -> None:
    someone(session)
    answer = client_of(director).get(f"{url}&why={uuid.uuid4()}")
    assert 'aria-expanded="true"' not in answer.content.decode()


def test_a_week_without_a_rule_says_so(
    client_of: ClientOf, director: User, program: Program
) -> None:
    answer = client_of(director).get(f"/hours/{program.public_id}/")
    assert "No rule covers this week." in answer.content.decode()


def test_a_group_narrows_to_who_is_expected_there(
    client_of: ClientOf, director: User, session: GroupSession, url: str
) -> None:
    someone(session, first_name="Amara", last_name="Okoye")
    other = build.a_group(session.group.program, name="Morning skills")
    build.a_session(other, session.held_on, "13:00", "15:00")
    bruno = build.a_participant(first_name="Bruno", last_name="Vega")
    build.a_membership(
        other, build.an_enrollment(session.group.program, bruno, admitted_on="2020-01-01")
    )
    client = client_of(director)
    page = client.get(f"{url}&group={other.public_id}").content.decode()
    assert "Bruno V." in page
    assert "Amara O." not in page
    assert f'value="{other.public_id}" selected' in page
    assert f"group={other.public_id}" in page.split('id="week-before"')[1].split(">")[0]
    nowhere = client.get(f"{url}&group={uuid.uuid4()}").content.decode()
    assert "Nobody here." in nowhere
    assert "Not in this week" in nowhere


def test_only_those_with_something_unrecorded_or_days_short(
    client_of: ClientOf, director: User, session: GroupSession, url: str
) -> None:
    someone(session, first_name="Amara", last_name="Okoye")
    late = build.an_enrollment(
        session.group.program,
        build.a_participant(first_name="Bruno", last_name="Vega"),
        admitted_on="2020-01-01",
    )
    build.a_membership(session.group, late)
    client = client_of(director)
    page = client.get(f"{url}&only=unrecorded").content.decode()
    assert "Bruno V." in page
    assert "Amara O." not in page
    both = client.get(f"{url}&only=days_short").content.decode()
    assert "Bruno V." in both
    assert "Amara O." in both


def test_a_row_says_whose_its_alert_is(
    client_of: ClientOf, director: User, billing: User, session: GroupSession, url: str
) -> None:
    enrollment = someone(session)
    today = local_date(timezone.now(), session.group.program.zone)
    an_alert(
        enrollment,
        week_on=session.group.program.week_of(session.held_on).first_on,
        kind="not_met",
        user=build.a_user(name="Fay Marlow"),
        snooze_ends_on=today + timedelta(days=30),
        snoozed_by=director,
        snooze_reason="Her hearing is on Friday.",
    )
    page = client_of(director).get(url).content.decode()
    assert "With Fay Marlow, waits until" in page
    assert "hearing" not in page
    assert "Fay Marlow" not in client_of(billing).get(url).content.decode()


def test_opening_a_ledger_is_on_the_trail(
    client_of: ClientOf, director: User, session: GroupSession, url: str
) -> None:
    enrollment = someone(session)
    client = client_of(director)
    ledgers = AuditEvent.objects.filter(verb="participant.read", detail__page="weekly_hours")
    client.get(url)
    assert not ledgers.exists()
    client.get(f"{url}&why={enrollment.public_id}")
    event = ledgers.get()
    assert (event.by, event.participant_id) == (director, enrollment.participant.public_id)
    assert event.detail["page"] == "weekly_hours"


def test_links_are_for_those_who_may_follow_them(
    client_of: ClientOf,
    director: User,
    billing: User,
    facilitator: User,
    session: GroupSession,
    url: str,
) -> None:
    links = {"Alerts</a>", "Qualifying days</a>", "Trends</a>", "Rules</a>"}

    def shown_to(user: User) -> set[str]:
        page = client_of(user).get(url).content.decode()
        nav = page.split('class="board-links')[1].split("</nav>")[0]
        return {link for link in links if link in nav}

    assert shown_to(director) == links
    assert shown_to(billing) == links - {"Alerts</a>"}
    assert shown_to(facilitator) == {"Qualifying days</a>"}
