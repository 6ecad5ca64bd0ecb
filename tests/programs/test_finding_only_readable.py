"""Whoever enrolls in one program and leads groups in another finds nobody of the other."""

from __future__ import annotations

import pytest

from accounts.models import User
from programs.models import Participant, Program, Role
from tests import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def elsewhere() -> Program:
    return build.a_program(code="elsewhere")


@pytest.fixture
def them(elsewhere: Program) -> Participant:
    person = build.a_participant(first_name="Leila", last_name="Farah", chart_number="C-77")
    build.an_enrollment(elsewhere, person)
    return person


@pytest.fixture
def colleague(program: Program) -> User:
    return build.a_colleague(program, Role.ADMISSIONS)


@pytest.mark.parametrize("address", ["/referrals/{}/new/", "/enroll/{}/"])
@pytest.mark.parametrize(
    ("role", "is_found"), [(Role.FACILITATOR, False), (Role.BILLING, False), (Role.CLINICIAN, True)]
)
def test_the_search_finds_those_one_may_read(
    client_of, program, elsewhere, them, colleague, address, role, is_found
) -> None:
    build.an_assignment(colleague, elsewhere, role)
    client, url = client_of(colleague), address.format(program.public_id)
    found = client.post(url, {"act": "find", "q": "Farah"})
    assert ("C-77" in found.content.decode()) is is_found
    chosen = client.post(url, {"participant": str(them.public_id)})
    assert chosen.status_code == (200 if is_found else 404)
