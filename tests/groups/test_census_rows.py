"""The census as plain values: who is in on a day, who comes, waits and left, and how long."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from groups.census.ordering import order_of
from groups.census.reading import Census, census_of
from groups.census.rows import PersonRow, coming_rows, left_rows, present_rows, waiting_rows
from groups.census.shown import progress, shown
from groups.census.stay import average_stay
from groups.census.tiles import tiles_of
from hours import board_rows
from hours.program_week import weekly_hours
from programs.models import Enrollment, Program, Standing
from tests import build
from tests.build import NOW, moment
from tests.build_episodes import a_consent, a_referral, an_agreement, an_authorization

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)


def someone(program: Program, last_name: str, **fields: object) -> Enrollment:
    person = build.a_participant(
        first_name="Ada", last_name=last_name, chart_number=f"C {last_name}"
    )
    return build.an_enrollment(program, person, **fields)


def census(program: Program, day: date = TODAY, today: date = TODAY) -> Census:
    return census_of(program, day=day, today=today)


def rows(program: Program, day: date = TODAY, order: str = "name") -> list[PersonRow]:
    return order_of(order).sort(present_rows(census(program, day)))


def names(found: list) -> list[str]:
    return [row.name.partition(",")[0] for row in found]


def test_the_first_and_the_last_day_are_days_in_the_program(program: Program) -> None:
    someone(
        program,
        "Okoye",
        admitted_on="2026-11-02",
        discharged_on="2026-11-20",
        discharge_reason="completed",
    )
    days = [date(2026, 11, day) for day in (1, 2, 20, 21)]
    assert [len(rows(program, day)) for day in days] == [0, 1, 1, 0]


def test_what_never_began_is_nowhere(program: Program) -> None:
    someone(
        program,
        "Okoye",
        admitted_on="2026-11-20",
        discharged_on="2026-11-19",
        discharge_reason="never_started",
    )
    for day in (date(2026, 11, 15), date(2026, 11, 19), date(2026, 11, 20), TODAY):
        found = census(program, day)
        assert (found.present, found.soon, found.left, found.ended) == ((), (), (), 0)


def test_other_programs_are_elsewhere(program: Program) -> None:
    someone(build.a_program(), "Okoye")
    assert rows(program) == []


def test_day_week_and_length_of_stay(program: Program) -> None:
    """Weeks run as the program's do: somebody who came on a Wednesday has week 2 on Monday."""
    someone(program, "Okoye", admitted_on="2026-11-04", planned_discharge_on="2026-12-30")
    days = {date(2026, 11, 4): (1, 1), date(2026, 11, 8): (5, 1), date(2026, 11, 9): (6, 2)}
    for day, (days_in, week) in days.items():
        row = rows(program, day)[0]
        assert (row.days, row.week, row.weeks) == (days_in, week, 9)


def test_the_weeks_are_counted_as_on_the_board(program: Program) -> None:
    build.a_rule(program)
    someone(program, "Okoye", admitted_on="2026-10-28", planned_discharge_on="2026-12-24")
    someone(program, "Bell", admitted_on="2026-10-19", planned_discharge_on="2026-11-10")
    someone(program, "Cruz", admitted_on="2026-11-01")
    on_board = weekly_hours(program, week=program.week_of(TODAY), as_of=NOW)
    said = {row.chart_number: board_rows.progress(row) for row in on_board}
    assert {row.chart_number: progress(row) for row in rows(program)} == said


def test_leave_is_shown_until_its_end(program: Program) -> None:
    away = someone(program, "Away")
    build.a_leave(away.participant, "2026-11-24", "2026-11-30")
    gone = someone(program, "Gone")
    build.a_leave(gone.participant, "2026-11-25", None)
    back = someone(program, "Here")
    build.a_leave(back.participant, "2026-11-20", "2026-11-24")
    off = someone(program, "Off")
    build.a_leave(off.participant, "2026-11-25", "2026-11-24")  # it never began
    said = {row.name: (row.standing, shown(row, is_ahead=False).until) for row in rows(program)}
    assert said == {
        "Away, Ada": (Standing.ON_LEAVE, "until Nov 30, 2026"),
        "Gone, Ada": (Standing.ON_LEAVE, "no end set"),
        "Here, Ada": (Standing.ACTIVE, ""),
        "Off, Ada": (Standing.ACTIVE, ""),
    }


