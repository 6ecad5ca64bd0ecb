"""What the database refuses of a disclosure, and what it takes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from programs.models import DisclosedPerson, Disclosure
from tests.build import NOW, a_participant
from tests.build_trust import a_disclosure
from tests.refusals import explains, refused

EMERGENCY = {
    "recipient": "provider",
    "recipient_name": "Dr. Hale",
    "basis": "emergency",
    "emergency": "Unconscious",
    "affiliation": "St. Anne",
}
CONSENT = {"basis": "consent"}
PAYER = {"recipient": "payer", "recipient_name": "Plains Health"} | CONSENT
TAKEN = {"taken_at": NOW + timedelta(minutes=1), "sha256": "0" * 64}

REFUSED = [
    ("disclosure_recipient_known", {"recipient": "friend", "recipient_name": "Bo"} | CONSENT),
    ("disclosure_basis_known", {"basis": "habit"}),
    ("disclosure_names_recipient", PAYER | {"recipient_name": ""}),
    ("disclosure_emergency_is_told", EMERGENCY | {"emergency": ""}),
    ("disclosure_emergency_is_told", EMERGENCY | {"affiliation": ""}),
    ("disclosure_internal_stays", PAYER | {"basis": "internal"}),
    ("disclosure_internal_stays", {"recipient": "participant", "basis": "internal"}),
    ("disclosure_taken_with_fingerprint", TAKEN | {"sha256": ""}),
    ("disclosure_taken_with_fingerprint", TAKEN | {"taken_at": None}),
    ("disclosure_taken_with_fingerprint", TAKEN | {"taken_at": NOW - timedelta(seconds=1)}),
]
TAKEN_IN = [
    {},
    {"recipient": "participant", "basis": "participant"},
    PAYER,
    EMERGENCY,
    {"recipient": "service", "recipient_name": "Lab", "basis": "internal"},
    {"recipient": "court", "recipient_name": "County court", "basis": "order"},
    {"recipient": "auditor", "recipient_name": "State", "basis": "audit"},
    {"recipient": "other", "recipient_name": "A school", "basis": "consent"},
    TAKEN,
    TAKEN | {"taken_at": NOW},
]


@pytest.mark.parametrize(("constraint", "fields"), REFUSED)
def test_the_database_refuses(db, constraint: str, fields: dict) -> None:
    with refused(constraint):
        a_disclosure(**fields)
    explains(a_disclosure(), constraint, **fields)


@pytest.mark.parametrize("fields", TAKEN_IN)
def test_the_database_takes(db, fields: dict) -> None:
    disclosure = a_disclosure(**fields)
    disclosure.full_clean()
    assert Disclosure.objects.filter(pk=disclosure.pk).exists()


def test_a_person_stands_once_on_a_disclosure(db) -> None:
    person, disclosure = a_participant(), a_disclosure()
    DisclosedPerson.objects.create(disclosure=disclosure, participant=person)
    DisclosedPerson.objects.create(disclosure=disclosure, participant=a_participant())
    DisclosedPerson.objects.create(disclosure=a_disclosure(), participant=person)
    again = DisclosedPerson(disclosure=disclosure, participant=person)
    with refused("disclosed_person_once"):
        again.save()
    explains(again, "disclosed_person_once")
