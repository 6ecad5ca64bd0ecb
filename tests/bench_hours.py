"""The check of many programs' weeks beside the plainest sum of the same minutes, and its growth."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.db import connection, transaction

from attendance.models import AttendanceRecord, Presence
from groups.models import GroupMembership, GroupSession
from hours.actions import check_weekly_hours
from hours.sums.asked import asked_weeks
from hours.sums.reading import week_sums
from programs.models import Enrollment, Participant, Program
from tests import build
from tests.bench_scale import plain_sum
from tests.build import MONDAY, NOW, moment

SIZES = (1, 10, 50)
PEOPLE = 50
DAYS = (-7, -6, -4, -3, 0, 1, 3, 4)  # of two weeks, from MONDAY
CAME = 0.85
Median = Callable[[Callable[[], object]], float]


def bench_sums(median: Median) -> None:
    """Print one line per number of programs, then the growth from the smallest to the largest."""
    print(f"\n{'programs':>8}  {'check':>9}  {'sums':>9}  {'plain sum':>9}  {'ratio':>5}")
    first = last = 0.0
    for size in SIZES:
        with transaction.atomic():
            last = _one_size(size, median)
            transaction.set_rollback(True)
        first = first or last
    print(
        f"From {SIZES[0]} to {SIZES[-1]} programs of {PEOPLE} people ({SIZES[-1] // SIZES[0]} times"
        f" as many) the hourly check takes {last / first:.1f} times as long."
    )


def _one_size(size: int, median: Median) -> float:
    programs = [_a_full_program() for _ in range(size)]
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("ANALYZE")
        cursor.execute("SET ROLE iop_app")
    this_week = programs[0].week_of(MONDAY)
    weeks = [(program, week) for program in programs for week in (this_week.moved(-1), this_week)]
    check_weekly_hours(now=NOW, by=None)
    checks = median(lambda: check_weekly_hours(now=NOW, by=None))
    sums = median(lambda: week_sums(asked_weeks(weeks), as_of=NOW))
    plain = median(lambda: plain_sum(weeks))
    print(
        f"{size:>8}  {checks * 1000:>6.1f} ms  {sums * 1000:>6.1f} ms  {plain * 1000:>6.1f} ms"
        f"  {checks / plain:>5.1f}"
    )
    return checks


def _a_full_program() -> Program:
    """Return a program with a group of fifty, and sessions of three hours on eight days."""
    program = build.a_program()
    build.a_rule(program)
    group = build.a_group(program, capacity=PEOPLE)
    sessions = [
        build.a_session(group, MONDAY + timedelta(days=day), breaks="10:30-10:45") for day in DAYS
    ]
    people = Participant.objects.bulk_create(
        Participant(chart_number=f"{program.code}-{number}", first_name="Ada", last_name="Nolan")
        for number in range(PEOPLE)
    )
    enrollments = Enrollment.objects.bulk_create(
        Enrollment(program=program, participant=each, admitted_on=build.FIRST_DAY)
        for each in people
    )
    GroupMembership.objects.bulk_create(
        GroupMembership(group=group, enrollment=each, first_on=build.FIRST_DAY)
        for each in enrollments
    )
    for session in sessions:
        if session.ends_at < NOW:
            _attend(session, people)
    return program


def _attend(session: GroupSession, people: list[Participant]) -> None:
    records = AttendanceRecord.objects.bulk_create(
        AttendanceRecord(session=session, participant=each, recorded_at=session.ends_at)
        for each in people
    )
    Presence.objects.bulk_create(
        Presence(
            record=record,
            arrived_at=moment(session.held_on, "09:00"),
            left_at=moment(session.held_on, "12:00"),
        )
        for record in records[: int(PEOPLE * CAME)]
    )
