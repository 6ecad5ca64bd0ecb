"""Qualifying days as files: what stands in them, that texts stay texts, and the trail."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from xml.etree import ElementTree

import pytest
from django.test import Client

from accounts.models import AuditEvent, User
from groups.models import GroupSession
from programs.models import Program
from tests import build
from tests.build_trust import taken_out
from tests.hours.test_days_page import RANGE, somebody

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
SHEET = "xl/worksheets/sheet1.xml"
IN_SHEET = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


@pytest.fixture
def session(program: Program) -> GroupSession:
    build.a_rule(program, min_minutes_per_day=180)
    return build.a_session(build.a_group(program, name="Core"))


@pytest.fixture
def base(program: Program, session: GroupSession) -> str:
    return f"/days/{program.public_id}/"


def lines_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def texts_of(content: bytes) -> list[str]:
    """Every text of the workbook; a formula would be none of them."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sheet = ElementTree.fromstring(book.read(SHEET))
        assert sheet.findall(".//m:f", IN_SHEET) == []
        shared = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
    return ["".join(each.itertext()) for each in shared.findall("m:si", IN_SHEET)]


def test_each_day_is_a_line(
    client_of: ClientOf, director: User, session: GroupSession, base: str
) -> None:
    somebody(session, "09:00-12:00", chart_number="C-1")
    somebody(session, "09:00-11:45", first_name="Bruno", last_name="Vega", chart_number="C-2")
    answer = taken_out(client_of(director), f"{base}days.csv{RANGE}")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Cache-Control"] == "no-store"
    first, second = lines_of(answer.content)
    assert first == {
        "Name": "Amara O.",
        "Chart number": "C-1",
        "Date": "2026-11-23",
        "Minutes credited": "180",
        "Minutes a day needed": "180",
        "Qualifies": "yes",
        "Why not": "",
        "Does not count": "",
        "Amended": "",
    }
    assert second["Why not"] == "165 of 180 min: left 11:45 AM"
    assert second["Qualifies"] == "no"


def test_the_workbook_says_the_same(
    client_of: ClientOf, billing: User, session: GroupSession, base: str
) -> None:
    somebody(session, "09:00-11:45", chart_number="C-1")
    answer = taken_out(client_of(billing), f"{base}days.xlsx{RANGE}")
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
    texts = texts_of(answer.content)
    assert "165 of 180 min: left 11:45 AM" in texts
    assert "Minutes credited" in texts


def test_the_files_are_narrowed_as_the_page_is(
    client_of: ClientOf, director: User, session: GroupSession, base: str
) -> None:
    somebody(session, "09:00-12:00")
    bruno = somebody(session, "09:00-11:45", first_name="Bruno", last_name="Vega").participant
    client = client_of(director)
    (line,) = lines_of(taken_out(client, f"{base}days.csv{RANGE}&which=not").content)
    assert line["Name"] == "Bruno V."
    (line,) = lines_of(taken_out(client, f"{base}days.csv{RANGE}&person={bruno.public_id}").content)
    assert line["Name"] == "Bruno V."
    assert lines_of(taken_out(client, f"{base}days.csv?first_on=2026-11-24").content) == []


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", " ="])
def test_nothing_in_them_is_a_formula(
    client_of: ClientOf, director: User, session: GroupSession, base: str, start: str
) -> None:
    name = f'{start}HYPERLINK("http://evil.example")'
    somebody(session, "09:00-12:00", first_name=name)
    client = client_of(director)
    (line,) = lines_of(taken_out(client, f"{base}days.csv{RANGE}").content)
    assert line["Name"].startswith("'")
    assert any(
        name in text for text in texts_of(taken_out(client, f"{base}days.xlsx{RANGE}").content)
    )


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_who_may_have_them(
    client_of: ClientOf,
    director: User,
    billing: User,
    clinician: User,
    administrator: User,
    facilitator: User,
    stranger: User,
    base: str,
    kind: str,
) -> None:
    url = f"{base}days.{kind}{RANGE}"
    codes = {
        user.name: taken_out(client_of(user), url).status_code
        for user in (director, billing, clinician, administrator, facilitator, stranger)
    }
    assert codes == {
        "Dina Osei": 200,
        "Bill Novak": 200,
        "Cleo Ortiz": 403,
        "Adam Reyes": 403,
        "Fay Marlow": 403,
        "Stella Kern": 404,
    }
    assert "days.csv" in client_of(billing).get(f"{base}{RANGE}").content.decode()
    assert "days.csv" not in client_of(clinician).get(f"{base}{RANGE}").content.decode()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_each_is_on_the_trail_and_names_nobody(
    client_of: ClientOf, director: User, session: GroupSession, base: str, kind: str
) -> None:
    somebody(session, "09:00-12:00")
    answer = taken_out(client_of(director), f"{base}days.{kind}{RANGE}")
    name = f"days-evening-iop-2026-11-23-2026-11-29.{kind}"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    event = AuditEvent.objects.get(verb="qualifying_days.exported")
    assert (event.by, event.subject_id) == (director, session.group.program.public_id)
    assert event.detail == {
        "kind": kind,
        "rows": 1,
        "first_on": "2026-11-23",
        "last_on": "2026-11-29",
    }


def test_nothing_is_handed_out_that_is_not_on_the_trail(
    client_of: ClientOf, director: User, base: str, audit_fails: None
) -> None:
    client = client_of(director)
    client.raise_request_exception = False
    assert taken_out(client, f"{base}days.csv{RANGE}").status_code == 500


def test_an_address_that_cannot_be_read_leads_to_the_page(
    client_of: ClientOf, director: User, base: str
) -> None:
    asked = "first_on=2026-01-01&last_on=2026-12-31"
    answer = client_of(director).get(f"{base}days.csv?{asked}")
    assert answer.status_code == 302
    assert answer["Location"] == f"{base}?{asked}"
    assert not AuditEvent.objects.filter(verb="qualifying_days.exported").exists()
