"""The board's rows as a workbook and on paper: what stands in them, and the trail."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from accounts.models import AuditEvent, User
from groups.models import GroupSession
from hours.rows import KEYS
from programs.models import Participant, Program
from tests import build
from tests.attendance.papers import pages_of
from tests.build_trust import taken_out
from tests.hours.closing import NEXT_MONDAY, a_week_of_sessions, close, somebody_in
from tests.hours.test_days_files import texts_of

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
KINDS = ["csv", "xlsx", "pdf"]


@pytest.fixture(autouse=True)
def the_wednesday_after(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NEXT_MONDAY + timedelta(days=2))


@pytest.fixture
def sessions(program: Program) -> list[GroupSession]:
    build.a_rule(program, min_minutes_per_week=340, min_days_per_week=2)
    return a_week_of_sessions(program)


@pytest.fixture
def amara(sessions: list[GroupSession]) -> Participant:
    """Met her hours; one session has no record."""
    person = somebody_in(sessions, first_name="Amara", last_name="Okoye", chart_number="C-1")
    for session in sessions[:2]:
        build.a_record(session, person, "09:00-12:00")
    return person


@pytest.fixture
def bruno(sessions: list[GroupSession]) -> Participant:
    """Missed everything."""
    person = somebody_in(sessions, first_name="Bruno", last_name="Vega", chart_number="C-2")
    for session in sessions:
        build.a_record(session, person, absence="no_call")
    return person


def url(program: Program, kind: str, asked: str = "") -> str:
    return f"/hours/{program.public_id}/export.{kind}?week=2026-11-25{asked}"


def test_the_csv_has_the_contracts_keys_worst_first(
    client_of: ClientOf, billing: User, program: Program, amara: Participant, bruno: Participant
) -> None:
    content = taken_out(client_of(billing), url(program, "csv")).content.decode("utf-8-sig")
    first, second = csv.DictReader(io.StringIO(content))
    assert list(first) == [*KEYS, "explanation"]
    assert (first["chart_number"], first["verdict"]) == ("C-2", "not_met")
    assert (second["chart_number"], second["attended"]) == ("C-1", "340")
    assert second["flags"] == "unrecorded"


def test_the_workbook_is_for_people(
    client_of: ClientOf, director: User, program: Program, amara: Participant, bruno: Participant
) -> None:
    answer = taken_out(client_of(director), url(program, "xlsx"))
    texts = texts_of(answer.content)
    assert {"Amara O.", "Bruno V.", "C-1", "Not met", "Met", "Attended, min"} <= set(texts)
    assert answer["Content-Disposition"] == 'attachment; filename="evening-iop-2026-11-23.xlsx"'
    assert answer["Cache-Control"] == "no-store"


def test_the_paper_lies_with_counts_on_top_and_its_moment_below(
    client_of: ClientOf,
    director: User,
    program: Program,
    sessions: list[GroupSession],
    amara: Participant,
    bruno: Participant,
) -> None:
    for _ in range(40):
        somebody_in(sessions)
    answer = taken_out(client_of(director), url(program, "pdf"))
    assert answer["Content-Type"] == "application/pdf"
    pages = pages_of(answer.content)
    assert len(pages) > 1
    assert "Prairie Clinic · Evening IOP" in pages[0]
    assert "Not met 1 · Pending 40 · Met 1 · Exempt 0" in pages[0]
    assert "Bruno V." in pages[0]
    assert "Okoye" not in " ".join(pages)
    for page in pages:
        assert "Confidential" in page
        assert "Printed by Dina Osei, Dec 2, 2026" in page.replace("Dec. 2", "Dec 2")
        assert "Unrecorded" in page
    box = PdfReader(io.BytesIO(answer.content)).pages[0].mediabox
    assert box.width > box.height


def test_a_file_has_what_the_page_shows(
    client_of: ClientOf, director: User, program: Program, amara: Participant, bruno: Participant
) -> None:
    client = client_of(director)
    only = texts_of(taken_out(client, url(program, "xlsx", "&verdict=met")).content)
    assert "Amara O." in only
    assert "Bruno V." not in only
    only = texts_of(taken_out(client, url(program, "xlsx", "&only=unrecorded")).content)
    assert "Bruno V." not in only
    board = client.get(f"/hours/{program.public_id}/?week=2026-11-23&verdict=met").content.decode()
    assert "export.pdf?week=2026-11-23&amp;verdict=met" in board


def test_a_closed_week_as_it_was(
    client_of: ClientOf,
    director: User,
    program: Program,
    sessions: list[GroupSession],
    amara: Participant,
    bruno: Participant,
) -> None:
    close(program)
    build.a_record(sessions[2], amara, "09:00-12:00")
    client = client_of(director)
    then = taken_out(client, url(program, "csv", "&as=closed")).content.decode("utf-8-sig")
    now = taken_out(client, url(program, "csv")).content.decode("utf-8-sig")
    attended = [
        next(
            row["attended"] for row in csv.DictReader(io.StringIO(text)) if row["verdict"] == "met"
        )
        for text in (then, now)
    ]
    assert attended == ["340", "510"]
    paper = pages_of(taken_out(client, url(program, "pdf", "&as=closed")).content)[0]
    assert "As it was closed Nov 30, 2026" in paper.replace("Nov. 30", "Nov 30")
    seen = AuditEvent.objects.filter(verb="weekly_hours.exported").order_by("pk")
    assert [each.detail["seen_as"] for each in seen] == ["closed", "now", "closed"]


@pytest.mark.parametrize("kind", KINDS)
def test_who_may_have_them(
    client_of: ClientOf,
    director: User,
    billing: User,
    clinician: User,
    administrator: User,
    facilitator: User,
    stranger: User,
    program: Program,
    amara: Participant,
    kind: str,
) -> None:
    people = (director, billing, clinician, administrator, facilitator, stranger)
    codes = [taken_out(client_of(user), url(program, kind)).status_code for user in people]
    assert codes == [200, 200, 403, 403, 403, 404]
    page = client_of(clinician).get(f"/hours/{program.public_id}/?week=2026-11-23")
    assert "export." not in page.content.decode()


@pytest.mark.parametrize("kind", KINDS)
def test_each_is_on_the_trail_and_names_nobody(
    client_of: ClientOf, director: User, program: Program, amara: Participant, kind: str
) -> None:
    taken_out(client_of(director), url(program, kind))
    event = AuditEvent.objects.get(verb="weekly_hours.exported")
    assert (event.by, event.subject_id) == (director, program.public_id)
    assert event.detail == {"week": "2026-11-23", "seen_as": "now", "kind": kind, "rows": 1}


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_handed_out_that_is_not_on_the_trail(
    client_of: ClientOf,
    director: User,
    program: Program,
    amara: Participant,
    kind: str,
    audit_fails: None,
) -> None:
    client = client_of(director)
    client.raise_request_exception = False
    assert taken_out(client, url(program, kind)).status_code == 500


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_nothing_in_them_is_a_formula(
    client_of: ClientOf, director: User, program: Program, sessions: list[GroupSession], start: str
) -> None:
    number = f'{start}HYPERLINK("x")'
    somebody_in(sessions, chart_number=number)
    client = client_of(director)
    content = taken_out(client, url(program, "csv")).content.decode("utf-8-sig")
    assert next(csv.DictReader(io.StringIO(content)))["chart_number"] == f"'{number}"
    assert number in texts_of(taken_out(client, url(program, "xlsx")).content)


@pytest.mark.parametrize("asked", ["&only=tall", "&as=yesterday"])
def test_an_address_that_cannot_be_read_leads_to_the_page(
    client_of: ClientOf, director: User, program: Program, amara: Participant, asked: str
) -> None:
    answer = taken_out(client_of(director), url(program, "csv", asked))
    assert answer.status_code == 302
    assert answer["Location"].startswith(f"/hours/{program.public_id}/?week=2026-11-25")
