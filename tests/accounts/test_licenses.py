"""Licenses: what the database refuses, which hold on a date, and what putting on record does."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from accounts.actions import add_license, withdraw_license
from accounts.keeping import NotKept
from accounts.models import AuditEvent, License
from tests import build, build_staff
from tests.build import MONDAY, NOW
from tests.refusals import explains, refused

pytestmark = pytest.mark.django_db


def test_a_license_expires_on_or_after_its_first_day():
    row = build_staff.a_license(first_on="2026-11-09", expires_on="2026-11-09")
    build_staff.a_license(first_on=None, expires_on="1999-01-01")
    build_staff.a_license(first_on="2026-11-09", expires_on=None)
    with refused("license_expires_after_start"):
        build_staff.a_license(first_on="2026-11-09", expires_on="2026-11-08")
    explains(row, "license_expires_after_start", expires_on="2026-11-08")


def test_a_license_names_its_credential():
    build_staff.a_license(credential="X")
    with refused("license_names_its_credential"):
        build_staff.a_license(credential="")
    with pytest.raises(ValidationError) as caught:
        License(user=build.a_user()).validate_constraints()
    assert caught.value.messages == ["Say which credential the license is for."]


@pytest.mark.parametrize(
    ("first_on", "expires_on", "is_valid"),
    [
        (None, None, True),
        ("2026-11-23", None, True),
        ("2026-11-24", None, False),
        (None, "2026-11-23", True),
        (None, "2026-11-22", False),
        ("2026-11-23", "2026-11-23", True),
    ],
)
def test_both_ends_are_valid(first_on: str | None, expires_on: str | None, is_valid: bool):
    build_staff.a_license(first_on=first_on, expires_on=expires_on)
    assert License.objects.valid_on(MONDAY).exists() is is_valid


def test_a_withdrawn_one_counts_for_nothing():
    build_staff.a_license(withdrawn_at=NOW)
    assert not License.objects.on_record().exists()
    assert not License.objects.valid_on(MONDAY).exists()


def a_license_to_be(**fields: Any) -> License:
    given = {"credential": "LCSW", "number": "7", "expires_on": date(2027, 1, 31), **fields}
    return License(**{"user": given.pop("user", None) or build.a_user(), **given})


def test_adding_keeps_the_row_and_who_did_it(director, program):
    row = add_license(license=a_license_to_be(), program_id=program.public_id, by=director)
    assert License.objects.get().credential == "LCSW"
    event = AuditEvent.objects.get(verb="license.added")
    assert (event.by, event.subject_id, event.program_id) == (
        director,
        row.public_id,
        program.public_id,
    )
    assert event.detail == {
        "user": str(row.user.public_id),
        "first_on": None,
        "expires_on": "2027-01-31",
    }


def test_the_same_license_is_kept_once_unless_it_was_withdrawn(director):
    kept = add_license(license=a_license_to_be(), program_id=None, by=director)
    with pytest.raises(NotKept) as caught:
        add_license(license=a_license_to_be(user=kept.user), program_id=None, by=director)
    assert caught.value.words == {"credential": ["This license is on record already."]}
    add_license(license=a_license_to_be(user=kept.user, number="8"), program_id=None, by=director)
    withdraw_license(license=kept, program_id=None, now=NOW, by=director)
    add_license(license=a_license_to_be(user=kept.user), program_id=None, by=director)
    assert License.objects.count() == 3
    assert AuditEvent.objects.filter(verb="license.added").count() == 3


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (
            {"first_on": date(2027, 2, 1)},
            {"expires_on": ["A license expires on or after its first day."]},
        ),
        ({"credential": ""}, {"credential": ["This field cannot be blank."]}),
    ],
)
def test_what_the_database_would_refuse_is_said_at_its_field(director, fields, words):
    with pytest.raises(NotKept) as caught:
        add_license(license=a_license_to_be(**fields), program_id=None, by=director)
    for field, said in words.items():
        assert caught.value.words[field] == said
    assert not License.objects.exists()
    assert not AuditEvent.objects.exists()


def test_withdrawing_leaves_the_row_and_does_it_once(director, program):
    row = build_staff.a_license()
    for _time in range(2):
        withdraw_license(license=row, program_id=program.public_id, now=NOW, by=director)
    row.refresh_from_db()
    assert row.withdrawn_at == NOW
    event = AuditEvent.objects.get(verb="license.withdrawn")
    assert (event.subject_id, event.detail) == (row.public_id, {"user": str(row.user.public_id)})


def test_nothing_changes_when_the_trail_cannot_be_written(director, audit_fails):
    row = build_staff.a_license()
    with pytest.raises(IntegrityError):
        add_license(license=a_license_to_be(user=row.user), program_id=None, by=director)
    with pytest.raises(IntegrityError):
        withdraw_license(license=row, program_id=None, now=NOW, by=director)
    assert License.objects.get().withdrawn_at is None
