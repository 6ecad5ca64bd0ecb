"""One participant's own weeks: how far back they reach, what closed weeks say, and the files."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pypdf import PdfReader

from accounts.models import AuditEvent, User
from groups.models import TherapyGroup
from hours.people.own_weeks import own_weeks
from hours.program_week import current_week
from programs.models import Enrollment, Program, Role
from programs.weeks import Week
from tests import build
from tests.build_hours import a_conclusion, a_week_close
from tests.build_trust import taken_out
from tests.hours.test_days_files import texts_of

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
FILES = ("weeks.csv", "weeks.xlsx", "weeks.pdf")


@pytest.fixture
def this(program: Program) -> Week:
    build.a_rule(program, effective_from="2020-01-01")
    return current_week(program, timezone.now())


@pytest.fixture
def enrollment(program: Program, this: Week) -> Enrollment:
    """Twenty weeks in the program, the running one among them."""
    person = build.a_participant(first_name="Amara", last_name="Okoye", chart_number="C-77")
    return build.an_enrollment(program, person, admitted_on=this.moved(-19).first_on)


@pytest.fixture
def group(enrollment: Enrollment) -> TherapyGroup:
    group = build.a_group(enrollment.program)
    build.a_membership(group, enrollment)
    return group


@pytest.fixture
def url(enrollment: Enrollment) -> str:
    return f"/people/{enrollment.program.public_id}/{enrollment.participant.public_id}/"


def words_of(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().replace("\N{NO-BREAK SPACE}", " ").split())


def weeks_in(page: str) -> list[str]:
    """The weeks whose sessions the table leads to, newest first."""
    return re.findall(r'href="/hours/[^"]*\?week=([\d-]+)&amp;why=', page)


def lines_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_the_last_twelve_weeks_or_all(
    client_of: ClientOf, director: User, this: Week, url: str
) -> None:
    page = words_of(client_of(director), url)
    assert weeks_in(page) == [this.moved(-back).first_on.isoformat() for back in range(12)]
    assert '<a href="?weeks=all">All weeks</a>' in page
    page = words_of(client_of(director), f"{url}?weeks=all")
    assert weeks_in(page) == [this.moved(-back).first_on.isoformat() for back in range(20)]
    assert 'aria-current="true">All weeks' in page


def test_there_is_no_switch_where_all_weeks_are_shown(
    client_of: ClientOf, director: User, program: Program, this: Week
) -> None:
    short = build.an_enrollment(program, admitted_on=this.moved(-3).first_on)
    url = f"/people/{program.public_id}/{short.participant.public_id}/"
    page = words_of(client_of(director), url)
    assert len(weeks_in(page)) == 4
    assert "?weeks=all" not in page


def test_who_has_left_sees_the_weeks_of_their_stay(
    client_of: ClientOf, director: User, program: Program, this: Week
) -> None:
    person = build.a_participant()
    ended = {"discharge_reason": "completed"}
    build.an_enrollment(
        program, person, admitted_on="2021-03-01", discharged_on="2021-03-12", **ended
    )
    build.an_enrollment(
        program, person, admitted_on="2025-03-03", discharged_on="2025-04-11", **ended
    )
    page = words_of(client_of(director), f"/people/{program.public_id}/{person.public_id}/")
    assert len(weeks_in(page)) == 8
    assert (weeks_in(page)[0], weeks_in(page)[-1]) == ("2025-04-07", "2021-03-01")


def test_two_years_at_most(
    client_of: ClientOf, director: User, program: Program, this: Week
) -> None:
    person = build.an_enrollment(program, admitted_on="2024-01-01").participant
    page = words_of(
        client_of(director), f"/people/{program.public_id}/{person.public_id}/?weeks=all"
    )
    assert len(weeks_in(page)) == 104
    assert re.search(r"The last 104 of 1\d\d weeks are shown\.", page)


def test_each_week_leads_to_its_sessions_on_the_board(
    client_of: ClientOf, director: User, enrollment: Enrollment, group: TherapyGroup, this, url
) -> None:
    build.a_session(group, this.moved(-1).first_on)
    link = re.findall(r'href="(/hours/[^"]*why=[^"]*)"', words_of(client_of(director), url))[1]
    board = words_of(client_of(director), link.replace("&amp;", "&"))
    assert "Sessions of Amara O." in board


def test_a_facilitator_is_not_led_to_a_board_without_the_person(
    client_of: ClientOf, facilitator: User, group: TherapyGroup, this: Week, url: str
) -> None:
    build.a_session(group, this.first_on, facilitators=[facilitator])
    page = words_of(client_of(facilitator), url)
    assert weeks_in(page) == []
    assert "Hours by week" in page
    assert "weeks.csv" not in page


def test_a_closed_week_says_what_it_was_closed_with(
    client_of: ClientOf, director: User, enrollment: Enrollment, group: TherapyGroup, this, url
) -> None:
    last, before = this.moved(-1), this.moved(-2)
    for week in (last, before):
        session = build.a_session(group, week.first_on, "08:00", "17:00")
        build.a_record(session, enrollment.participant, "08:00-17:00")
    program = enrollment.program
    a_conclusion(a_week_close(program, week_on=last.first_on), enrollment)
    close = a_week_close(program, week_on=before.first_on)
    a_conclusion(close, enrollment, verdict="met", attended=540)
    page = words_of(client_of(director), url)
    assert page.count("Closed as ") == 1
    assert "Closed as not met, 6 h of 9 h" in page
    lines = lines_of(taken_out(client_of(director), f"{url}weeks.csv").content)
    assert [line["When it was closed"] for line in lines[-3:]] == [
        "As now",
        "Closed as not met, 6 h of 9 h".replace(" h", "\N{NO-BREAK SPACE}h"),
        "Not closed",
    ]


def test_each_week_is_a_line_of_the_file(
    client_of: ClientOf, billing: User, enrollment: Enrollment, group: TherapyGroup, this, url
) -> None:
    session = build.a_session(group, this.moved(-1).first_on, "08:00", "17:00")
    build.a_record(session, enrollment.participant, "08:00-15:00")
    client = client_of(billing)
    lines = lines_of(taken_out(client, f"{url}weeks.csv").content)
    assert len(lines) == 12
    assert lines[-2] == {
        "Name": "Amara O.",
        "Chart number": "C-77",
        "Week of": this.moved(-1).first_on.isoformat(),
        "Required, minutes": "540",
        "Offered, minutes": "540",
        "Attended, minutes": "420",
        "Not recorded, minutes": "0",
        "Qualifying days": "1",
        "Verdict": "Not met",
        "When it was closed": "Not closed",
    }
    assert len(lines_of(taken_out(client, f"{url}weeks.csv?weeks=all").content)) == 20
    assert "Amara O." in texts_of(taken_out(client, f"{url}weeks.xlsx").content)


def test_on_paper(client_of: ClientOf, director: User, group: TherapyGroup, url: str) -> None:
    reader = PdfReader(
        io.BytesIO(taken_out(client_of(director), f"{url}weeks.pdf?weeks=all").content)
    )
    page = "\n".join(each.extract_text() for each in reader.pages)
    for said in ("Weeks of one participant", "Amara O. · C-77", "Not met", "42 CFR part 2"):
        assert said in page
    assert "Okoye" not in page
    assert reader.metadata
    assert reader.metadata.title == "Weeks of one participant"


@pytest.mark.parametrize("name", FILES)
def test_the_files_name_nobody_and_are_on_the_trail(
    client_of: ClientOf, director: User, enrollment: Enrollment, url: str, name: str
) -> None:
    answer = taken_out(client_of(director), url + name)
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer["Cache-Control"] == "no-store"
    event = AuditEvent.objects.get(verb="participant.weeks_exported")
    assert (event.by, event.participant_id) == (director, enrollment.participant.public_id)
    assert event.program_id == enrollment.program.public_id
    assert event.detail == {"kind": name.split(".")[1], "rows": 12}


@pytest.mark.parametrize("role", list(Role))
def test_who_may_have_the_files(
    client_of: ClientOf, program: Program, group: TherapyGroup, url: str, role: Role
) -> None:
    expected = 200 if role in (Role.DIRECTOR, Role.BILLING) else 403
    client = client_of(build.a_colleague(program, role))
    assert client.get(f"{url}weeks.csv").status_code == expected


@pytest.mark.parametrize("name", FILES)
def test_nothing_is_handed_out_that_is_not_on_the_trail(
    client_of: ClientOf, director: User, url: str, name: str, audit_fails: None
) -> None:
    client = client_of(director)
    client.raise_request_exception = False
    assert taken_out(client, url + name).status_code == 500


def test_whom_one_may_not_know_has_no_file(
    client_of: ClientOf, director: User, stranger: User, program: Program, url: str, this: Week
) -> None:
    elsewhere = build.an_enrollment().participant
    path = f"/people/{program.public_id}/{elsewhere.public_id}/weeks.csv"
    assert client_of(director).get(path).status_code == 404
    assert client_of(stranger).get(f"{url}weeks.csv").status_code == 404
    coming = build.an_enrollment(program, admitted_on=this.last_on + timedelta(days=9))
    page = f"/people/{program.public_id}/{coming.participant.public_id}/"
    answer = client_of(director).get(f"{page}weeks.pdf")
    assert (answer.status_code, answer["Location"]) == (302, page)


def test_what_cannot_be_read_is_named(client_of: ClientOf, director: User, url: str) -> None:
    page = words_of(client_of(director), f"{url}?weeks=%00")
    assert "Choose the last 12 weeks, or all of them." in page
    assert len(weeks_in(page)) == 12


def test_a_years_weeks_take_two_statements_for_each_half(
    program: Program, this: Week, group: TherapyGroup
) -> None:
    person = build.an_enrollment(program, admitted_on=date(2020, 1, 1)).participant
    counts = {}
    for is_all in (False, True):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            found = own_weeks(program, person, is_all=is_all, now=timezone.now())
        counts[len(found.weeks)] = len(queries)
    # The running week three, the episodes, the conclusions, and two for every 26 weeks.
    assert counts == {12: 7, 104: 13}
