"""What waits in somebody's care: units, ends, reviews and recertification, each on its date."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hours.checking.care_findings import care_findings
from hours.checking.finding import Finding
from hours.models import AlertKind
from programs.models import Program
from tests import build
from tests.build import NOW, moment
from tests.build_episodes import a_certification, an_authorization
from tests.build_hours import an_alert_rule

pytestmark = pytest.mark.django_db
# NOW's date at every site of these tests; a Wednesday.
TODAY = date(2026, 11, 25)
LONG_AGO, FAR_AWAY = date(2026, 1, 5), date(2027, 3, 1)


def day(number: int) -> date:
    return TODAY + timedelta(days=number)


def found_in(*programs: Program, now=NOW) -> list[Finding]:
    return care_findings(programs, now=now)


def dates(program: Program) -> list[tuple[str, date | None]]:
    return sorted((each.kind, each.due_on) for each in found_in(program))


@pytest.fixture
def enrollment(program):
    build.a_rule(program)
    return build.an_enrollment(program, admitted_on=LONG_AGO)


def approved(enrollment, last: int, **fields):
    """An approval that is in force until so many days from today."""
    defaults = {"approved_units": 90, "first_on": LONG_AGO, "last_on": day(last)}
    return an_authorization(
        enrollment, **{"status": "approved", "number": "A-1", **defaults, **fields}
    )


def attended(enrollment, *numbers: int) -> None:
    """Three hours in a group on each of these days; those ahead are only planned."""
    group = build.a_group(enrollment.program)
    build.a_membership(group, enrollment)
    for number in numbers:
        session = build.a_session(group, day(number))
        if number < 0:
            build.a_record(session, enrollment.participant, "09:00-12:00")


class TestUnits:
    def test_too_few_for_what_is_scheduled(self, program, enrollment):
        approved(enrollment, 30, approved_units=4)
        attended(enrollment, -3, -2, 2, 4, 6)
        assert found_in(program) == [
            Finding(
                enrollment_key=enrollment.pk,
                week_on=program.week_of(day(30)).first_on,
                kind=AlertKind.UNITS_LOW,
                units_left=2,
                due_on=day(30),
            )
        ]

    def test_few_that_are_enough_are_no_alert(self, program, enrollment):
        approved(enrollment, 30, approved_units=4)
        attended(enrollment, -3, -2, 2, 4)
        assert found_in(program) == []

    def test_many_that_will_not_do_are_no_alert_yet(self, program, enrollment):
        an_alert_rule(program, units_left=1)
        approved(enrollment, 30, approved_units=4)
        attended(enrollment, -3, -2, 2, 4, 6)
        assert found_in(program) == []

    @pytest.mark.parametrize(("units", "left"), [(2, 0), (1, -1)])
    def test_used_up_is_one_whatever_is_scheduled(self, program, enrollment, units, left):
        approved(enrollment, 30, approved_units=units)
        attended(enrollment, -3, -2)
        assert [each.units_left for each in found_in(program)] == [left]

    def test_of_two_units_the_one_with_least_left(self, program, enrollment):
        approved(enrollment, 30, approved_units=2)
        approved(enrollment, 30, approved_units=3, unit="hour")
        attended(enrollment, -3, -2)
        assert [each.units_left for each in found_in(program)] == [-3]

    def test_not_of_one_that_begins_later(self, program, enrollment):
        an_authorization(
            enrollment,
            status="approved",
            number="B",
            approved_units=1,
            first_on=day(1),
            last_on=day(90),
        )
        attended(enrollment, 2, 4)
        assert found_in(program) == []


class TestDates:
    @pytest.mark.parametrize(("last", "is_found"), [(8, False), (7, True), (0, True), (-7, True)])
    def test_an_end_with_nothing_after_it(self, program, enrollment, last, is_found):
        approved(enrollment, last)
        assert dates(program) == ([("expiring", day(last))] if is_found else [])

    def test_an_end_that_nothing_followed_stays_worth_an_alert(self, program, enrollment):
        approved(enrollment, -60)
        approved(enrollment, -8, first_on=day(-59))
        assert dates(program) == [(AlertKind.EXPIRING, day(-8))]
        assert dates(build.a_program()) == []

    def test_one_that_follows_at_once_is_no_end(self, program, enrollment):
        approved(enrollment, 3)
        approved(enrollment, 90, first_on=day(4))
        assert dates(program) == []

    def test_one_that_follows_after_a_gap_is(self, program, enrollment):
        approved(enrollment, 3)
        approved(enrollment, 90, first_on=day(5))
        assert dates(program) == [("expiring", day(3))]

    @pytest.mark.parametrize("status", ["pending", "denied", "withdrawn"])
    def test_only_approvals_count(self, program, enrollment, status):
        approved(enrollment, 3)
        an_authorization(enrollment, status=status, first_on=day(4), last_on=day(60))
        assert dates(program) == [("expiring", day(3))]

    @pytest.mark.parametrize(("review", "is_found"), [(4, False), (3, True), (-20, True)])
    def test_a_review(self, program, enrollment, review, is_found):
        approved(enrollment, 60, next_review_on=day(review))
        assert dates(program) == ([("review_due", day(review))] if is_found else [])

    @pytest.mark.parametrize(("due", "is_found"), [(15, False), (14, True), (-40, True)])
    def test_a_recertification(self, program, enrollment, due, is_found):
        a_certification(enrollment, signed_on=day(-50), due_on=day(due))
        assert dates(program) == ([("recertification", day(due))] if is_found else [])

    def test_a_later_certification_answers_it_unless_taken_back(
        self, program, enrollment, clinician
    ):
        a_certification(enrollment, signed_on=day(-60), due_on=day(0))
        later = a_certification(enrollment, signed_on=day(-1), due_on=day(59))
        assert dates(program) == []
        later.withdrawn_at, later.withdrawn_by = NOW, clinician
        later.save()
        assert dates(program) == [("recertification", day(0))]

    def test_the_rule_of_the_date_says_how_near(self, program, enrollment):
        approved(enrollment, 20, next_review_on=day(10))
        a_certification(enrollment, signed_on=day(-10), due_on=day(30))
        assert dates(program) == []
        ahead = {"days_left": 20, "review_days": 10, "recertification_days": 30}
        an_alert_rule(program, **ahead)
        assert {kind for kind, _day in dates(program)} == {
            "expiring",
            "review_due",
            "recertification",
        }
        an_alert_rule(program, effective_from=day(1))
        assert len(dates(program)) == 3

    def test_nobody_waits_for_what_comes_after_the_last_day(self, program, enrollment):
        approved(enrollment, 5)
        a_certification(enrollment, signed_on=day(-55), due_on=day(5))
        enrollment.discharged_on, enrollment.discharge_reason = day(5), "completed"
        enrollment.save()
        assert dates(program) == []

    @pytest.mark.parametrize("admitted", [1, -30])
    def test_only_who_is_enrolled_today(self, program, admitted):
        person = build.an_enrollment(program, admitted_on=day(admitted))
        if admitted < 0:
            person.discharged_on, person.discharge_reason = day(-1), "completed"
            person.save()
        approved(person, 3)
        assert dates(program) == []


def test_in_the_week_of_the_date_as_the_program_counts_weeks():
    program = build.a_program(week_starts_on=6)
    approved(build.an_enrollment(program, admitted_on=LONG_AGO), 4)
    found = found_in(program)
    assert [(each.due_on, each.week_on) for each in found] == [
        (date(2026, 11, 29), date(2026, 11, 29))
    ]


def test_each_by_the_date_at_its_site(program):
    tokyo = build.a_program(build.a_site(timezone="Asia/Tokyo"))
    for each in (program, tokyo):
        build.an_enrollment(each, admitted_on=LONG_AGO)
        approved(each.enrollments.get(), 8)
    evening = moment("2026-11-25", "20:00")
    assert [each.enrollment_key for each in found_in(program, tokyo, now=evening)] == [
        tokyo.enrollments.get().pk
    ]


def test_nothing_without_programs():
    assert found_in() == []


def test_as_many_statements_for_many_as_for_one(program):
    def statements(*programs) -> int:
        with CaptureQueriesContext(connection) as queries:
            found_in(*programs)
        return len(queries)

    more = [build.a_program() for _ in range(3)]
    for each in (program, *more, *more):
        if not each.rules.exists():
            build.a_rule(each)
        person = build.an_enrollment(each, admitted_on=LONG_AGO)
        approved(person, 3, approved_units=1)
        attended(person, -2)
        a_certification(person, signed_on=day(-50), due_on=day(0))
    assert statements(program) == statements(program, *more) == 5
