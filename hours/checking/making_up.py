"""How much open seats could still add, for whoever is short in a week that runs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import connection
from psycopg.types.range import Range

from hours.checking.seats_sql import FREE_SEATS, PEOPLE_SHORT
from hours.make_up import Seat, best_seats
from hours.sums.reading import asked_values
from hours.sums.week_sums import WeekSums
from hours.weekly_hours import Verdict
from programs.weeks import whole_minute


class FreeSeat(NamedTuple):
    """A seat, and who has a record in its session already."""

    seat: Seat
    recorded: frozenset[int]


class Person(NamedTuple):
    """Somebody short in one of the weeks, where they are anyway, and when they are away."""

    place: int
    enrollment_key: int
    participant_key: int
    admitted_on: date
    discharged_on: date | None
    starts: Sequence[datetime] | None
    ends: Sequence[datetime] | None
    away: Iterable[Range[date]] | None

    def could_take(self, free: FreeSeat) -> bool:
        """Whether they are enrolled on its date, not on leave, and without a record there."""
        day = free.seat.held_on
        return (
            self.admitted_on <= day
            and (self.discharged_on is None or day <= self.discharged_on)
            and not any(day in part for part in self.away or ())
            and self.participant_key not in free.recorded
        )

    def minutes_of(self, free: Iterable[FreeSeat]) -> int:
        """Return the most minutes these seats could add."""
        busy = tuple(zip(self.starts or (), self.ends or (), strict=True))
        seats = (each.seat for each in free if self.could_take(each))
        return sum(seat.net for seat in best_seats(seats, busy=busy))


def minutes_to_make_up(sums: Sequence[WeekSums], *, as_of: datetime) -> dict[tuple[int, date], int]:
    """Return the most minutes that seats could add, by enrollment and week.

    At most two statements. Only where they decide: the week runs, and is short even if everything
    expected is attended. Each program's week is asked for once.
    """
    short = [each for each in sums if each.short and each.verdict() is Verdict.UNREACHABLE]
    if not short:
        return {}
    asked = list(dict.fromkeys(each.asked for each in short))
    places = {each: place for place, each in enumerate(asked, start=1)}
    values = asked_values(asked) | {
        "as_of": whole_minute(as_of),
        "places": [places[each.asked] for each in short],
        "enrollments": [each.enrollment_key for each in short],
    }
    free: dict[int, list[FreeSeat]] = defaultdict(list)
    for place, *seat, recorded in _rows(FREE_SEATS, values):
        free[place].append(FreeSeat(Seat(*seat), frozenset(recorded)))
    people = [Person(*row) for row in _rows(PEOPLE_SHORT, values)]
    return {
        (each.enrollment_key, asked[each.place - 1].week.first_on): each.minutes_of(
            free[each.place]
        )
        for each in people
    }


def _rows(statement: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()
