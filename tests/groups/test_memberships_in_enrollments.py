"""A membership lies inside its enrollment, whichever of the two is changed first."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection, transaction

from groups.models import GroupMembership
from programs.models import Enrollment
from tests import build
from tests.build import on
from tests.refusals import refused

pytestmark = pytest.mark.django_db

INSIDE = "membership_inside_enrollment"


def settle() -> None:
    """Check now what the database would check at the end of the transaction."""
    connection.check_constraints()


@pytest.fixture
def enrollment() -> Enrollment:
    return build.an_enrollment(
        admitted_on="2026-11-09", discharged_on="2026-12-18", discharge_reason="completed"
    )


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2026-11-08", "2026-12-18"),
        ("2026-11-09", "2026-12-19"),
        ("2026-11-09", None),
        ("2026-12-19", "2026-12-20"),
    ],
)
def test_outside_is_refused(enrollment: Enrollment, first: str, last: str | None):
    inside = build.a_membership(build.a_group(), enrollment)
    with refused(INSIDE):
        build.a_membership(build.a_group(), enrollment, first_on=first, last_on=last)
    with refused(INSIDE):
        GroupMembership.objects.filter(pk=inside.pk).update(
            first_on=on(first), last_on=on(last) if last else None
        )


@pytest.mark.parametrize("last", [None, "2026-12-18"])
def test_an_open_enrollment_holds_both(last: str | None):
    build.a_membership(build.a_group(), build.an_enrollment(), last_on=last)


SHRUNK: dict[str, dict[str, Any]] = {
    "end": {"discharged_on": on("2026-12-17")},
    "start": {"admitted_on": on("2026-11-10")},
}


@pytest.mark.parametrize("changes", SHRUNK.values(), ids=SHRUNK)
def test_an_enrollment_does_not_shrink_past_a_membership(enrollment: Enrollment, changes: dict):
    build.a_membership(build.a_group(), enrollment)
    with refused(INSIDE):
        Enrollment.objects.filter(pk=enrollment.pk).update(**changes)
        settle()


@pytest.mark.parametrize("membership_first", [True, False])
def test_a_discharge_and_its_memberships_end_in_one_transaction(membership_first: bool):
    enrollment = build.an_enrollment()
    membership = build.a_membership(build.a_group(), enrollment)

    def discharge() -> None:
        Enrollment.objects.filter(pk=enrollment.pk).update(
            discharged_on=on("2026-11-30"), discharge_reason="moved"
        )

    def leave_group() -> None:
        GroupMembership.objects.filter(pk=membership.pk).update(last_on=on("2026-11-30"))

    steps = [leave_group, discharge] if membership_first else [discharge, leave_group]
    with transaction.atomic():
        for step in steps:
            step()
    settle()
    membership.refresh_from_db()
    assert membership.last_on == on("2026-11-30")


def test_an_enrollment_may_grow_or_change_otherwise(enrollment: Enrollment):
    build.a_membership(build.a_group(), enrollment)
    Enrollment.objects.filter(pk=enrollment.pk).update(discharged_on=on("2026-12-31"))
    Enrollment.objects.filter(pk=enrollment.pk).update(discharge_reason="medical")
    settle()
