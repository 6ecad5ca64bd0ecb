"""Attendance by week, group and weekday: the statement against an oracle over drawn clinics."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from groups.models import TherapyGroup
from hours.sums.asked import asked_weeks
from hours.trends.attendance import Places, places_by, places_in
from programs.models import Program
from tests import build
from tests.build import MONDAY, NOW
from tests.hours.drawn_clinic import DrawnClinic, DrawnGroup, DrawnSession, at, clinics
from tests.hours.storing import store

pytestmark = pytest.mark.django_db
WEEKS = (-1, 0, 1)


def minutes(start: datetime, end: datetime) -> set[int]:
    return set(range(int(start.timestamp()) // 60, int(end.timestamp()) // 60))


def there(clinic: DrawnClinic, session: DrawnSession, person: int, count: str) -> bool:
    """Whether they were in the room for a minute that counts, minute by minute."""

    def between(start: int, end: int) -> set[int]:
        return minutes(*(at(clinic, session.day, each).astimezone(UTC) for each in (start, end)))

    stayed: set[int] = set()
    for arrived, left in session.records[person].stretches:
        stayed |= between(arrived, session.ends if left is None else left)
    stayed &= between(session.starts, session.ends)
    if count != "scheduled_span":
        for pause in session.breaks:
            stayed -= between(*pause)
    return bool(stayed)


def is_expected(
    clinic: DrawnClinic, group: DrawnGroup, session: DrawnSession, person: int, index: int
) -> bool:
    episode, day = clinic.people[person][index], session.day
    away_from, back = clinic.leaves.get(person, (date.max, None))
    if episode.program or not episode.first <= day <= (episode.last or date.max):
        return False
    if away_from <= day <= (back or date.max):
        return False
    belongs = any(
        member[:2] == (person, index) and member[2] <= day <= (member[3] or date.max)
        for member in group.members
    )
    return belongs or (person, index) in session.seats


def oracle(clinic: DrawnClinic) -> Counter:
    """Count places by (week, group, weekday, what became of it), from the drawn values alone."""
    found: Counter = Counter()
    for number in WEEKS:
        first = clinic.first + timedelta(weeks=number)
        begun = [day for day in clinic.rules if day <= first]
        rule = clinic.rules[max(begun)] if begun else None
        for which, group in enumerate(clinic.groups):
            if rule is None or group.program or group.kind not in (rule["counts"] or [group.kind]):
                continue
            for session in group.sessions:
                in_week = first <= session.day < first + timedelta(weeks=1)
                is_over = at(clinic, session.day, session.ends) <= clinic.as_of
                if not in_week or not is_over or clinic.closed(0, session.day):
                    continue
                for person, episodes in enumerate(clinic.people):
                    for index in range(len(episodes)):
                        if is_expected(clinic, group, session, person, index):
                            became = what_became(clinic, session, person, rule["count"])
                            found[first, which, session.day.weekday(), became] += 1
    return found


def what_became(clinic: DrawnClinic, session: DrawnSession, person: int, count: str) -> str:
    if person not in session.records:
        return "unrecorded"
    if there(clinic, session, person, count):
        return "attended"
    return session.records[person].absence or "unexplained"


@st.composite
def clinics_in_use(draw: st.DrawFn) -> DrawnClinic:
    """Clinics in which somebody was expected: most often all over, with a rule from long before."""
    clinic = draw(clinics())
    if draw(st.integers(0, 3)):
        clinic.as_of = at(clinic, clinic.first + timedelta(weeks=2), 0)
        clinic.rules[clinic.first - timedelta(days=60)] = next(iter(clinic.rules.values()))
    assume(oracle(clinic))
    return clinic


@settings(max_examples=100, suppress_health_check=[HealthCheck.filter_too_much])
@given(clinics_in_use())
def test_the_statement_agrees_with_the_oracle(clinic: DrawnClinic) -> None:
    with transaction.atomic():
        program, _enrollments = store(clinic)
        week = program.week_of(clinic.first)
        asked = asked_weeks((program, week.moved(number)) for number in WEEKS)
        places = places_in(program, asked, as_of=clinic.as_of)
        groups = {group.name: number for number, group in enumerate(stored_groups(clinic))}
        found: Counter = Counter()
        for each in places:
            kinds = ("attended", "excused", "unexcused", "no_call", "unexplained", "unrecorded")
            counts = {kind: getattr(each.places, kind) for kind in kinds}
            assert sum(counts.values()) == each.places.expected > 0
            for kind, count in counts.items():
                if count:
                    found[each.week_on, groups[each.group], each.weekday, kind] += count
        transaction.set_rollback(True)
    assert found == oracle(clinic)


def stored_groups(clinic: DrawnClinic) -> list:
    """The stored groups, in the order in which they were drawn."""
    return list(TherapyGroup.objects.order_by("-pk")[: len(clinic.groups)])[::-1]


def test_places_add_up_and_their_share_is_never_rounded_up() -> None:
    one = Places(expected=3, attended=2, excused=1)
    other = Places(expected=4, attended=1, unexcused=1, no_call=1, unrecorded=1)
    both = one + other
    assert both == Places(7, 3, 1, 1, 1, 1)
    assert (both.recorded, both.missed, both.unexplained, both.percent) == (6, 3, 0, 50)
    assert Places(expected=3, attended=2).percent == 66
    assert Places(expected=2, unrecorded=2).percent is None


def test_a_minute_in_a_break_is_no_attendance_where_breaks_do_not_count(program: Program) -> None:
    build.a_rule(program)
    build.a_rule(program, effective_from=MONDAY, count="scheduled_span")
    group = build.a_group(program)
    enrollment = build.an_enrollment(program)
    build.a_membership(group, enrollment)
    for day in (MONDAY - timedelta(days=7), MONDAY):
        session = build.a_session(group, day, breaks="10:00-10:30")
        build.a_record(session, enrollment.participant, "10:05-10:25")
    week = program.week_of(MONDAY)
    asked = asked_weeks([(program, week.moved(-1)), (program, week)])
    found = places_by(places_in(program, asked, as_of=NOW), lambda each: each.week_on)
    assert [found[each.week.first_on].attended for each in asked] == [0, 1]
    assert found[asked[0].week.first_on].unexplained == 1


@pytest.mark.parametrize("weeks", [1, 26])
def test_it_is_one_statement_however_many_weeks(program: Program, weeks: int) -> None:
    build.a_rule(program, effective_from="2020-01-01")
    group = build.a_group(program)
    build.a_membership(group, build.an_enrollment(program, admitted_on="2026-01-05"))
    build.a_session(group, MONDAY)
    week = program.week_of(MONDAY)
    asked = asked_weeks((program, week.moved(-back)) for back in range(weeks))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert len(places_in(program, asked, as_of=NOW)) == 1
    assert len(queries) == 1


def test_a_group_that_does_not_count_is_left_out(program: Program) -> None:
    build.a_rule(program, counts=["process"])
    build.a_rule(program, effective_from=MONDAY)
    family = build.a_group(program, kind="family")
    build.a_membership(family, build.an_enrollment(program))
    for day in (MONDAY - timedelta(days=7), MONDAY):
        build.a_session(family, day)
    week = program.week_of(MONDAY)
    asked = asked_weeks([(program, week.moved(-1)), (program, week)])
    assert [each.week_on for each in places_in(program, asked, as_of=NOW)] == [MONDAY]
