"""What the database refuses of an emergency access, each constraint tried both ways."""

from __future__ import annotations

from datetime import timedelta

import pytest

from programs.models import EmergencyAccess
from tests import build
from tests.build import NOW
from tests.build_trust import an_emergency_access
from tests.refusals import explains, refused

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def test_it_ends_after_it_begins():
    access = an_emergency_access(ends_at=NOW + MINUTE)
    with refused("emergency_ends_after_start"):
        EmergencyAccess.objects.filter(pk=access.pk).update(ends_at=NOW)
    explains(access, "emergency_ends_after_start", ends_at=NOW)


def test_it_lasts_an_hour_at_most():
    access = an_emergency_access(ends_at=NOW + 60 * MINUTE)
    late = NOW + 60 * MINUTE + timedelta(microseconds=1)
    with refused("emergency_lasts_an_hour"):
        EmergencyAccess.objects.filter(pk=access.pk).update(ends_at=late)
    explains(access, "emergency_lasts_an_hour", ends_at=late)


def test_it_is_closed_after_it_was_opened():
    access = an_emergency_access(ended_at=NOW)
    early = NOW - MINUTE
    with refused("emergency_closed_after_opened"):
        EmergencyAccess.objects.filter(pk=access.pk).update(ended_at=early)
    explains(access, "emergency_closed_after_opened", ended_at=early)


def test_a_review_has_a_time_and_a_person():
    reviewer = build.a_user()
    access = an_emergency_access(reviewed_at=NOW, reviewed_by=reviewer)
    for half in ({"reviewed_at": None}, {"reviewed_by": None}):
        with refused("emergency_reviewed_by_someone"):
            EmergencyAccess.objects.filter(pk=access.pk).update(**half)
    explains(access, "emergency_reviewed_by_someone", reviewed_at=None)


def test_somebody_else_reviews_it():
    access = an_emergency_access(reviewed_at=NOW, reviewed_by=build.a_user())
    with refused("emergency_reviewed_by_another"):
        EmergencyAccess.objects.filter(pk=access.pk).update(reviewed_by=access.user)
    explains(access, "emergency_reviewed_by_another", reviewed_by=access.user)
