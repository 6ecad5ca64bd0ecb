"""Gaps found in the rows: as a plain reading of them says, in one statement for all weeks."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from hours.checking.finding import Finding
from hours.checking.gap_findings import gap_findings
from hours.models import AlertKind
from hours.sums.asked import asked_weeks
from programs.models import Program
from tests import build
from tests.build import MONDAY, NOW, moment

pytestmark = pytest.mark.django_db
EXAMPLES = int(os.environ.get("IOP_TEST_EXAMPLES", "40"))
# A moment that is Wednesday in Honolulu, and Thursday everywhere east of New York.
LATE = moment("2026-11-25", "23:30", ZoneInfo("America/New_York"))


def day(number: int) -> date:
    return MONDAY + timedelta(days=number)


def found_in(*programs: Program, as_of=NOW) -> list[Finding]:
    asked = asked_weeks((each, each.week_of(MONDAY)) for each in programs)
    return gap_findings(asked, as_of=as_of)


@pytest.fixture
def strict(program) -> Program:
    build.a_rule(program, max_gap_days=2)
    return program


def someone(program: Program, *attended: int, **fields):
    """Somebody admitted ten days ago who came on these days, in one group."""
    enrollment = build.an_enrollment(program, **{"admitted_on": day(-10), **fields})
    group = program.groups.first() or build.a_group(program)
    for number in attended:
        session = group.sessions.filter(held_on=day(number)).first()
        session = session or build.a_session(group, day(number))
        build.a_record(session, enrollment.participant, "09:00-12:00")
    return enrollment


def test_closed_days_do_not_count_whether_of_the_program_or_its_site(strict):
    away_since = someone(strict, -4)
    build.a_closure(strict, first_on=day(-2), last_on=day(-2))
    build.a_closure(site=strict.site, first_on=day(0), last_on=day(0))
    build.a_closure(build.a_program(), first_on=day(1), last_on=day(1))
    build.a_closure(strict, first_on=day(1), last_on=day(1), removed_at=NOW)
    assert found_in(strict) == [Finding(away_since.pk, MONDAY, AlertKind.GAP, days=3)]


def test_the_days_before_this_week_count_and_today_does_not(strict):
    away_since = someone(strict, -4)
    someone(strict, -1)
    assert found_in(strict) == [Finding(away_since.pk, MONDAY, AlertKind.GAP, days=5)]


def test_a_rule_that_asks_nothing_costs_nothing(program, django_assert_num_queries):
    build.a_rule(program)
    someone(program, -9)
    asked = asked_weeks([(program, program.week_of(MONDAY))])
    with django_assert_num_queries(0):
        assert gap_findings(asked, as_of=NOW) == []


@pytest.mark.parametrize("how", ["cancelled", "elsewhere", "absent", "came after it"])
def test_what_is_no_attendance(strict, how):
    enrollment = someone(strict, -4)
    group = strict.groups.get() if how != "elsewhere" else build.a_group()
    session = build.a_session(group, day(1))
    stretches = {"absent": (), "came after it": ("13:00-14:00",)}.get(how, ("09:00-12:00",))
    build.a_record(session, enrollment.participant, *stretches)
    if how == "cancelled":
        session.status = "cancelled"
        session.save(update_fields=["status"])
    assert [each.days for each in found_in(strict)] == [5]


def test_leave_is_left_out_an_open_one_too(strict):
    person = someone(strict, -3)
    build.a_leave(person.participant, day(-2), None)
    assert found_in(strict) == []


def test_each_program_by_the_date_at_its_site(strict):
    build.a_rule(
        hawaii := build.a_program(build.a_site(timezone="Pacific/Honolulu")), max_gap_days=2
    )
    build.a_rule(tokyo := build.a_program(build.a_site(timezone="Asia/Tokyo")), max_gap_days=2)
    for each in (hawaii, tokyo):
        someone(each, -1)
    assert [each.days for each in found_in(hawaii, tokyo, as_of=LATE)] == [3]


def test_one_statement_for_all_weeks(strict):
    def statements(programs, weeks) -> int:
        pairs = [(each, each.week_of(MONDAY).moved(-n)) for each in programs for n in range(weeks)]
        asked = asked_weeks(pairs)
        with CaptureQueriesContext(connection) as queries:
            gap_findings(asked, as_of=NOW)
        return len(queries)

    more = [build.a_program() for _ in range(3)]
    for each in more:
        build.a_rule(each, max_gap_days=1)
    for each in (strict, *more):
        someone(each, -6)
    assert statements([strict], 1) == statements([strict, *more], 3) == 1


@dataclass(frozen=True)
class Drawn:
    """One person's days, counted from the week's Monday."""

    admitted: int
    stay: int | None
    came: frozenset[int]
    leave: tuple[int, int | None] | None


people = st.builds(
    Drawn,
    admitted=st.integers(-9, 6),
    stay=st.none() | st.integers(0, 15),
    came=st.frozensets(st.integers(-9, 6), max_size=6),
    leave=st.none() | st.tuples(st.integers(-9, 6), st.none() | st.integers(0, 6)),
)


def expected(drawn: Drawn, today: int) -> int:
    """Read the days as one string, and look for the longest run of misses in it."""
    last = 6 if drawn.stay is None else min(6, drawn.admitted + drawn.stay)
    said = ""
    for number in range(drawn.admitted, min(last, today - 1) + 1):
        first, length = drawn.leave or (99, 0)
        is_away = first <= number and (length is None or number <= first + length)
        mark = "x" if number in drawn.came else "-" if is_away else "m" if number < 0 else "M"
        said += mark
    runs = said.replace("-", "").split("x")
    return max((len(run) for run in runs if "M" in run), default=0)


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(drawn=st.lists(people, min_size=1, max_size=3), most=st.integers(0, 4))
@example(drawn=[Drawn(-9, None, frozenset({-9}), (-8, None))], most=0)
@example(drawn=[Drawn(0, 0, frozenset(), None), Drawn(6, None, frozenset(), None)], most=0)
def test_agrees_with_the_days_read_as_a_string(drawn: list[Drawn], most: int) -> None:
    with transaction.atomic():
        program = build.a_program()
        build.a_rule(program, max_gap_days=most)
        keys = {}
        for each in drawn:
            stay = {} if each.stay is None else _discharged(each)
            row = someone(program, *each.came, admitted_on=day(each.admitted), **stay)
            if each.leave:
                first, length = each.leave
                last = None if length is None else day(first + length)
                build.a_leave(row.participant, day(first), last)
            keys[row.pk] = each
        found = {each.enrollment_key: each.days for each in found_in(program)}
        over = {
            each.enrollment_key for each in found_in(program, as_of=moment("2026-12-01", "09:00"))
        }
        transaction.set_rollback(True)
    # Attendance outside the enrollment belongs to no day of it.
    running = {key: expected(each, today=2) for key, each in keys.items()}
    assert found == {key: days for key, days in running.items() if days > most}
    assert over == {key for key, each in keys.items() if expected(each, today=8) > most}


def _discharged(drawn: Drawn) -> dict:
    assert drawn.stay is not None
    return {
        "discharged_on": day(drawn.admitted + drawn.stay),
        "discharge_reason": "completed",
    }