def test_overdue_today_and_only_planned_away_ahead(program: Program) -> None:
    someone(program, "Late", planned_discharge_on="2026-11-24")
    someone(program, "On time", planned_discharge_on="2026-11-25")
    late, on_time = (shown(row, is_ahead=False) for row in rows(program))
    assert late.leaves_chip
    assert (late.leaves, late.leaves_chip.label) == ("Nov 24, 2026", "Overdue")
    assert on_time.leaves_chip is None
    ahead = shown(rows(program, date(2026, 12, 9))[1], is_ahead=True)
    assert ahead.leaves_chip
    assert ahead.leaves_chip.label == "planned to have left"


def test_a_last_day_that_is_settled_is_no_plan(program: Program) -> None:
    someone(
        program,
        "Okoye",
        planned_discharge_on="2026-11-10",
        discharged_on="2026-11-27",
        discharge_reason="completed",
    )
    line = shown(rows(program)[0], is_ahead=False)
    assert (line.leaves, line.leaves_note, line.leaves_chip) == ("Nov 27, 2026", "last day", None)


def test_missing_paperwork_by_name(program: Program) -> None:
    full = someone(program, "Full")
    an_agreement(full.participant)
    for purpose in ("reminders", "outreach", "follow_up"):
        a_consent(full.participant, purpose=purpose)
    an_authorization(full, first_on="2026-11-02", last_on="2026-11-25")
    bare = someone(program, "Bare")
    an_authorization(bare, status="pending", number="", approved_units=None)
    said = {row.name: [str(paper.short) for paper in row.missing] for row in rows(program)}
    assert said["Full, Ada"] == []
    assert said["Bare, Ada"] == [
        "agreement",
        "reminders",
        "missed sessions",
        "follow-up",
        "authorization",
    ]
    after = rows(program, date(2026, 11, 26))[1]
    assert [str(paper.label) for paper in after.missing] == ["The authorization ended Nov 25, 2026"]


def test_a_duplicate_is_listed_as_the_record_that_is_kept(program: Program) -> None:
    kept = build.a_participant(first_name="Amara", last_name="Okoye", chart_number="C-1")
    merged = {"merged_into": kept, "merged_at": NOW}
    build.an_enrollment(program, build.a_participant(last_name="Dup", **merged))
    a_referral(program, build.a_participant(last_name="Dup", **merged), status="waitlisted")
    build.an_enrollment(
        program, build.a_participant(last_name="Dup", **merged), admitted_on="2026-12-01"
    )
    build.an_enrollment(
        program,
        build.a_participant(last_name="Dup", **merged),
        admitted_on="2026-10-01",
        discharged_on="2026-11-20",
        discharge_reason="moved",
    )
    found = census(program)
    for listed in (present_rows, coming_rows, waiting_rows, left_rows):
        (row,) = listed(found)
        assert (row.name, row.chart_number, row.person_id) == (
            "Okoye, Amara",
            "C-1",
            kept.public_id,
        )


def test_who_begins_within_two_weeks(program: Program) -> None:
    for day in ("2026-11-25", "2026-11-26", "2026-12-09", "2026-12-10"):
        someone(program, day, admitted_on=day)
    assert names(coming_rows(census(program))) == ["2026-11-26", "2026-12-09"]


def test_the_waiting_list_in_order_and_only_today(program: Program) -> None:
    """A day is counted on the site's calendar: 23:30 in Chicago is the next day in London."""
    for last_name, day, clock in (
        ("Third", "2026-11-20", "08:00"),
        ("First", "2026-10-31", "23:30"),
        ("Second", "2026-11-01", "23:30"),
    ):
        person = build.a_participant(last_name=last_name)
        a_referral(program, person, status="waitlisted", waitlisted_at=moment(day, clock))
    a_referral(program, status="referred")
    a_referral(build.a_program(), status="waitlisted")
    waiting = waiting_rows(census(program))
    assert [(row.place, row.days) for row in waiting] == [(1, 25), (2, 24), (3, 5)]
    assert names(waiting) == ["First", "Second", "Third"]
    assert census(program, TODAY - timedelta(days=1)).waiting is None


