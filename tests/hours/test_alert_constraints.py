"""What the database refuses about alerts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from hours.models import WeeklyHoursAlert
from programs.models import Enrollment
from tests import build
from tests.build import MONDAY, NOW
from tests.refusals import explains, refused

pytestmark = pytest.mark.django_db

EARLIER = NOW - timedelta(minutes=1)


@pytest.fixture
def enrollment() -> Enrollment:
    return build.an_enrollment()


def an_alert(enrollment: Enrollment, **fields: Any) -> WeeklyHoursAlert:
    given = {"week_on": MONDAY, "kind": "recoverable", "opened_at": NOW, "updated_at": NOW}
    return WeeklyHoursAlert.objects.create(enrollment=enrollment, **{**given, **fields})


def test_one_alert_per_enrollment_week_and_kind(enrollment: Enrollment):
    an_alert(enrollment, resolved_at=NOW)
    an_alert(enrollment, kind="days_short")
    an_alert(enrollment, week_on=MONDAY - timedelta(days=7))
    an_alert(build.an_enrollment())
    with refused("weekly_hours_alert_once"):
        an_alert(enrollment)
    again = WeeklyHoursAlert(
        enrollment=enrollment, week_on=MONDAY, kind="recoverable", opened_at=NOW, updated_at=NOW
    )
    explains(again, "weekly_hours_alert_once")


def test_an_alert_is_of_a_known_kind(enrollment: Enrollment):
    alert = an_alert(enrollment, kind="over_maximum")
    with refused("weekly_hours_alert_kind_known"):
        an_alert(enrollment, kind="tight")
    explains(alert, "weekly_hours_alert_kind_known", kind="tight")


@pytest.mark.parametrize("field", ["updated_at", "resolved_at"])
def test_an_alert_is_updated_and_resolved_after_it_opens(enrollment: Enrollment, field: str):
    alert = an_alert(enrollment, **{field: NOW})
    with refused("weekly_hours_alert_times_in_order"):
        an_alert(build.an_enrollment(), **{field: EARLIER})
    explains(alert, "weekly_hours_alert_times_in_order", **{field: EARLIER})
