"""The check: what it opens, what it leaves alone, and in how many statements."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings

from accounts.models import AuditEvent
from hours import actions
from hours.actions import check_care_of, check_program, check_weekly_hours, check_weeks_of
from hours.checking.making_up import minutes_to_make_up
from hours.models import Alert, AlertKind
from hours.program_week import weekly_hours
from hours.sums.asked import asked_weeks
from hours.sums.reading import week_sums
from programs.models import Program
from tests import build, build_episodes, build_hours
from tests.build import MONDAY, NOW
from tests.hours.drawn_clinic import DrawnClinic, clinics
from tests.hours.storing import store
from tests.hours.sweeping import LAST_MONDAY, a_troubled_program, told
from tests.hours.test_weekly_hours_property import EXAMPLES

OLDER, LAST = date(2026, 11, 9), date(2026, 11, 16)

pytestmark = pytest.mark.django_db


def test_each_week_has_its_alerts(program: Program) -> None:
    saved, lost = a_troubled_program(program)
    check_weekly_hours(now=NOW, by=None)
    assert told() == [
        (saved.pk, LAST_MONDAY, AlertKind.NOT_MET, 360, True),
        (saved.pk, LAST_MONDAY, AlertKind.UNRECORDED, 360, True),
        (saved.pk, MONDAY, AlertKind.RECOVERABLE, 180, True),
        (lost.pk, LAST_MONDAY, AlertKind.NOT_MET, 360, True),
        (lost.pk, LAST_MONDAY, AlertKind.UNRECORDED, 360, True),
        (lost.pk, MONDAY, AlertKind.UNREACHABLE, 360, True),
    ]
    alert = Alert.objects.filter(kind=AlertKind.UNRECORDED).earliest("pk")
    assert alert.due_on == LAST_MONDAY + timedelta(days=1)
    (event,) = AuditEvent.objects.filter(verb="weekly_hours.alerts_updated")
    assert event.program_id == program.public_id
    assert event.detail == {
        "weeks": ["2026-11-16", "2026-11-23"],
        "opened": 6,
        "reopened": 0,
        "resolved": 0,
    }


@settings(max_examples=EXAMPLES)
@given(clinic=clinics())
def test_seats_save_a_week_as_they_do_on_the_board(clinic: DrawnClinic) -> None:
    with transaction.atomic():
        program, _ = store(clinic)
        week = program.week_of(clinic.first)
        rows = weekly_hours(program, week=week, as_of=clinic.as_of)
        sums = week_sums(asked_weeks([(program, week)]), as_of=clinic.as_of)
        makeup = minutes_to_make_up(sums, as_of=clinic.as_of)
        transaction.set_rollback(True)
    short = {(row.person.enrollment_key, row.week): row.makeup for row in rows if is_short(row)}
    assert makeup == short
    assert {
        (each.enrollment_key, each.verdict(makeup.get((each.enrollment_key, each.week_on), 0)))
        for each in sums
    } == {(row.person.enrollment_key, row.verdict) for row in rows}


def is_short(row) -> bool:
    return row.verdict in ("recoverable", "unreachable")


@pytest.mark.parametrize("programs", [1, 40])
def test_a_batch_takes_as_many_statements_however_large(programs: int) -> None:
    for _ in range(programs):
        a_troubled_program(people=3)
    keys = list(Program.objects.values_list("pk", flat=True))
    counts = []
    for moment in (NOW, NOW + timedelta(hours=1)):
        with CaptureQueriesContext(connection) as queries:
            check_weeks_of(keys=keys, now=moment, by=None)
        counts.append(len(queries))
    assert Alert.objects.count() == 9 * programs
    # First everything opens; then nothing changes, and nothing is written.
    assert counts == [14, 11]


@pytest.mark.parametrize("programs", [1, 40])
def test_care_too_takes_as_many_statements_however_much(programs: int) -> None:
    for _ in range(programs):
        enrollment = build.an_enrollment(build.a_program())
        build_episodes.an_authorization(enrollment, last_on=MONDAY + timedelta(days=5))
    keys = list(Program.objects.values_list("pk", flat=True))
    with CaptureQueriesContext(connection) as queries:
        check_care_of(keys=keys, now=NOW, by=None)
    assert Alert.objects.count() == programs
    assert len(queries) == 12


def test_batches_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(5):
        a_troubled_program()
    monkeypatch.setattr(actions, "BATCH", 2)
    check_weekly_hours(now=NOW, by=None)
    assert Alert.objects.values("enrollment__program").distinct().count() == 5
    assert Alert.objects.count() == 30


def test_an_hour_decides_when_a_missing_record_is_an_alert(program: Program) -> None:
    """The session ended at noon on the Tuesday before; the program waits two hours."""
    a_troubled_program(program, people=1)
    build_hours.an_alert_rule(program, unrecorded_hours=2)
    build_hours.an_alert_rule(program, unrecorded_hours=90, effective_from=date(2026, 11, 18))
    noon = build.moment(LAST_MONDAY + timedelta(days=1), "12:00")
    unrecorded = Alert.objects.filter(kind=AlertKind.UNRECORDED)
    check_weekly_hours(now=noon + timedelta(minutes=119), by=None)
    assert not unrecorded.exists()
    check_weekly_hours(now=noon + timedelta(minutes=120), by=None)
    assert unrecorded.get().resolved_at is None
    check_weekly_hours(now=noon + timedelta(hours=25), by=None)
    assert unrecorded.get().resolved_at is not None
    check_weekly_hours(now=noon + timedelta(hours=90), by=None)
    assert unrecorded.get().resolved_at is None


def test_exempt_weeks_raise_nothing_however_little_is_recorded(program: Program) -> None:
    (enrollment,) = a_troubled_program(program, people=1)
    build.a_leave(enrollment.participant, LAST_MONDAY, LAST_MONDAY)
    check_weekly_hours(now=NOW, by=None)
    assert {alert.week_on for alert in Alert.objects.all()} == {MONDAY}


def test_whose_it_is_and_how_long_it_can_wait_stay(program: Program, director) -> None:
    (enrollment,) = a_troubled_program(program, people=1)
    check_weekly_hours(now=NOW, by=None)
    alert = Alert.objects.get(week_on=MONDAY)
    alert.user = alert.snoozed_by = director
    alert.snooze_ends_on, alert.snooze_reason = MONDAY + timedelta(days=4), "She has called."
    alert.save()
    order = build.an_order(enrollment, 150)
    check_weekly_hours(now=NOW + timedelta(hours=1), by=None)
    alert.refresh_from_db()
    assert alert.resolved_at == NOW + timedelta(hours=1)
    order.minutes_per_week = 400
    order.save()
    check_weekly_hours(now=NOW + timedelta(hours=2), by=None)
    alert.refresh_from_db()
    assert (alert.resolved_at, alert.minutes_short) == (None, 40)
    assert (alert.opened_at, alert.updated_at) == (NOW, NOW + timedelta(hours=2))
    assert (alert.user, alert.snoozed_by, alert.snooze_reason) == (
        director,
        director,
        "She has called.",
    )
    assert alert.snooze_ends_on == MONDAY + timedelta(days=4)


def test_a_check_whose_clock_is_behind_breaks_nothing(program: Program) -> None:
    (enrollment,) = a_troubled_program(program, people=1)
    check_weekly_hours(now=NOW, by=None)
    build.an_order(enrollment, 150)
    check_weekly_hours(now=NOW - timedelta(seconds=5), by=None)
    alert = Alert.objects.get(week_on=MONDAY)
    assert alert.resolved_at == alert.updated_at == NOW


def test_other_programs_are_left_alone(program: Program) -> None:
    a_troubled_program(program, people=1)
    elsewhere = build_hours.an_alert(build.an_enrollment(), week_on=MONDAY)
    check_weeks_of(keys=[program.pk], now=NOW, by=None)
    elsewhere.refresh_from_db()
    assert elsewhere.resolved_at is None


def test_an_older_week_is_checked_while_something_is_open_there(program: Program) -> None:
    (enrollment,) = a_troubled_program(program, people=1)
    stale = build_hours.an_alert(enrollment, week_on=OLDER, kind="pending")
    holds = build_hours.an_alert(enrollment, week_on=OLDER, kind="not_met", minutes_short=540)
    check_weekly_hours(now=NOW, by=None)
    for alert in (stale, holds):
        alert.refresh_from_db()
    assert (stale.resolved_at, holds.resolved_at) == (NOW, None)


def test_the_alerts_of_a_closed_week_end_when_it_is_no_longer_the_last(program: Program) -> None:
    (enrollment,) = a_troubled_program(program, people=1)
    for week_on in (OLDER, LAST):
        build_hours.a_week_close(program, week_on=week_on)
        build_hours.an_alert(enrollment, week_on=week_on, kind="not_met")
    build_hours.a_week_close(build.a_program(), week_on=OLDER)
    check_weekly_hours(now=NOW, by=None)
    open_in = {alert.week_on for alert in Alert.objects.open().filter(kind="not_met")}
    assert open_in == {LAST}
    check_program(program=program, week=program.week_of(OLDER), now=NOW, by=None)
    assert not Alert.objects.open().filter(week_on=OLDER).exists()


def test_a_week_to_come_is_followed_once_something_is_open_there(program: Program) -> None:
    (enrollment,) = a_troubled_program(program, people=1)
    stale = build_hours.an_alert(enrollment, week_on=MONDAY + timedelta(days=7), kind="days_short")
    build.an_order(enrollment, 150)
    check_weekly_hours(now=NOW, by=None)
    kinds = set(Alert.objects.open().filter(week_on=stale.week_on).values_list("kind", flat=True))
    assert kinds == {"unreachable"}


def test_the_alerts_of_a_week_that_is_none_any_more_end(program: Program) -> None:
    (enrollment,) = a_troubled_program(program, people=1)
    build_hours.an_alert(enrollment, week_on=OLDER + timedelta(days=2), kind="not_met")
    check_weekly_hours(now=NOW, by=None)
    assert not Alert.objects.open().filter(week_on__lt=LAST).exists()


def test_a_correction_checks_its_own_week_too(program: Program) -> None:
    a_troubled_program(program, people=1)
    long_ago = program.week_of(date(2026, 11, 9))
    stale = build_hours.an_alert(
        program.enrollments.get(), week_on=long_ago.first_on, kind="pending"
    )
    check_program(program=program, week=long_ago, now=NOW, by=None)
    stale.refresh_from_db()
    assert stale.resolved_at == NOW
    kinds = set(Alert.objects.values_list("week_on", "kind"))
    assert (date(2026, 11, 9), "not_met") in kinds
    assert (MONDAY, "recoverable") in kinds


def test_care_is_resolved_in_whatever_week_it_was(program: Program) -> None:
    enrollment = build.an_enrollment(program)
    due = build_hours.an_alert(
        enrollment, kind="expiring", week_on="2026-12-07", due_on="2026-12-08", minutes_short=0
    )
    check_care_of(keys=[program.pk], now=NOW, by=None)
    due.refresh_from_db()
    assert due.resolved_at == NOW
