"""Which public holidays are proposed as closed days."""

from __future__ import annotations

from datetime import date

import pytest

from groups.actions import generate_sessions
from groups.closing.public_holidays import holidays_between, proposed_closures
from programs.models import Program
from programs.models.clinic import STATES
from tests import build
from tests.build import NOW


def names(first_on: date, last_on: date, state: str = "") -> dict[str, tuple[str, bool]]:
    return {
        each.day.isoformat(): (each.name, each.is_federal)
        for each in holidays_between(first_on, last_on, state=state)
    }


def test_the_federal_holidays_of_a_year():
    found = names(date(2026, 1, 1), date(2026, 12, 31))
    assert found["2026-01-01"] == ("New Year’s Day", True)
    assert found["2026-07-03"] == ("Independence Day (observed)", True)
    assert found["2026-11-26"] == ("Thanksgiving Day", True)
    assert len(found) == 12


def test_a_state_adds_its_own():
    found = names(date(2026, 3, 1), date(2026, 3, 31), "IL")
    assert found == {"2026-03-02": ("Casimir Pulaski Day", False)}
    assert names(date(2026, 3, 1), date(2026, 3, 31)) == {}


def test_both_ends_are_included_across_a_year():
    found = names(date(2026, 12, 25), date(2027, 1, 1))
    assert list(found) == ["2026-12-25", "2027-01-01"]


@pytest.mark.parametrize("state", sorted(STATES))
def test_every_state_is_known(state: str):
    assert len(names(date(2026, 1, 1), date(2026, 12, 31), state)) >= 12


@pytest.mark.django_db
def test_only_days_with_sessions_that_are_not_closed_are_proposed(program: Program):
    group = build.a_group(program)
    for weekday in (0, 3):
        build.a_pattern(group, weekday=weekday, last_on="2027-01-31")
    build.a_pattern(build.a_group(build.a_program()), weekday=4)
    generate_sessions(now=NOW, by=None)
    proposed = {each.holiday.day: each.sessions for each in proposed_closures(program, NOW)}
    # Thanksgiving is a Thursday, Christmas and New Year's Day are Fridays, the 18th is a Monday.
    assert proposed == {date(2026, 11, 26): 1, date(2027, 1, 18): 1}
    build.a_closure(site=program.site)
    assert [each.holiday.day for each in proposed_closures(program, NOW)] == [date(2027, 1, 18)]


@pytest.mark.django_db
def test_slots_say_what_will_meet_beyond_the_horizon(program: Program):
    group = build.a_group(program)
    build.a_pattern(group, weekday=0)
    build.a_pattern(group, "13:00", "14:00", weekday=0, every_weeks=2)
    generate_sessions(now=NOW, by=None)
    proposed = {each.holiday.day: each.sessions for each in proposed_closures(program, NOW)}
    assert proposed[date(2027, 5, 31)] == 2
    assert proposed[date(2027, 9, 6)] == 2
    assert proposed[date(2027, 10, 11)] == 1
    assert min(proposed) > NOW.date()
    assert max(proposed) <= date(2027, 11, 25)


@pytest.mark.django_db
def test_a_day_on_which_everything_was_cancelled_is_not_proposed(program: Program):
    build.a_pattern(build.a_group(program), weekday=3, last_on="2026-12-31")
    generate_sessions(now=NOW, by=None)
    group = program.groups.get()
    group.sessions.filter(held_on="2026-11-26").update(status="cancelled")
    assert proposed_closures(program, NOW) == []