def ended(program: Program, last_on: str, days: int) -> None:
    last = date.fromisoformat(last_on)
    someone(
        program,
        last_on,
        admitted_on=last - timedelta(days=days - 1),
        discharged_on=last,
        discharge_reason="completed",
    )


def test_who_left_in_the_two_weeks_before_and_the_average_of_90_days(program: Program) -> None:
    ended(program, "2026-11-25", 300)  # in on the day itself
    ended(program, "2026-11-24", 10)
    ended(program, "2026-11-11", 21)
    ended(program, "2026-11-10", 30)
    ended(program, "2026-08-27", 60)
    ended(program, "2026-08-26", 500)
    found = census(program)
    assert [(row.last_on.isoformat(), row.days) for row in left_rows(found)] == [
        ("2026-11-24", 10),
        ("2026-11-11", 21),
    ]
    assert (found.ended, found.average) == (4, 30)


def test_an_average_is_a_whole_day_and_none_of_nobody() -> None:
    assert average_stay([]) is None
    assert [average_stay(stays) for stays in ([1], [1, 2], [1, 1, 2])] == [1, 2, 1]


def test_the_counts_on_top(program: Program) -> None:
    program.seats = 3
    for number in range(4):
        someone(program, f"In {number}", planned_discharge_on=f"2026-{11 + number // 3}-2{number}")
    build.a_leave(Enrollment.objects.earliest("pk").participant, "2026-11-25", None)
    someone(program, "Soon", admitted_on="2026-12-01")
    a_referral(program, status="waitlisted", waitlisted_at=moment("2026-11-13", "09:00"))
    found = census(program)
    tiles = tiles_of(found, present_rows(found), waiting_rows(found))
    assert [(tile.count, tile.note) for tile in tiles] == [
        (4, "of 3 seats"),
        (0, "1 over"),
        (1, "they keep their place"),
        (1, "within 14 days"),
        (0, "expected within 14 days · 3 overdue"),
        (1, "longest 12 days"),
    ]
    later = census(program, date(2026, 12, 9))
    tiles = tiles_of(later, present_rows(later), ())
    assert [(tile.count, tile.note) for tile in tiles[4:]] == [
        (1, "expected within 14 days · 3 planned before"),
        ("–", "known for today only"),
    ]


def test_each_order_and_its_other_way_round(program: Program) -> None:
    someone(program, "Avila", admitted_on="2026-11-03", planned_discharge_on="2026-12-20")
    someone(program, "Ávila b", admitted_on="2026-11-02")
    someone(program, "zorn", admitted_on="2026-11-01", planned_discharge_on="2026-12-01")
    someone(program, "Bell", admitted_on="2026-11-03", planned_discharge_on="2026-12-30")
    orders = {
        "name": ["Avila", "Ávila b", "Bell", "zorn"],
        "-name": ["zorn", "Bell", "Ávila b", "Avila"],
        "admitted": ["zorn", "Ávila b", "Avila", "Bell"],
        "-admitted": ["Avila", "Bell", "Ávila b", "zorn"],
        "planned": ["zorn", "Avila", "Bell", "Ávila b"],
        "-planned": ["Bell", "Avila", "zorn", "Ávila b"],
    }
    assert {order: names(rows(program, order=order)) for order in orders} == orders


def test_the_preferred_name_is_listed(program: Program) -> None:
    person = build.a_participant(first_name="Robert", preferred_name="Bo", last_name="Quinn")
    build.an_enrollment(program, person)
    assert rows(program)[0].name == "Quinn, Bo"


def test_seven_statements_however_many_people(program: Program) -> None:
    counts = []
    for number in (1, 20):
        for each in range(number):
            someone(program, f"In {number}-{each}")
            someone(program, f"Soon {number}-{each}", admitted_on="2026-12-01")
            a_referral(program, status="waitlisted")
        with CaptureQueriesContext(connection) as queries:
            found = census(program)
            assert present_rows(found)
            assert coming_rows(found)
            assert waiting_rows(found)
        counts.append(len(queries))
    assert counts == [7, 7]
