"""What the database refuses about certificates."""

from __future__ import annotations

import pytest

from hours.models import Certificate
from tests import build
from tests.build import NOW
from tests.refusals import explains, refused

pytestmark = pytest.mark.django_db


def a_certificate(**fields) -> Certificate:
    """One that is not stored yet, of a new episode where none is given."""
    defaults = {"completed_on": build.MONDAY, "issued_at": NOW, "issued_by": build.a_user()}
    fields.setdefault("enrollment", None)
    fields["enrollment"] = fields["enrollment"] or build.an_enrollment()
    return Certificate(**{**defaults, **fields})


def test_criteria_are_known():
    a_certificate(open_criteria=["core", "plan"], reason="Moves away.").save()
    with refused("certificate_criteria_known"):
        a_certificate(open_criteria=["luck"], reason="Moves away.").save()
    wrong = a_certificate(reason="Moves away.")
    explains(wrong, "certificate_criteria_known", open_criteria=["luck"])


def test_what_is_open_needs_a_reason():
    a_certificate().save()
    a_certificate(open_criteria=["weeks"], reason="Moves away.").save()
    with refused("certificate_says_why"):
        a_certificate(open_criteria=["weeks"]).save()
    explains(a_certificate(), "certificate_says_why", open_criteria=["weeks"])


def test_one_per_episode_and_it_stays():
    certificate = a_certificate()
    certificate.save()
    with refused("hours_certificate_enrollment_id_key"):
        a_certificate(enrollment=certificate.enrollment).save()
    assert Certificate.objects.count() == 1
