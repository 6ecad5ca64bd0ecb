"""The page of qualifying days: who may see it, what it says, what it costs, and bad input."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AuditEvent, User
from attendance.models import Presence
from attendance.sheet.states import present
from groups.models import GroupSession
from programs.models import Enrollment, Program, Role
from programs.weeks import local_date
from tests import build
from tests.build import MONDAY, moment
from tests.build_records import an_amendment

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
RANGE = "?first_on=2026-11-23&last_on=2026-11-29"


@pytest.fixture
def session(program: Program) -> GroupSession:
    """Monday from nine to twelve, under a rule of three hours a day."""
    build.a_rule(program, min_minutes_per_day=180)
    return build.a_session(build.a_group(program, name="Core"))


@pytest.fixture
def url(program: Program, session: GroupSession) -> str:
    return f"/days/{program.public_id}/{RANGE}"


def somebody(session: GroupSession, *stretches: str, absence: str = "", **names: str) -> Enrollment:
    """A member with a record in the session."""
    names = {"first_name": "Amara", "last_name": "Okoye", **names}
    enrollment = build.an_enrollment(session.group.program, build.a_participant(**names))
    build.a_membership(session.group, enrollment)
    build.a_record(session, enrollment.participant, *stretches, absence=absence)
    return enrollment


def words_of(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().replace("\N{NO-BREAK SPACE}", " ").split())


def says(page: str, credited: int, least: int) -> list[str]:
    """Find the days of so many minutes, under a rule that asks for so many."""
    return re.findall(rf'd-credited">[^/]+/span>{credited}</td> <td [^/]+/span>{least}<', page)


def test_each_day_says_its_minutes_and_why(
    client_of: ClientOf, director: User, session: GroupSession, url: str
) -> None:
    somebody(session, "09:00-12:00")
    somebody(session, "09:00-11:45", first_name="Bruno", last_name="Vega")
    page = words_of(client_of(director), url)
    assert "Amara O." in page
    assert "Okoye" not in page
    assert "Mon Nov 23" in page
    assert says(page, 180, 180)
    assert says(page, 165, 180)
    assert "165 of 180 min: left 11:45 AM" in page
    assert "2 days: 1 qualifies, 1 does not" in page
    assert "1 of 1 day qualifies" in page
    assert "<title>Qualifying days · Prairie Clinic</title>" in page


def test_cancelled_sessions_are_no_days(
    client_of: ClientOf, director: User, session: GroupSession, url: str
) -> None:
    somebody(session, "09:00-12:00")
    build.a_session(session.group, MONDAY + timedelta(days=1), status="cancelled")
    assert "Tue Nov 24" not in words_of(client_of(director), url)


def test_a_group_that_does_not_count_is_named_where_it_was_attended(
    client_of: ClientOf, director: User, program: Program
) -> None:
    build.a_rule(program, min_minutes_per_day=180, counts=["process"])
    core = build.a_group(program, name="Core", kind="process")
    session = build.a_session(core, MONDAY, "09:00", "11:00")
    enrollment = somebody(session, "09:00-11:00")
    family = build.a_group(program, name="Family night", kind="family")
    evening = build.a_session(family, MONDAY, "17:00", "18:30")
    build.a_record(evening, enrollment.participant, "17:00-18:30")
    # Alone on its date, it makes no day.
    alone = build.a_session(family, MONDAY + timedelta(days=1), "17:00", "18:30")
    build.a_record(alone, enrollment.participant, "17:00-18:30")
    page = words_of(client_of(director), f"/days/{program.public_id}/{RANGE}")
    assert "120 of 180 min: only 120 min were planned" in page
    assert "Family night does not count" in page
    assert "Tue Nov 24" not in page


def test_a_late_amendment_is_marked(
    client_of: ClientOf, director: User, session: GroupSession, url: str
) -> None:
    person = somebody(session, "09:00-11:45").participant
    build.a_sign_off(session)
    with transaction.atomic():
        at = (moment(MONDAY, "09:00"), moment(MONDAY, "12:00"))
        an_amendment(
            session, person, after=str(present(at)), amended_at=moment("2026-11-24", "08:00")
        )
        stretch = Presence.objects.get(participant=person)
        stretch.left_at = at[1]
        stretch.save(update_fields=["left_at"])
    page = words_of(client_of(director), url)
    assert "amended Nov 24" in page
    assert "1 day: 1 qualifies" in page


def test_the_rule_is_that_of_each_week(
    client_of: ClientOf, director: User, program: Program, session: GroupSession
) -> None:
    build.a_rule(program, min_minutes_per_day=120, effective_from=MONDAY - timedelta(days=7))
    build.a_rule(program, min_minutes_per_day=60, effective_from=MONDAY + timedelta(days=1))
    enrollment = somebody(session, "09:00-11:00")
    for days in (14, 7):
        earlier = build.a_session(session.group, MONDAY - timedelta(days=days))
        build.a_record(earlier, enrollment.participant, "09:00-11:00")
    page = words_of(
        client_of(director), f"/days/{program.public_id}/?first_on=2026-11-09&last_on=2026-11-23"
    )
    assert page.count("120 of 180 min: left") == 1
    assert len(says(page, 120, 120)) == 2


@pytest.mark.parametrize("day", [date(2026, 11, 1), date(2026, 3, 8)])
def test_a_day_on_which_the_clocks_change(
    client_of: ClientOf, director: User, program: Program, day: date
) -> None:
    """From midnight to four by the clock: five hours in autumn, three in spring."""
    build.a_rule(program, min_minutes_per_day=240)
    session = build.a_session(build.a_group(program), day, "00:00", "04:00")
    enrollment = build.an_enrollment(program, admitted_on="2026-01-05")
    build.a_membership(session.group, enrollment)
    build.a_record(session, enrollment.participant, "00:00-04:00")
    url = f"/days/{program.public_id}/?first_on={day}&last_on={day}"
    page = words_of(client_of(director), url)
    if day.month == 11:
        assert says(page, 300, 240)
    else:
        assert "180 of 240 min: only 180 min were planned" in page


def test_it_begins_with_the_running_week(
    client_of: ClientOf, director: User, program: Program
) -> None:
    build.a_rule(program, effective_from="2020-01-01")
    week = program.week_of(local_date(timezone.now(), program.zone))
    page = words_of(client_of(director), f"/days/{program.public_id}/")
    assert f'name="first_on" value="{week.first_on}"' in page
    assert f'name="last_on" value="{week.last_on}"' in page
    assert "No days to judge." in page


def test_one_person_or_one_kind_of_day_may_be_asked_for(
    client_of: ClientOf, director: User, session: GroupSession, url: str
) -> None:
    amara = somebody(session, "09:00-12:00")
    bruno = somebody(session, "09:00-11:45", first_name="Bruno", last_name="Vega")
    client = client_of(director)
    one = words_of(client, f"{url}&person={bruno.participant.public_id}")
    assert "left 11:45 AM" in one
    assert "1 day: 1 does not" in one
    assert f'<option value="{amara.participant.public_id}">Amara O.' in one
    assert f'<option value="{bruno.participant.public_id}" selected>Bruno V.' in one
    assert "left 11:45" not in words_of(client, f"{url}&which=qualifying")
    assert "1 day: 1 does not" in words_of(client, f"{url}&which=not")
    both = words_of(client, f"{url}&which=qualifying&person={bruno.participant.public_id}")
    assert "No such day." in both


def test_whoever_is_not_there_has_no_days(
    client_of: ClientOf, director: User, session: GroupSession, url: str
) -> None:
    somebody(session, "09:00-12:00")
    unknown = uuid.uuid4()
    assert "No such day." in words_of(client_of(director), f"{url}&person={unknown}")
    assert AuditEvent.objects.get(verb="qualifying_days.read").participant_id is None


def test_reading_it_is_on_the_trail(
    client_of: ClientOf, director: User, session: GroupSession, url: str
) -> None:
    person = somebody(session, "09:00-12:00").participant
    client_of(director).get(f"{url}&person={person.public_id}")
    event = AuditEvent.objects.get(verb="qualifying_days.read")
    assert (event.by, event.participant_id) == (director, person.public_id)
    assert event.program_id == session.group.program.public_id
    assert event.detail == {"first_on": "2026-11-23", "last_on": "2026-11-29"}


@pytest.mark.parametrize("role", ["clinician", "administrator", "director", "billing"])
def test_who_reads_hours_sees_everybody(
    client_of: ClientOf, session: GroupSession, url: str, role: str, request
) -> None:
    somebody(session, "09:00-12:00")
    assert "Amara O." in words_of(client_of(request.getfixturevalue(role)), url)


def test_a_facilitator_sees_the_people_of_their_own_sessions(
    client_of: ClientOf, facilitator: User, program: Program, session: GroupSession, url: str
) -> None:
    build.a_facilitation(session, facilitator)
    amara = somebody(session, "09:00-12:00")
    other = build.a_session(build.a_group(program, name="Other"), MONDAY + timedelta(days=1))
    bruno = somebody(other, "09:00-12:00", first_name="Bruno", last_name="Vega")
    former = build.a_session(build.a_group(program), MONDAY + timedelta(days=2))
    build.a_facilitation(former, facilitator, is_former=True)
    somebody(former, "09:00-12:00", first_name="Cyd", last_name="Lund")
    client = client_of(facilitator)
    page = words_of(client, url)
    assert "Your people." in page
    assert "Amara O." in page
    assert "Bruno" not in page
    assert "Cyd" not in page
    assert "No such day." in words_of(client, f"{url}&person={bruno.participant.public_id}")
    assert "Amara O." in words_of(client, f"{url}&person={amara.participant.public_id}")


def test_strangers_find_nothing(
    client_of: ClientOf, stranger: User, director: User, url: str, program: Program
) -> None:
    assert client_of(stranger).get(url).status_code == 404
    client = client_of(director)
    assert client.get(f"/days/{uuid.uuid4()}/").status_code == 404
    assert client.post(url).status_code == 405
    assert Client().get(url).status_code == 302
    nobody = build.a_colleague(program)
    assert client_of(nobody).get(url).status_code == 404


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("first_on=2026-13-40", "This is not a date"),
        ("first_on=%00", "This is not a date"),
        ("last_on=" + "9" * 5_000, "This is not a date"),
        ("first_on=1880-01-01", "Weeks begin in 2000 here."),
        ("first_on=2026-11-23&last_on=2026-11-22", "The last day is before the first one"),
        ("first_on=2026-01-01&last_on=2026-04-03", "more than 92 days"),
        ("person=<script>alert(1)</script>", "Choose a person from the list."),
        ("person=%00", "Choose a person from the list."),
        ("which=<b>all</b>", "There are days that qualify, and days that do not."),
    ],
)
def test_what_cannot_be_read_is_named(
    client_of: ClientOf, director: User, program: Program, asked: str, words: str
) -> None:
    build.a_rule(program)
    page = words_of(client_of(director), f"/days/{program.public_id}/?{asked}")
    assert words in page
    assert "<script>alert" not in page


def test_92_days_are_not_too_many(client_of: ClientOf, director: User, program: Program) -> None:
    build.a_rule(program)
    page = words_of(
        client_of(director), f"/days/{program.public_id}/?first_on=2026-09-01&last_on=2026-12-01"
    )
    assert "more than 92 days" not in page
    assert 'value="2026-09-01"' in page


def test_weeks_that_no_rule_covers_are_named(
    client_of: ClientOf, director: User, program: Program
) -> None:
    build.a_rule(program, effective_from=MONDAY)
    url = f"/days/{program.public_id}/?first_on=2026-11-16&last_on=2026-11-29"
    page = words_of(client_of(director), url)
    assert "No rule covers the week of Nov 16, 2026; its days are not judged." in page


def test_the_queries_do_not_grow_with_the_people(
    client_of: ClientOf, director: User, session: GroupSession, url: str
) -> None:
    client, counts = client_of(director), []
    for people in (1, 11):
        for _number in range(people):
            somebody(session, "09:20-12:00", last_name=f"Okoye{uuid.uuid4().hex}")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(url)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12


def test_each_week_takes_three_statements_at_most(
    client_of: ClientOf, director: User, session: GroupSession, program: Program
) -> None:
    client, counts = client_of(director), []
    for last in ("2026-11-08", "2026-11-29"):
        url = f"/days/{program.public_id}/?first_on=2026-11-02&last_on={last}"
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(url)
        counts.append(len(queries))
    assert counts[1] - counts[0] <= 3 * 3


def test_the_board_leads_to_the_days_of_its_week(
    client_of: ClientOf, director: User, program: Program, session: GroupSession
) -> None:
    board = words_of(client_of(director), f"/hours/{program.public_id}/?week=2026-11-25")
    link = f"/days/{program.public_id}/?first_on=2026-11-23&amp;last_on=2026-11-29"
    assert link in board


def test_it_is_a_page_of_the_hours(
    client_of: ClientOf, director: User, program: Program, url: str
) -> None:
    page = words_of(client_of(director), url)
    assert re.search(rf'href="/hours/{program.public_id}/"[^>]* aria-current="page"', page)


def test_who_works_in_two_programs_may_switch(
    client_of: ClientOf, program: Program, session: GroupSession, url: str
) -> None:
    other = build.a_program(code="day-iop", name="Day IOP")
    both = build.a_colleague(program, Role.DIRECTOR)
    build.an_assignment(both, other, Role.BILLING)
    page = words_of(client_of(both), url)
    assert f"/days/{other.public_id}/?first_on=2026-11-23&amp;last_on=2026-11-29" in page
