"""The order of lessons that lets the most people finish: a true optimum, by a solver.

Taking the lesson that serves most people in one session after the other lets fewer finish, and
nobody could say how many fewer. Plain values in, plain values out; no database, no clock.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from attendance.proposing.problem import Attendee, FreeSlot, Key, Plan, Problem, Proposal
from attendance.proposing.tally import fits, is_ready, kept, tally, worth

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel, CpSolver, IntVar, LinearExpr

# The share of the time that each search may take. The first two look for the most who finish: one
# that soon proves it where it can, and one that finds more where the first does not get that far.
PROVING, FINDING, LESSONS, KEPT = 0.25, 0.35, 0.2, 0.2
# The solver's own deterministic units in a second, so that the same plan gives the same answer on
# any machine; the clock only ends a stuck search, this many times later.
UNITS_A_SECOND, CLOCK_AFTER = 0.4, 1.5


def propose(problem: Problem, *, seconds: float) -> Proposal:
    """Return the plan with which the most people finish every core lesson before they leave.

    Of those one with the most core lessons received, then with the fewest lessons left out, then
    with the fewest sessions changed. Never worse than any of the problem's plans. `seconds`: how
    long the search may take, roughly.
    """
    known = [kept(problem, plan) for plan in problem.plans] or [{}]
    start = max(known, key=lambda plan: worth(problem, plan))
    if not problem.slots or not problem.lessons:
        return Proposal(start, len(tally(problem, start).finish))
    return _Search(problem, start).run(seconds)


@dataclass(frozen=True)
class _Chance:
    """A free slot in which somebody can receive a lesson, and whether they do."""

    slot: FreeSlot
    takes: IntVar


class _Choice:
    """The choice as the solver reads it: what each slot teaches, who gets what, who finishes."""

    def __init__(self, problem: Problem) -> None:
        # Loading it takes most of a second and much memory, which no other page has to pay for.
        from ortools.sat.python import cp_model  # noqa: PLC0415

        self.model: CpModel = cp_model.CpModel()
        self.problem = problem
        self.needs = {each.lesson: each.needs for each in problem.lessons}
        self.teaches: dict[Key, list[_Chance]] = {
            lesson.lesson: [
                _Chance(slot, self.model.new_bool_var(f"x{slot.session},{lesson.lesson}"))
                for slot in problem.slots
                if fits(lesson, slot)
            ]
            for lesson in problem.lessons
        }
        self._keep_to_slots()
        self.finish: list[tuple[IntVar, int]] = []
        self.get: list[tuple[IntVar, int]] = []
        # People of whom the same holds are one to the solver, with their number.
        for person, count in _alike(problem.people):
            self._give(person, count)

    def _keep_to_slots(self) -> None:
        """One lesson in a session, and none before the group has been taught what it needs."""
        in_slot: dict[Key, list[IntVar]] = {}
        for lesson, chances in self.teaches.items():
            for each in chances:
                in_slot.setdefault(each.slot.session, []).append(each.takes)
                self._keep_to_needs(lesson, each)
        for teaches in in_slot.values():
            self.model.add_at_most_one(teaches)

    def _keep_to_needs(self, lesson: Key, chance: _Chance) -> None:
        for need in self.needs[lesson]:
            if not is_ready(self.problem, need, chance.slot.starts_at):
                earlier = _before(self.teaches.get(need, ()), chance.slot)
                self.model.add(sum(earlier) >= chance.takes)

    def _give(self, person: Attendee, count: int) -> None:
        """Whoever finishes gets every lesson they miss, each in a slot that they can use."""
        chances: dict[Key, list[_Chance]] = {}
        missing = sorted(person.missing - person.elsewhere.keys())
        gets = [self.model.new_bool_var("") for _ in missing]
        for lesson, each in zip(missing, gets, strict=True):
            found = self._chances(person, lesson, chances)
            self.model.add(sum(chance.takes for chance in found) >= each)
            self.get.append((each, count))
        finishes = self.model.new_bool_var("")
        for each in gets:
            self.model.add_implication(finishes, each)
        self.finish.append((finishes, count))

    def _chances(
        self, person: Attendee, lesson: Key, known: dict[Key, list[_Chance]]
    ) -> list[_Chance]:
        """Return the slots in which the person can receive the lesson; `known`: those of others."""
        if lesson not in known:
            known[lesson] = [
                usable
                for each in self.teaches.get(lesson, ())
                if each.slot.session in person.at
                and (usable := self._usable(person, lesson, each, known))
            ]
        return known[lesson]

    def _usable(
        self, person: Attendee, lesson: Key, chance: _Chance, known: dict[Key, list[_Chance]]
    ) -> _Chance | None:
        """Return the chance with what the person needs before it; None where that cannot be."""
        conditions = []
        for need in self.needs[lesson] - person.had:
            planned_at = person.elsewhere.get(need)
            if planned_at is None or planned_at >= chance.slot.starts_at:
                conditions.append(_before(self._chances(person, need, known), chance.slot))
        if not conditions:
            return chance
        if not all(conditions):
            return None
        takes = self.model.new_bool_var("")
        self.model.add_implication(takes, chance.takes)
        for earlier in conditions:
            self.model.add(sum(earlier) >= takes)
        return replace(chance, takes=takes)

    def plan_of(self, solver: CpSolver) -> dict[Key, Key]:
        """Return the plan that the solver found."""
        return {
            each.slot.session: lesson
            for lesson, chances in self.teaches.items()
            for each in chances
            if solver.value(each.takes)
        }

    def hint(self, plan: Plan) -> None:
        """Have the solver begin at this plan."""
        self.model.clear_hints()
        for lesson, chances in self.teaches.items():
            for each in chances:
                self.model.add_hint(each.takes, plan.get(each.slot.session) == lesson)

    def kept(self) -> LinearExpr | int:
        """Return what grows with lessons of the plan as it stands that are kept, then with slots.

        A lesson outweighs all slots.
        """
        plan = self.problem.plans[0] if self.problem.plans else {}
        count: LinearExpr | int = 0
        for lesson, chances in self.teaches.items():
            for each in chances:
                stands = plan.get(each.slot.session)
                count += each.takes * (1 if stands == lesson else -1 if stands is None else 0)
            if lesson in plan.values():
                is_kept = self.model.new_bool_var("")
                self.model.add(sum(each.takes for each in chances) >= is_kept)
                count += is_kept * (2 * len(self.problem.slots) + 1)
        return count


class _Search:
    """The three searches, one after the other; each keeps what the one before it reached."""

    def __init__(self, problem: Problem, start: Plan) -> None:
        from ortools.sat.python import cp_model  # noqa: PLC0415

        self.solver_of = cp_model.CpSolver
        self.optimal, self.feasible = cp_model.OPTIMAL, cp_model.FEASIBLE
        self.problem, self.best = problem, start
        self.choice = _Choice(problem)

    def run(self, seconds: float) -> Proposal:
        """Search for the most who finish, then for the most received, then for the least change."""
        model = self.choice.model
        finish, lessons = _sum(self.choice.finish), _sum(self.choice.get)
        is_most, at_most = self._improve(finish, seconds * PROVING)
        if not is_most:
            is_most, bound = self._improve(finish, seconds * FINDING, is_finding=True)
            at_most = min(at_most, bound)
        result = tally(self.problem, self.best)
        model.add(finish >= len(result.finish))
        is_best, _ = self._improve(lessons, seconds * LESSONS, is_finding=not is_most)
        result = tally(self.problem, self.best)
        anyway = sum(len(each.missing & each.elsewhere.keys()) for each in self.problem.people)
        model.add(lessons >= result.lessons - anyway)
        wanted = self.choice.kept()
        is_closest, _ = self._improve(wanted, seconds * KEPT, is_finding=not is_best)
        return Proposal(
            plan=self.best,
            most_finish=len(result.finish) if is_most else at_most,
            is_most=is_most,
            is_best=is_most and is_best,
            is_closest=is_most and is_best and is_closest,
        )

    def _improve(
        self, wanted: LinearExpr | int, seconds: float, *, is_finding: bool = False
    ) -> tuple[bool, int]:
        """Search for more of what is wanted; return whether it is proven, and the most there is."""
        self.choice.hint(self.best)
        self.choice.model.maximize(wanted)
        solver = self.solver_of()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 1
        solver.parameters.linearization_level = 1 if is_finding else 2
        if is_finding:
            solver.parameters.symmetry_level = 0
        solver.parameters.max_deterministic_time = seconds * UNITS_A_SECOND
        solver.parameters.max_time_in_seconds = seconds * CLOCK_AFTER
        status = solver.solve(self.choice.model)
        if status not in (self.optimal, self.feasible):
            return False, len(self.problem.people)
        found = self.choice.plan_of(solver)
        self.best = max(self.best, found, key=lambda plan: worth(self.problem, plan))
        return status == self.optimal, int(solver.best_objective_bound + 0.001)


def _sum(weighted: Iterable[tuple[IntVar, int]]) -> LinearExpr | int:
    return sum(weight * each for each, weight in weighted)


def _before(chances: Iterable[_Chance], slot: FreeSlot) -> list[IntVar]:
    return [each.takes for each in chances if each.slot.starts_at < slot.starts_at]


def _alike(people: Sequence[Attendee]) -> Iterator[tuple[Attendee, int]]:
    """Yield one person of each kind, and how many there are."""
    counts: Counter[object] = Counter()
    first: dict[object, Attendee] = {}
    for person in people:
        kind = (person.at, person.missing, person.had, frozenset(person.elsewhere.items()))
        first.setdefault(kind, person)
        counts[kind] += 1
    for which, person in first.items():
        yield person, counts[which]
