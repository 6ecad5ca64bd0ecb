"""Drawn groups for the tests of the proposal, and every plan there is, judged another way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import product

from hypothesis import strategies as st

from attendance.proposing.problem import Attendee, FreeSlot, Plan, Problem, Teachable
from tests.build import NOW

Worth = tuple[int, int, int, int]
CORE = frozenset({0, 1, 2, 9})


def at(number: int) -> datetime:
    """Return when the slot of this number starts; halves lie between two slots."""
    return NOW + timedelta(days=1 + number)


@st.composite
def groups(draw: st.DrawFn) -> Problem:
    """Up to four slots, four lessons of which some need others, five people, and two plans.

    Lesson 9 is core and taught by nobody here; lesson 3 is an elective.
    """
    slots = [
        FreeSlot(n, at(n), draw(st.sampled_from([60, 90]))) for n in range(draw(st.integers(0, 4)))
    ]
    lessons = [
        Teachable(n, draw(st.sampled_from([None, 45, 90])), draw(_some(range(n), 0.3)))
        for n in draw(st.permutations(range(4)))
    ]
    plan = st.dictionaries(st.sampled_from([*range(4)] or [0]), st.integers(0, 3))
    return Problem(
        slots=slots,
        lessons=lessons,
        people=[draw(_people(key, len(slots))) for key in range(draw(st.integers(0, 5)))],
        heard=draw(_some(range(4), 0.2)),
        given=draw(st.dictionaries(st.integers(0, 3), st.integers(0, 3).map(at), max_size=1)),
        plans=[_of_slots(draw(plan), slots) for _ in range(2)],
    )


@st.composite
def _people(draw: st.DrawFn, key: int, slots: int) -> Attendee:
    had = draw(_some(range(4), 0.3)) | (frozenset({9}) if draw(st.integers(0, 9)) else frozenset())
    times = st.integers(-1, 3).map(at)
    return Attendee(
        key=key,
        at=draw(_some(range(slots), 0.7)),
        missing=CORE - had,
        had=had,
        elsewhere=draw(st.dictionaries(st.integers(0, 3), times, max_size=1)),
    )


@st.composite
def _some(draw: st.DrawFn, of: range, share: float) -> frozenset[int]:
    return frozenset(each for each in of if draw(st.integers(1, 10)) <= share * 10)


def _of_slots(plan: Plan, slots: list[FreeSlot]) -> Plan:
    return {session: lesson for session, lesson in plan.items() if session < len(slots)}


def every_plan(problem: Problem) -> Iterator[Plan]:
    """Yield every plan that keeps to lengths and prerequisites."""
    options = [None, *(each.lesson for each in problem.lessons)]
    for chosen in product(options, repeat=len(problem.slots)):
        if is_possible(problem, chosen):
            yield {n: lesson for n, lesson in enumerate(chosen) if lesson is not None}


def is_possible(problem: Problem, chosen: tuple[int | None, ...]) -> bool:
    """Say whether the lessons fit their slots, and come after what they need."""
    lessons = {each.lesson: each for each in problem.lessons}
    for slot, key in zip(problem.slots, chosen, strict=True):
        if key is None:
            continue
        lesson = lessons[key]
        given = {each for each, when in problem.given.items() if when < slot.starts_at}
        known = problem.heard | given | {*chosen[: problem.slots.index(slot)]}
        if (lesson.minutes or 0) > slot.minutes or not lesson.needs <= known:
            return False
    return True


def judged(problem: Problem, plan: Plan) -> Worth:
    """Return who finishes, lessons received, lessons and sessions kept: walking through stays."""
    stays = [(person, walked(problem, plan, person)) for person in problem.people]
    finish = sum(person.missing <= has for person, has in stays)
    received = sum(len(person.missing & has) for person, has in stays)
    stands = problem.plans[0] if problem.plans else {}
    kept = sum(plan.get(slot.session) == stands.get(slot.session) for slot in problem.slots)
    lessons = sum(lesson in plan.values() for lesson in set(stands.values()))
    return finish, received, lessons, kept if problem.plans else 0


def walked(problem: Problem, plan: Plan, person: Attendee) -> frozenset[int]:
    """Return the lessons the person has in the end, one event of their stay after the other."""
    needs = {each.lesson: each.needs for each in problem.lessons}
    events = [(when, 1, lesson) for lesson, when in person.elsewhere.items()]
    events += [
        (slot.starts_at, 0, plan[slot.session])
        for slot in problem.slots
        if slot.session in plan and slot.session in person.at
    ]
    has = set(person.had)
    for _when, is_elsewhere, lesson in sorted(events):
        if is_elsewhere or needs[lesson] <= has:
            has.add(lesson)
    return frozenset(has)
