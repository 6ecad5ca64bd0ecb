"""The order of a group's lessons: people who come and go, core lessons, a quarter of sessions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from functools import partial
from random import Random

from attendance.proposing.model import propose
from attendance.proposing.problem import Attendee, FreeSlot, Plan, Problem, Teachable
from attendance.proposing.tally import tally
from tests.build import CHICAGO, MONDAY

PEOPLE, LESSONS, SLOTS = 30, 12, 36
SECONDS = 4
GROUPS = range(5)
Median = Callable[[Callable[[], object]], float]


def bench_proposal(median: Median) -> None:
    """Print one line per drawn group: who finishes, before and after, is it proven, how fast."""
    what = f"{PEOPLE} people, {LESSONS} lessons, {SLOTS} sessions"
    print(
        f"\n{what}  {'rotation':>8}  {'proposal':>8}  {'at most':>7}  {'proven':>6}  {'takes':>6}"
    )
    for number in GROUPS:
        problem = a_group(Random(number))
        before = len(tally(problem, problem.plans[0]).finish)
        found = propose(problem, seconds=SECONDS)
        after = len(tally(problem, found.plan).finish)
        takes = median(partial(propose, problem, seconds=SECONDS))
        proven = "all" if found.is_closest else "most" if found.is_most else "no"
        finish = f"{before:>8}  {after:>8}  {found.most_finish:>7}"
        print(f"{'':>{len(what)}}  {finish}  {proven:>6}  {takes:>4.2f} s")


def a_group(draw: Random) -> Problem:
    """Draw a group of three sessions a week: eight core lessons, some of them in a chain."""
    monday = datetime.combine(MONDAY, time(9), tzinfo=CHICAGO)
    slots = [
        FreeSlot(number, monday + timedelta(days=7 * (number // 3) + 2 * (number % 3)), 90)
        for number in range(SLOTS)
    ]
    lessons = [Teachable(key, 60, frozenset(_needs(draw, key))) for key in range(LESSONS)]
    rotation: Plan = {slot.session: slot.session % LESSONS for slot in slots}
    return Problem(slots, lessons, [_person(draw, who) for who in range(PEOPLE)], plans=[rotation])


def _needs(draw: Random, key: int) -> list[int]:
    return [key - 1] if key and draw.random() < 0.2 else []


def _person(draw: Random, key: int) -> Attendee:
    """Somebody who has been here for some weeks, or joins in some, for six to eight weeks."""
    begins = draw.randrange(-18, 15)
    stay = range(begins, begins + draw.randrange(18, 25))
    at = frozenset(slot for slot in stay if 0 <= slot < SLOTS and draw.random() > 0.08)
    core = set(range(8))
    had = {slot % LESSONS for slot in stay if slot < 0 and draw.random() > 0.15}
    return Attendee(key, at, missing=frozenset(core - had), had=frozenset(had))
