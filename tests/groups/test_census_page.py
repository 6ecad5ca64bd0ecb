"""The census page and its files: who may, what they say, what they cost, and bad input."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from xml.etree import ElementTree as Xml

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AuditEvent, User
from programs.models import Enrollment, Program, Role
from programs.weeks import local_date
from tests import build
from tests.build_episodes import a_referral
from tests.build_trust import taken_out

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


@pytest.fixture
def url(program: Program) -> str:
    return f"/census/{program.public_id}/"


@pytest.fixture
def today(program: Program) -> date:
    return local_date(timezone.now(), program.zone)


def someone(program: Program, last_name: str, **fields: object) -> Enrollment:
    person = build.a_participant(first_name="Ada", last_name=last_name)
    return build.an_enrollment(program, person, **{"admitted_on": "2020-01-01", **fields})


def text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_the_census_of_today(
    client_of: ClientOf, administrator: User, program: Program, url: str, today: date
) -> None:
    stays = someone(
        program,
        "Okoye",
        admitted_on=today - timedelta(days=2),
        planned_discharge_on=today - timedelta(days=1),
    )
    someone(program, "Soon", admitted_on=today + timedelta(days=3))
    ended = someone(
        program,
        "Gone",
        admitted_on=today - timedelta(days=11),
        discharged_on=today - timedelta(days=2),
        discharge_reason="completed",
    )
    a_referral(
        program,
        build.a_participant(last_name="Waits"),
        status="waitlisted",
        waitlisted_at=timezone.now() - timedelta(days=12),
    )
    page = text(client_of(administrator), url)
    assert "<title>Census · Prairie Clinic</title>" in page
    assert "1 person is in" in page
    assert "Okoye, Ada" in page
    assert stays.participant.chart_number in page
    assert f"/people/{program.public_id}/{stays.participant.public_id}/" in page
    for said in (
        "3 days",
        "Overdue",
        "Active",
        "agreement, reminders, missed sessions, follow-up, authorization",
    ):
        assert said in page
    assert "Soon, Ada" in page
    assert "Waits, Ada" in page
    assert "12 days" in page
    assert "Gone, Ada" in page
    assert "Completed" in page
    assert f"/summary/{program.public_id}/{ended.public_id}/" in page
    assert "Average length of stay: 10 days (1 discharge in 90 days)." in page


def test_every_person_leads_to_a_page(
    client_of: ClientOf, director: User, program: Program, url: str, today: date
) -> None:
    kept = build.a_participant(last_name="Kept")
    duplicate = build.a_participant(merged_into=kept, merged_at=timezone.now())
    build.an_enrollment(program, duplicate)
    a_referral(program, build.a_participant(), status="waitlisted")
    client = client_of(director)
    page = client.get(url).content.decode()
    for part in ("people", "person"):
        start = page.index(f"/{part}/{program.public_id}/", page.index('id="in"'))
        address = page[start : page.index('"', start)]
        assert client.get(address).status_code == 200


def test_an_empty_program_says_what_to_do(
    client_of: ClientOf, director: User, clinician: User, program: Program, url: str
) -> None:
    page = text(client_of(director), url)
    for said in ("0 people are in", "Nobody is in on this day.", "Nobody is waiting."):
        assert said in page
    assert "Nobody is scheduled to begin in these days." in page
    assert "Nobody left in the 90 days before." in page
    assert f'<a href="/enroll/{program.public_id}/">' in page
    # Who may not enroll is not led to it.
    assert f'<a href="/enroll/{program.public_id}/">' not in text(client_of(clinician), url)


def test_a_day_ahead_and_a_day_behind(
    client_of: ClientOf, director: User, program: Program, url: str, today: date
) -> None:
    someone(program, "Okoye", admitted_on=today, planned_discharge_on=today + timedelta(days=5))
    client = client_of(director)
    ahead = text(client, f"{url}?on={today + timedelta(days=9)}")
    assert "Okoye, Ada" in ahead
    assert "planned to have left" in ahead
    assert "1 of those counted is planned to have left by then" in ahead
    assert "The waiting list is known as it stands today only." in ahead
    behind = text(client, f"{url}?on={today - timedelta(days=1)}")
    assert "0 people are in" in behind
    assert f"?on={today - timedelta(days=2)}" in behind
    assert f"?on={today - timedelta(days=8)}" in behind
    assert f"?on={today + timedelta(days=6)}" in behind


def test_the_day_and_the_order_are_kept_together(
    client_of: ClientOf, director: User, program: Program, url: str
) -> None:
    someone(program, "Zorn", admitted_on="2020-01-01")
    someone(program, "Bell", admitted_on="2020-02-01")
    page = text(client_of(director), f"{url}?on=2020-03-01&order=admitted")
    assert page.index("Zorn, Ada") < page.index("Bell, Ada")
    assert 'aria-sort="ascending"><a href="?on=2020-03-01&amp;order=-admitted"' in page
    assert 'value="2020-03-01"' in page
    assert 'name="order" value="admitted"' in page
    assert "?on=2020-03-02&amp;order=admitted" in page
    assert f"{url}census.csv?on=2020-03-01&amp;order=admitted" in page
    back = text(client_of(director), f"{url}?on=2020-03-01&order=-admitted")
    assert back.index("Bell, Ada") < back.index("Zorn, Ada")
    assert 'aria-sort="descending"><a href="?on=2020-03-01&amp;order=admitted"' in back


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("on=yesterday", "This is not a date"),
        ("on=2026-02-30", "This is not a date"),
        ("on=%00", "This is not a date"),
        ("on=0001-01-01", "The census begins in 2000"),
        ("on=9999-12-31", "The census ends in 2100"),
        ("order=wealth", "The list has no such order"),
        ("order=%00", "The list has no such order"),
    ],
)
def test_what_cannot_be_read_is_named_and_today_is_shown(
    client_of: ClientOf, director: User, program: Program, url: str, query: str, said: str
) -> None:
    someone(program, "Okoye")
    page = text(client_of(director), f"{url}?{query}")
    assert said in page
    assert "today" in page
    assert "Okoye, Ada" in page
    for name in ("csv", "xlsx"):
        answer = taken_out(client_of(director), f"{url}census.{name}?{query}")
        assert answer.status_code == 302
        assert answer["Location"].startswith(url)
    assert not AuditEvent.objects.filter(verb="census.exported").exists()


@pytest.mark.parametrize("day", ["2000-01-01", "2100-01-01", "01/15/2020"])
def test_the_farthest_days_can_be_shown(
    client_of: ClientOf, director: User, url: str, day: str
) -> None:
    assert "This address could not be read" not in text(client_of(director), f"{url}?on={day}")


def test_a_switch_for_those_with_several_programs(
    client_of: ClientOf, director: User, program: Program, url: str
) -> None:
    other = build.a_program(name="Day PHP")
    assert "Day PHP" not in text(client_of(director), url)
    build.an_assignment(director, other, Role.DIRECTOR)
    page = text(client_of(director), f"{url}?on=2020-03-01")
    assert f'href="/census/{other.public_id}/?on=2020-03-01"' in page


@pytest.mark.parametrize("role", ["facilitator", "billing"])
@pytest.mark.parametrize("path", ["", "census.csv", "census.xlsx"])
def test_who_may_not_read_the_record_sees_no_census(
    client_of: ClientOf, url: str, role: str, path: str, request: pytest.FixtureRequest
) -> None:
    assert client_of(request.getfixturevalue(role)).get(url + path).status_code == 403


@pytest.mark.parametrize("path", ["", "census.csv", "census.xlsx"])
def test_a_stranger_finds_nothing(client_of: ClientOf, stranger: User, url: str, path: str) -> None:
    assert client_of(stranger).get(url + path).status_code == 404


def test_a_clinician_reads_and_does_not_export(
    client_of: ClientOf, clinician: User, url: str
) -> None:
    client = client_of(clinician)
    assert "census.csv" not in text(client, url)
    assert client.get(f"{url}census.csv").status_code == 403
    assert client.get(f"{url}census.xlsx").status_code == 403


def lines_of(answer) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_the_csv_has_the_rows_of_the_page(
    client_of: ClientOf, administrator: User, program: Program, url: str
) -> None:
    someone(program, "Zorn", planned_discharge_on="2020-02-20")
    away = someone(program, "Ávila")
    build.a_leave(away.participant, "2020-02-28", "2020-03-05")
    answer = taken_out(client_of(administrator), f"{url}census.csv?on=2020-03-01&order=-name")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == (
        'attachment; filename="census-evening-iop-2020-03-01.csv"'
    )
    assert "no-store" in answer["Cache-Control"]
    assert answer.content.startswith(b"\xef\xbb\xbf")
    heads, zorn, avila = lines_of(answer)
    assert heads[:4] == ["Name", "Chart number", "Admitted", "Length of stay, days"]
    assert zorn[0] == "Zorn, Ada"
    assert zorn[2:10] == ["2020-01-01", "61", "9", "9", "2020-02-20", "", "yes", "Active"]
    assert zorn[11].startswith("Program agreement; ")
    assert avila[0] == "Ávila, Ada"
    assert avila[9:11] == ["On leave", "until Mar 5, 2020"]
    event = AuditEvent.objects.get(verb="census.exported")
    assert (event.by, event.program_id) == (administrator, program.public_id)
    assert event.detail == {"rows": 2, "on": "2020-03-01", "kind": "csv"}


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@A1", " =1+1"])
def test_a_name_that_looks_like_a_formula_stays_a_text(
    client_of: ClientOf, director: User, program: Program, url: str, start: str
) -> None:
    build.an_enrollment(program, build.a_participant(last_name=start, chart_number=f"{start}-7"))
    client = client_of(director)
    _heads, row = lines_of(taken_out(client, f"{url}census.csv"))
    assert (row[0], row[1]) == (f"'{start}, Ada", f"'{start}-7")
    sheet = book_of(taken_out(client, f"{url}census.xlsx"))
    assert "<f>" not in sheet.sheet
    assert f"{start}, Ada" in sheet.texts


class Book:
    """The parts of a workbook that a test looks at."""

    def __init__(self, content: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            self.sheet = parts.read("xl/worksheets/sheet1.xml").decode()
            shared = Xml.fromstring(parts.read("xl/sharedStrings.xml"))
            self.name = parts.read("xl/workbook.xml").decode()
        self.texts = ["".join(each.itertext()) for each in shared]


def book_of(answer) -> Book:
    assert answer.status_code == 200
    return Book(answer.content)


def test_the_workbook_has_dates_and_numbers(
    client_of: ClientOf, director: User, program: Program, url: str
) -> None:
    someone(program, "Okoye")
    answer = taken_out(client_of(director), f"{url}census.xlsx?on=2020-03-01")
    assert answer["Content-Disposition"].endswith('filename="census-evening-iop-2020-03-01.xlsx"')
    assert "no-store" in answer["Cache-Control"]
    book = book_of(answer)
    assert "Census 2020-03-01" in book.name
    assert "Okoye, Ada" in book.texts
    assert "<v>61</v>" in book.sheet
    assert "<v>43831</v>" in book.sheet  # 2020-01-01 as Excel counts days
    event = AuditEvent.objects.get(verb="census.exported")
    assert event.detail == {"rows": 1, "on": "2020-03-01", "kind": "xlsx"}


def test_nothing_is_handed_out_that_is_not_on_the_trail(
    client_of: ClientOf, director: User, url: str, audit_fails: None
) -> None:
    client = client_of(director)
    client.raise_request_exception = False
    for name in ("csv", "xlsx"):
        assert taken_out(client, f"{url}census.{name}").status_code == 500


def test_the_page_is_in_the_language_of_who_asks(
    client_of: ClientOf, director: User, program: Program, url: str
) -> None:
    someone(program, "Okoye")
    page = (
        client_of(director)
        .get(f"{url}?on=2020-03-01", headers={"accept-language": "es"})
        .content.decode()
    )
    assert "1 de enero de 2020" in page


def test_the_queries_do_not_grow(
    client_of: ClientOf, director: User, program: Program, url: str
) -> None:
    client, counts = client_of(director), []
    for number in (1, 19):
        for each in range(number):
            someone(program, f"In {number}-{each}")
            a_referral(program, status="waitlisted")
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12
