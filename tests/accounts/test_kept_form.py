"""A form sent with an expired sign-in: kept where it is worth it, offered once, acted on never."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accounts.kept_form import LONGEST, SESSION_KEY
from attendance.models import AttendanceRecord
from programs.models import Program
from tests import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet(program: Program) -> str:
    session = build.a_session(build.a_group(program))
    return reverse("sheet:sheet", args=[program.public_id, session.public_id])


def test_a_strangers_form_is_kept_where_it_is_worth_it_and_acted_on_nowhere(sheet: str) -> None:
    client = Client()
    answer = client.post(sheet, {"a": ["1", "2"]})
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/sign-in/")
    assert client.session[SESSION_KEY] == {"path": sheet, "fields": [["a", "1"], ["a", "2"]]}
    assert not AttendanceRecord.objects.exists()


@pytest.mark.parametrize(
    ("fields", "headers"),
    [({"a": "x" * (LONGEST + 1)}, {}), ({"a": "1"}, {"HX-Request": "true"})],
    ids=["too long", "a fragment, whose script keeps it"],
)
def test_some_are_not_kept(sheet: str, fields: dict[str, str], headers: dict[str, str]) -> None:
    client = Client()
    client.post(sheet, fields, headers=headers)
    assert SESSION_KEY not in client.session


def test_other_pages_keep_nothing() -> None:
    client = Client()
    client.post(reverse("hours:boards"), {"a": "1"})
    assert SESSION_KEY not in client.session


def test_it_is_offered_once_on_its_own_page(client_of, director, sheet: str, program) -> None:
    client = client_of(director)
    session = client.session
    session[SESSION_KEY] = {"path": sheet, "fields": [["a", "1 & only"]]}
    session.save()
    other = build.a_session(build.a_group(program))
    elsewhere = reverse("sheet:sheet", args=[program.public_id, other.public_id])
    assert "What you sent waits here." not in client.get(elsewhere).content.decode()
    assert 'name="a" value="1 &amp; only"' in client.get(sheet).content.decode()
    assert "What you sent waits here." not in client.get(sheet).content.decode()
