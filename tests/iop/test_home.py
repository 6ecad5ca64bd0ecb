"""The front door leads to the page a person's day begins with; the machine's pages stay open."""

from __future__ import annotations

import pytest
from django.test import Client

from programs.models import Program, Role
from tests import build

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("who", "page"),
    [
        ("director", "hours"),
        ("billing", "hours"),
        ("facilitator", "today"),
        ("administrator", "today"),
        ("clinician", "today"),
    ],
)
def test_the_day_begins_where_the_work_is(client_of, request, program: Program, who, page) -> None:
    answer = client_of(request.getfixturevalue(who)).get("/")
    assert (answer.status_code, answer["Location"]) == (302, f"/{page}/{program.public_id}/")


def test_a_director_who_also_leads_begins_with_today(client_of, director, program) -> None:
    build.an_assignment(director, program, Role.FACILITATOR)
    assert client_of(director).get("/")["Location"] == f"/today/{program.public_id}/"


def test_who_works_nowhere_is_told_so(client_of) -> None:
    assert client_of(build.a_user()).get("/").status_code == 403


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_machines_may_ask_without_signing_in(path: str) -> None:
    answer = Client().get(path)
    assert (answer.status_code, answer.json()["status"]) == (200, "ok")
