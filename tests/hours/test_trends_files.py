"""The trends as files: what stands in them, who may have them, and the trail."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone, translation
from pypdf import PdfReader

from accounts.models import AuditEvent, User
from hours.program_week import current_week
from hours.trends.forms import TrendsForm
from hours.trends.pdf import pdf_of
from hours.trends.reading import trends_of
from programs.models import Program, Role
from programs.weeks import Week
from tests import build
from tests.build_hours import a_conclusion, a_week_close
from tests.hours.test_days_files import texts_of
from tests.hours.test_trends_page import nine_hours, people_in

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
FILES = [
    f"{topic}.{kind}"
    for topic in ("met", "hours", "attendance", "absences")
    for kind in ("csv", "xlsx")
]


@pytest.fixture
def last(program: Program) -> Week:
    """The last week that is over, with two people, one of whom was there."""
    build.a_rule(program, effective_from="2020-01-01")
    last = current_week(program, timezone.now()).moved(-1)
    one, two = people_in(program, last.first_on, 2)
    nine_hours(program, last.first_on, one)
    session = program.groups.get().sessions.get()
    build.a_record(session, two.participant, absence="excused")
    return last


@pytest.fixture
def base(program: Program, last: Week) -> str:
    return f"/trends/{program.public_id}/"


def lines_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def pages_of(content: bytes) -> str:
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split())


def test_each_week_is_a_line(client_of: ClientOf, director: User, last: Week, base: str) -> None:
    client = client_of(director)
    answer = client.get(f"{base}met.csv?weeks=4")
    assert answer["Cache-Control"] == "no-store"
    lines = lines_of(answer.content)
    assert len(lines) == 4
    assert lines[-1] == {
        "Week of": last.first_on.isoformat(),
        "People": "2",
        "Met": "1",
        "Not met": "1",
        "Pending": "0",
        "Exempt": "0",
        "Met, percent of those held": "50",
        "When it was closed": "Not closed",
    }
    assert lines[0]["Met, percent of those held"] == ""
    hours = lines_of(client.get(f"{base}hours.csv?weeks=4").content)[-1]
    assert hours["Required, minutes"] == "1080"
    assert hours["Attended, percent of required"] == "50"


def test_attendance_and_absences(client_of: ClientOf, billing: User, base: str) -> None:
    client = client_of(billing)
    (line,) = lines_of(client.get(f"{base}attendance.csv").content)
    assert (line["Group"], line["Weekday"]) == ("Core", "Monday")
    assert line["Attended, percent of recorded"] == "50"
    absences = lines_of(client.get(f"{base}absences.csv").content)
    assert absences[-1]["Excused"] == "1"
    assert "Core" in texts_of(client.get(f"{base}attendance.xlsx").content)


@pytest.mark.parametrize("name", [*FILES, "trends.pdf"])
def test_who_may_have_them(
    client_of: ClientOf, program: Program, stranger: User, base: str, name: str
) -> None:
    codes = {
        role.value: client_of(build.a_colleague(program, role)).get(base + name).status_code
        for role in Role
    }
    assert {role for role, code in codes.items() if code == 200} == {"director", "billing"}
    assert {code for code in codes.values() if code != 200} == {403}
    assert client_of(stranger).get(base + name).status_code == 404


def test_only_who_may_have_them_is_offered_them(
    client_of: ClientOf, director: User, clinician: User, base: str
) -> None:
    offered = client_of(director).get(f"{base}?weeks=4").content.decode()
    assert "met.csv?weeks=4" in offered
    assert "trends.pdf?weeks=4" in offered
    assert ".csv" not in client_of(clinician).get(base).content.decode()


@pytest.mark.parametrize("name", [*FILES, "trends.pdf"])
def test_each_is_on_the_trail(
    client_of: ClientOf, director: User, program: Program, last: Week, base: str, name: str
) -> None:
    topic, kind = name.split(".")
    answer = client_of(director).get(f"{base}{name}?weeks=4")
    first = last.moved(-3)
    file = f"{topic}-evening-iop-{first.first_on}-{last.last_on}.{kind}"
    assert answer["Content-Disposition"] == f'attachment; filename="{file}"'
    event = AuditEvent.objects.get(verb="trends.exported")
    assert (event.by, event.subject_id) == (director, program.public_id)
    assert event.participant_id is None
    dates = {"first_on": first.first_on.isoformat(), "last_on": last.last_on.isoformat()}
    assert event.detail.items() >= {"kind": kind, **dates}.items()


@pytest.mark.parametrize("name", ["met.csv", "trends.pdf"])
def test_nothing_is_handed_out_that_is_not_on_the_trail(
    client_of: ClientOf, director: User, base: str, name: str, audit_fails: None
) -> None:
    client = client_of(director)
    client.raise_request_exception = False
    assert client.get(base + name).status_code == 500


@pytest.mark.parametrize("name", ["met.csv", "trends.pdf"])
def test_an_address_that_cannot_be_read_leads_to_the_page(
    client_of: ClientOf, director: User, base: str, name: str
) -> None:
    answer = client_of(director).get(f"{base}{name}?weeks=13")
    assert (answer.status_code, answer["Location"]) == (302, f"{base}?weeks=13")
    assert not AuditEvent.objects.filter(verb="trends.exported").exists()


def test_the_pdf_says_what_the_page_says(
    client_of: ClientOf, director: User, program: Program, last: Week, base: str
) -> None:
    person = program.enrollments.order_by("pk").first()
    a_conclusion(a_week_close(program, week_on=last.first_on), person)
    answer = client_of(director).get(f"{base}trends.pdf")
    assert answer["Content-Type"] == "application/pdf"
    page = pages_of(answer.content)
    for said in (
        "Prairie Clinic",
        "Trends",
        "People who met their hours",
        "Hours required, offered and attended",
        "Attendance by group and weekday",
        "Absences by kind",
        "50%*",
        "0 met as concluded, 1 now",
        "50%",
        "1 of 2",
        "Confidential · Page 1 of",
        "42 CFR part 2",
        "Made by Dina Osei",
    ):
        assert said in page
    metadata = PdfReader(io.BytesIO(answer.content)).metadata
    assert metadata
    assert metadata.title == "Trends"


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_pdf_holds_a_year_of_many_groups(
    director: User, program: Program, last: Week, language: str
) -> None:
    """Nothing runs over the foot of a page, and each page has its head."""
    for number in range(30):
        group = build.a_group(program, name=f"A long name of a group {number} " * 3)
        for enrollment in program.enrollments.all():
            build.a_membership(group, enrollment)
        build.a_session(group, last.dates[number % 7], "18:00", "19:00")
    now = timezone.now()
    asked = {"first_on": last.moved(-52).first_on, "last_on": last.last_on}
    span = TrendsForm({name: str(day) for name, day in asked.items()}).span(program, now=now)
    assert len(span.weeks) == 53
    with translation.override(language):
        content = pdf_of(trends_of(span, as_of=now), made_by=director, now=now)
    pages = PdfReader(io.BytesIO(content)).pages
    assert 5 <= len(pages) <= 14
    for page in pages:
        heights: list[float] = []
        foot: list[float] = []

        def visit(text: str, _cm, tm, *_rest, heights=heights, foot=foot) -> None:
            if "42 CFR" in text:
                foot.append(tm[5])
            elif text.strip():
                heights.append(tm[5])

        page.extract_text(visitor_text=visit)
        assert "Prairie Clinic" in page.extract_text()
        # Only who made it, and the number of the page, stand about the notice.
        assert sum(height < foot[0] + 16 for height in heights) <= 2
