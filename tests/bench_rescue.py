"""The assignment of free seats in a full week: many people who are short, many seats."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from functools import partial
from random import Random

from hours.make_up import Seat
from hours.rescue.assignment import Needing, assign
from tests.build import CHICAGO, MONDAY

PEOPLE, SEATS = 60, 40
WEEKS = range(5)
Median = Callable[[Callable[[], object]], float]


def bench_rescue(median: Median) -> None:
    """Print one line per drawn week: who is brought to their hours, is it proven, how fast."""
    what = f"{PEOPLE} people, {SEATS} sessions"
    print(f"\n{what}  {'reached':>7}  {'seats':>5}  {'proven':>6}  {'takes':>6}")
    for number in WEEKS:
        people = a_week(Random(number))
        found = assign(people)
        taken = sum(map(len, found.taken.values()))
        takes = median(partial(assign, people))
        proven = "all" if found.is_fewest else "most" if found.is_most else "no"
        reached = f"{len(found.taken):>7}  {taken:>5}  {proven:>6}"
        print(f"{'':>{len(what)}}  {reached}  {takes:>4.2f} s")


def a_week(draw: Random) -> list[Needing]:
    """Draw people who are short between Thursday and Sunday, each in three sessions anyway."""
    seats = tuple(_seat(draw) for _ in range(SEATS))
    return [
        Needing(
            key=uuid.UUID(int=who),
            short=draw.choice([60, 90, 120, 165, 180, 255, 330]),
            seats=seats,
            busy=tuple(_span(draw, draw.choice([9, 13, 17]), 180) for _ in range(3)),
        )
        for who in range(PEOPLE)
    ]


def _seat(draw: Random) -> Seat:
    length = draw.choice([90, 90, 120, 180])
    starts_at, ends_at = _span(draw, draw.choice([9, 11, 13, 15, 17, 18]), length)
    return Seat(
        session_id=uuid.UUID(int=draw.getrandbits(128)),
        group="Skills",
        kind="skills",
        held_on=starts_at.astimezone(CHICAGO).date(),
        starts_at=starts_at,
        ends_at=ends_at,
        net=length - 15 if length == 180 else length,
        free=draw.choice([1, 1, 2, 3]),
    )


def _span(draw: Random, hour: int, length: int) -> tuple[datetime, datetime]:
    day = MONDAY + timedelta(days=draw.randrange(3, 7))
    start = datetime.combine(day, time(hour), tzinfo=CHICAGO).astimezone(UTC)
    return start, start + timedelta(minutes=length)
