"""What a plan gives to whom: lessons received, people who finish, sessions that change.

Somebody receives a lesson in the first session that teaches it where they are expected and have
had, or received before, every lesson it needs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from attendance.proposing.problem import Attendee, FreeSlot, Key, Plan, Problem, Teachable


@dataclass(frozen=True)
class Tally:
    """What people get.

    `received`: by person, the lessons they get in free slots and in which, electives too. `got`:
    the core lessons they missed, from there or elsewhere.
    """

    received: Mapping[Key, Mapping[Key, Key]]
    got: Mapping[Key, frozenset[Key]]
    finish: frozenset[Key]

    @property
    def served(self) -> Mapping[Key, int]:
        """By free slot: how many receive its lesson there, and had it from nowhere before."""
        return Counter(at for lessons in self.received.values() for at in lessons.values())

    @property
    def lessons(self) -> int:
        """How many core lessons are received, each by each person."""
        return sum(map(len, self.got.values()))

    def receivers(self, lesson: Key) -> frozenset[Key]:
        """Return who gets the lesson, of those who miss it."""
        return frozenset(person for person, lessons in self.got.items() if lesson in lessons)


def tally(problem: Problem, plan: Plan) -> Tally:
    """Return what the plan gives; it has to keep to what `kept` keeps."""
    received = {person.key: _received(problem, plan, person) for person in problem.people}
    got = {
        person.key: person.missing & (person.elsewhere.keys() | received[person.key].keys())
        for person in problem.people
    }
    finish = {person.key for person in problem.people if person.missing <= got[person.key]}
    return Tally(received, got, frozenset(finish))


def _received(problem: Problem, plan: Plan, person: Attendee) -> dict[Key, Key]:
    """Return the lessons, electives too, that the person gets in a free slot, and in which."""
    needs = {each.lesson: each.needs for each in problem.lessons}
    received: dict[Key, Key] = {}
    for slot in problem.slots:
        lesson = plan.get(slot.session)
        if lesson is None or slot.session not in person.at:
            continue
        if has_had(person, lesson, slot.starts_at, received):
            continue
        if all(has_had(person, each, slot.starts_at, received) for each in needs[lesson]):
            received[lesson] = slot.session
    return received


def has_had(person: Attendee, lesson: Key, moment: datetime, received: Mapping[Key, Key]) -> bool:
    """Say whether the person has the lesson by then; `received`: in earlier free slots."""
    if lesson in person.had or lesson in received:
        return True
    return lesson in person.elsewhere and person.elsewhere[lesson] < moment


def fits(lesson: Teachable, slot: FreeSlot) -> bool:
    """Say whether the session is long enough; a lesson of unknown length fits anywhere."""
    return lesson.minutes is None or lesson.minutes <= slot.minutes


def is_ready(problem: Problem, lesson: Key, moment: datetime) -> bool:
    """Say whether the group has had a lesson by then, whatever the free slots teach."""
    return lesson in problem.heard or (lesson in problem.given and problem.given[lesson] < moment)


def kept(problem: Problem, plan: Plan) -> dict[Key, Key]:
    """Return the plan without what breaks a rule: too long, not taught here, needs others first."""
    lessons = {each.lesson: each for each in problem.lessons}
    taught: dict[Key, Key] = {}
    for slot in problem.slots:
        lesson = lessons.get(plan.get(slot.session, -1))
        if lesson is None or not fits(lesson, slot):
            continue
        before = set(taught.values())
        if all(need in before or is_ready(problem, need, slot.starts_at) for need in lesson.needs):
            taught[slot.session] = lesson.lesson
    return taught


def same(problem: Problem, plan: Plan) -> int:
    """Return how many free slots teach what the plan as it stands has them teach."""
    if not problem.plans:
        return 0
    stands = problem.plans[0]
    return sum(plan.get(each.session) == stands.get(each.session) for each in problem.slots)


def still_taught(problem: Problem, plan: Plan) -> int:
    """Return how many lessons of the plan as it stands are taught somewhere."""
    stands = problem.plans[0] if problem.plans else {}
    return len({*stands.values()} & {*plan.values()})


def worth(problem: Problem, plan: Plan) -> tuple[int, int, int, int]:
    """Return what is compared, the first first: who finishes, what is received, what is kept.

    Kept are lessons, so that none is left out that could come another day, then sessions.
    """
    result = tally(problem, plan)
    kept_lessons, kept_slots = still_taught(problem, plan), same(problem, plan)
    return len(result.finish), result.lessons, kept_lessons, kept_slots
