"""What the database refuses about alerts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from hours.models import Alert
from programs.models import Enrollment
from tests import build
from tests.build import MONDAY, NOW
from tests.refusals import explains, refused

pytestmark = pytest.mark.django_db

EARLIER = NOW - timedelta(minutes=1)


@pytest.fixture
def enrollment() -> Enrollment:
    return build.an_enrollment()


def an_alert(enrollment: Enrollment, **fields: Any) -> Alert:
    given = {"week_on": MONDAY, "kind": "recoverable", "opened_at": NOW, "updated_at": NOW}
    return Alert.objects.create(enrollment=enrollment, **{**given, **fields})


def test_one_alert_per_enrollment_week_and_kind(enrollment: Enrollment):
    an_alert(enrollment, resolved_at=NOW)
    an_alert(enrollment, kind="days_short")
    an_alert(enrollment, week_on=MONDAY - timedelta(days=7))
    an_alert(build.an_enrollment())
    with refused("alert_once"):
        an_alert(enrollment)
    again = Alert(
        enrollment=enrollment, week_on=MONDAY, kind="recoverable", opened_at=NOW, updated_at=NOW
    )
    explains(again, "alert_once")


def test_an_alert_is_of_a_known_kind(enrollment: Enrollment):
    alert = an_alert(enrollment, kind="over_maximum")
    with refused("alert_kind_known"):
        an_alert(enrollment, kind="tight")
    explains(alert, "alert_kind_known", kind="tight")


@pytest.mark.parametrize("field", ["updated_at", "resolved_at"])
def test_an_alert_is_updated_and_resolved_after_it_opens(enrollment: Enrollment, field: str):
    alert = an_alert(enrollment, **{field: NOW})
    with refused("alert_times_in_order"):
        an_alert(build.an_enrollment(), **{field: EARLIER})
    explains(alert, "alert_times_in_order", **{field: EARLIER})


def test_an_alert_waits_until_a_date_with_somebody_s_reason(enrollment: Enrollment):
    who = build.a_user()
    snoozed = {"snooze_ends_on": MONDAY, "snoozed_by": who, "snooze_reason": "Travels back Friday"}
    alert = an_alert(enrollment, **snoozed)
    assert alert.is_snoozed(MONDAY - timedelta(days=1))
    assert not alert.is_snoozed(MONDAY)
    for name in snoozed:
        without = {**snoozed, name: "" if name == "snooze_reason" else None}
        with refused("alert_snoozed_with_reason"):
            an_alert(build.an_enrollment(), **without)
    explains(alert, "alert_snoozed_with_reason", snoozed_by=None)


def test_an_alert_of_care_names_its_date(enrollment: Enrollment):
    alert = an_alert(enrollment, kind="expiring", due_on=MONDAY)
    with refused("alert_of_care_has_its_date"):
        an_alert(enrollment, kind="review_due")
    explains(alert, "alert_of_care_has_its_date", due_on=None)


def test_a_snoozed_alert_is_open_and_does_not_wait(enrollment: Enrollment):
    who = build.a_user()
    snoozed = {"snooze_ends_on": MONDAY, "snoozed_by": who, "snooze_reason": "Travels"}
    alert = an_alert(enrollment, **snoozed)
    plain = an_alert(enrollment, kind="days_short")
    assert list(Alert.objects.open().order_by("pk")) == [alert, plain]
    assert list(Alert.objects.waiting(MONDAY - timedelta(days=1))) == [plain]
    assert list(Alert.objects.waiting(MONDAY).order_by("pk")) == [alert, plain]
