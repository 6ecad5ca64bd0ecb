"""The table of grounds: to whom what may go, and what each way out asks."""

from __future__ import annotations

import itertools

import pytest

from programs.disclosing.grounds import BY_KEY, WAYS, Asked, ways_for
from programs.models import Basis, Recipient

# In the regulation's words, written down apart from the table.
ALLOWED = {
    "own": {"internal"},
    "participant": {"participant"},
    "payer": {"consent"},
    "provider": {"consent", "emergency"},
    "service": {"internal", "consent"},
    "court": {"order", "consent"},
    "auditor": {"audit", "consent"},
    "other": {"consent", "emergency"},
}
SECTION = {
    "internal": "2.12",
    "participant": "2.23",
    "consent": "2.31",
    "emergency": "2.51",
    "audit": "2.53",
    "order": "2.61",
}
ASKED = {
    "consent": {"release", "recipient_name"},
    "emergency": {"recipient_name", "affiliation", "emergency"},
    "audit": {"recipient_name"},
    "order": {"recipient_name"},
    "participant": set(),
}


@pytest.mark.parametrize(("recipient", "basis"), list(itertools.product(Recipient, Basis)))
def test_every_recipient_with_every_ground(recipient: Recipient, basis: Basis) -> None:
    way = BY_KEY.get(f"{recipient}:{basis}")
    assert (way is not None) == (basis in ALLOWED[recipient])
    if way is None:
        return
    assert (way.recipient, way.basis) == (recipient, basis)
    assert SECTION[basis] in way.citation
    assert way.needs_releases is (basis == "consent")
    named = set() if recipient == "own" else {"recipient_name"}
    assert set(way.asks) == ASKED.get(basis, named)
    assert way.is_of_one is (recipient == "participant" or basis == "emergency")


def test_each_way_stands_once() -> None:
    assert len({way.key for way in WAYS}) == len(WAYS)
    assert {asked for way in WAYS for asked in way.asks} == set(Asked)


def test_a_list_of_several_is_nobodys_own_record_and_nobodys_emergency() -> None:
    of_one = {"participant:participant", "provider:emergency", "other:emergency"}
    assert {way.key for way in ways_for(1)} == {way.key for way in WAYS}
    assert {way.key for way in WAYS} - {way.key for way in ways_for(2)} == of_one
