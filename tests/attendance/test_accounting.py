"""The accounting of disclosures: what is told for how many years, on paper in two languages."""

from __future__ import annotations

import io
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from hypothesis import example, given
from hypothesis import strategies as st
from pypdf import PdfReader

from accounts.models import AuditEvent
from programs.disclosing.accounted import CONSENTED, OTHERWISE, is_accounted, years_before
from programs.models import Basis, Disclosure
from tests import build
from tests.build_trust import a_disclosure, taken_out

CHICAGO = ZoneInfo("America/Chicago")
TO_THEM = {"way": "participant:participant", "purpose": "The participant asked for it"}
YEARS = {
    ("consent", CONSENTED): 3,
    ("emergency", OTHERWISE): 6,
    ("audit", OTHERWISE): 6,
    ("order", OTHERWISE): 6,
}


def taken_on(day: date, basis: str) -> Disclosure:
    at = datetime(day.year, day.month, day.day, 23, 30, tzinfo=CHICAGO)
    return Disclosure(basis=basis, taken_at=at, stated_at=at)


@pytest.mark.parametrize("rule", [CONSENTED, OTHERWISE])
@pytest.mark.parametrize("basis", Basis.values)
def test_each_ground_under_each_rule(basis, rule) -> None:
    today, years = date(2026, 11, 23), YEARS.get((basis, rule), 0)
    first = date(2026 - years, 11, 23)
    assert is_accounted(taken_on(first, basis), rule, today, CHICAGO) is bool(years)
    before = taken_on(first - timedelta(days=1), basis)
    assert not is_accounted(before, rule, today, CHICAGO)
    assert is_accounted(taken_on(today, basis), rule, today, CHICAGO) is bool(years)
    not_taken = Disclosure(basis=basis, stated_at=timezone.now())
    assert not is_accounted(not_taken, rule, today, CHICAGO)


@given(day=st.dates(date(2000, 1, 1), date(2090, 1, 1)), years=st.integers(1, 6))
@example(day=date(2024, 2, 29), years=3)
@example(day=date(2028, 2, 29), years=4)
def test_years_before(day: date, years: int) -> None:
    before = years_before(day, years)
    assert (before.year, before.month) == (day.year - years, day.month)
    assert before.day == day.day or (before.day, day.day) == (28, 29)


@pytest.fixture
def person(program):
    person = build.a_participant(first_name="Amara", last_name="Okoye", language="es")
    build.an_enrollment(program, person, admitted_on="2020-01-01")
    return person


def left(program, person, **fields):
    at = fields.pop("taken_at", timezone.now() - timedelta(days=30))
    taken = {"stated_at": at, "taken_at": at, "sha256": "0" * 64}
    return a_disclosure(program, person, **taken, **fields)


def url(program, person) -> str:
    return f"/disclosures/{program.public_id}/person/{person.public_id}/accounting.pdf"


def text_of(answer) -> str:
    assert answer["Content-Type"] == "application/pdf"
    pages = PdfReader(io.BytesIO(answer.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.mark.django_db
def test_the_paper_tells_what_left_and_is_a_disclosure_itself(
    client_of, administrator, program, person
) -> None:
    plains = {"recipient": "payer", "basis": "consent", "purpose": "Claim of October"}
    left(program, person, recipient_name="Plains Health", **plains)
    old = timezone.now() - timedelta(days=4 * 366)
    left(program, person, recipient_name="Old Payer", taken_at=old, **plains)
    left(program, person, purpose="Own work")
    left(
        program,
        person,
        recipient="court",
        recipient_name="County Court",
        basis="order",
        taken_at=old,
    )
    left(program, build.a_participant(), recipient_name="Not Theirs", **plains)
    left(build.a_program(), person, recipient_name="Elsewhere", **plains)
    client = client_of(administrator)
    text = text_of(taken_out(client, url(program, person), **TO_THEM))
    for said in ("Amara Okoye", "Plains Health", "Claim of October", "County Court", "42 CFR 2.25"):
        assert said in text
    assert "45 CFR 164.528" in text
    for not_said in ("Old Payer", "Own work", "Not Theirs", "Elsewhere"):
        assert not_said not in text
    kept = Disclosure.objects.get(what="accounting:accounting")
    assert (kept.recipient, kept.basis) == ("participant", "participant")
    event = AuditEvent.objects.get(verb="accounting.exported")
    assert (event.participant_id, event.detail) == (person.public_id, {"rows": 4})


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "page"), [("es", "Página 1"), ("en", "Page 1")])
def test_it_speaks_the_participants_language(
    client_of, director, program, person, language, page
) -> None:
    type(person).objects.filter(pk=person.pk).update(language=language)
    assert page in text_of(taken_out(client_of(director), url(program, person), **TO_THEM))


@pytest.mark.django_db
def test_who_may(
    client_of, clinician, facilitator, billing, administrator, stranger, program, person
) -> None:
    address = url(program, person)
    for user in (clinician, facilitator, billing):
        assert client_of(user).get(address).status_code == 403
    assert client_of(stranger).get(address).status_code == 404
    assert client_of(administrator).get(address).status_code == 200
