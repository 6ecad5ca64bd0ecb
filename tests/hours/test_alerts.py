"""Alerts open once, follow the week, resolve, and come back as the same row."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.models import AuditEvent
from groups.models import GroupSession
from hours.actions import check_weekly_hours
from hours.models import Alert, AlertKind
from programs.models import Enrollment, Program
from tests import build
from tests.build import MONDAY, NOW


@pytest.fixture
def enrollment(program: Program) -> Enrollment:
    """Someone who missed Monday and has one session of three hours left: nine are out of reach."""
    build.a_rule(program, min_days_per_week=0)
    group = build.a_group(program)
    enrollment = build.an_enrollment(program, admitted_on="2026-11-16")
    build.a_membership(group, enrollment)
    build.a_record(build.a_session(group), enrollment.participant, absence="no_call")
    build.a_session(group, MONDAY + timedelta(days=3))
    return enrollment


def kinds() -> dict[str, bool]:
    """Return each alert of this week with whether it is open."""
    found = Alert.objects.of_week(MONDAY)
    return {alert.kind: alert.resolved_at is None for alert in found}


@pytest.mark.django_db
def test_a_sweep_opens_one_alert_and_a_second_changes_nothing(enrollment: Enrollment) -> None:
    check_weekly_hours(now=NOW, by=None)
    first = list(Alert.objects.order_by("pk").values())
    events = AuditEvent.objects.count()
    assert kinds() == {AlertKind.UNREACHABLE: True}
    assert Alert.objects.get(week_on=MONDAY).minutes_short == 360

    check_weekly_hours(now=NOW + timedelta(minutes=5), by=None)
    assert list(Alert.objects.order_by("pk").values()) == first
    assert AuditEvent.objects.count() == events


@pytest.mark.django_db
def test_an_alert_resolves_and_reopens_as_the_same_row(enrollment: Enrollment) -> None:
    check_weekly_hours(now=NOW, by=None)
    alert = Alert.objects.get(week_on=MONDAY)
    order = build.an_order(enrollment, 150)
    check_weekly_hours(now=NOW + timedelta(hours=1), by=None)
    alert.refresh_from_db()
    assert alert.resolved_at == NOW + timedelta(hours=1)

    order.minutes_per_week = 300
    order.save(update_fields=["minutes_per_week"])
    check_weekly_hours(now=NOW + timedelta(hours=2), by=None)
    alert.refresh_from_db()
    assert (alert.resolved_at, alert.minutes_short) == (None, 120)
    assert Alert.objects.of_week(MONDAY).count() == 1


@pytest.mark.django_db
def test_last_week_is_judged_too_and_older_weeks_are_not(enrollment: Enrollment) -> None:
    check_weekly_hours(now=NOW, by=None)
    weeks = set(Alert.objects.values_list("week_on", "kind"))
    assert weeks == {
        (MONDAY, AlertKind.UNREACHABLE),
        (MONDAY - timedelta(days=7), AlertKind.NOT_MET),
    }


@pytest.mark.django_db
def test_exempt_weeks_raise_nothing(enrollment: Enrollment) -> None:
    build.a_leave(enrollment.participant, MONDAY, MONDAY)
    check_weekly_hours(now=NOW, by=None)
    assert kinds() == {}


@pytest.mark.django_db
def test_nothing_is_kept_when_the_trail_cannot_be_written(
    enrollment: Enrollment, audit_fails: None
) -> None:
    with pytest.raises(IntegrityError, match="audit_fails"), transaction.atomic():
        check_weekly_hours(now=NOW, by=None)
    assert not Alert.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_open_one_alert(enrollment: Enrollment) -> None:
    both = threading.Barrier(2)
    failures: list[BaseException] = []

    def sweep() -> None:
        try:
            both.wait(timeout=10)
            check_weekly_hours(now=NOW, by=None)
        except BaseException as failure:
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=sweep) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert failures == []
    assert kinds() == {AlertKind.UNREACHABLE: True}
    assert GroupSession.objects.count() == 2
