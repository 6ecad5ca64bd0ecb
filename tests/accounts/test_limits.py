"""Searching and taking files out has a limit for each person, said in words and on the trail."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse

from accounts import limits
from accounts.limits import LIMITS, limited
from accounts.models import AuditEvent
from programs.models import Disclosure, Role
from tests import build
from tests.build_trust import stated
from tests.test_page_conventions import addresses

STATEMENT = {"way": "own:internal", "purpose": "Treatment team"}


@pytest.fixture
def three(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(limits.LIMITS, "search", "3/10m/user")


def test_past_the_limit_it_is_said_and_nobody_is_found(
    three, client_of, program, administrator, director
) -> None:
    url, client = reverse("people:people", args=[program.public_id]), client_of(administrator)
    for _ in range(3):
        assert client.post(url, {"q": "Nolan"}).status_code == 200
    refused = client.post(url, {"q": "Nolan"})
    assert refused.status_code == 429
    assert refused["Retry-After"] == "600"
    words = refused.content.decode()
    assert "Too often" in words
    assert "Nolan" not in words
    # The list itself is no search, and another person has a limit of their own.
    assert client.get(url).status_code == 200
    assert client_of(director).post(url, {"q": "Nolan"}).status_code == 200
    trail = AuditEvent.objects.filter(verb="request.limited", by=administrator)
    assert [line.detail for line in trail] == [{"kind": "search"}]


def test_past_the_limit_nothing_is_stated_and_what_was_can_be_taken(
    monkeypatch, client_of, program, director
) -> None:
    monkeypatch.setitem(limits.LIMITS, "export", "2/10m/user")
    build.an_enrollment(program, admitted_on="2020-01-01")
    url, client = reverse("census:csv", args=[program.public_id]), client_of(director)
    taken_at = [stated(client, url) for _ in range(2)]
    refused = client.post(url, STATEMENT)
    assert (refused.status_code, refused["Retry-After"]) == (429, "600")
    assert "Too often" in refused.content.decode()
    assert Disclosure.objects.count() == 2
    trail = AuditEvent.objects.filter(verb="request.limited", by=director)
    assert [line.detail for line in trail] == [{"kind": "export"}]
    # Asking what would leave counts nothing, nor does taking what was stated.
    assert client.get(url).status_code == 200
    for each in taken_at:
        assert client.get(each)["Content-Type"].startswith("text/csv")
    other = client_of(build.a_colleague(program, Role.DIRECTOR))
    assert other.post(url, STATEMENT).status_code == 303


def test_a_kind_is_one_that_has_a_limit() -> None:
    with pytest.raises(ImproperlyConfigured, match="search, look_up, export"):
        limited("browse")


def test_what_searches_and_what_leaves_is_limited() -> None:
    names = {
        kind: {each.name for each in addresses() if getattr(each.callback, "limited", "") == kind}
        for kind in LIMITS
    }
    assert {"people", "also"} <= names["search"]
    assert names["look_up"] == {"likely"}
    leaving = {each.name for each in addresses() if hasattr(each.callback, "leaves")}
    assert leaving
    assert leaving <= names["export"]
