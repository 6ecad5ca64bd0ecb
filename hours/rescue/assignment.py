"""Whom the free seats of a week can bring to their hours: the most people there can be.

A true optimum, by a solver: taking the people one after the other brings fewer, and nobody could
say how many fewer. Plain values in, plain values out; no database, no clock.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from hours.make_up import Seat, fits
from hours.rescue.fewest import fewest_seats

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel, CpSolver, IntVar, LinearExpr

# How long each search may take, in the solver's own deterministic units, so that the same week
# gives the same answer on any machine; a unit is some three seconds. The clock ends a stuck one.
MOST_PEOPLE_WITHIN, FEWEST_SEATS_WITHIN = 0.6, 0.2
SECONDS_AT_MOST = 10.0


@dataclass(frozen=True)
class Needing:
    """Somebody who is `short` minutes, the free seats they could take, when they are elsewhere.

    A seat says how many of it are `free`; it does so alike for everybody.
    """

    key: uuid.UUID
    short: int
    seats: tuple[Seat, ...]
    busy: tuple[tuple[datetime, datetime], ...] = ()


@dataclass(frozen=True)
class Assignment:
    """Who takes which seats, in order of time; whoever is not named is not brought there.

    `is_most`: it is proven that no other choice brings more people to their hours. `is_fewest`:
    and that none brings as many with fewer seats, or with fewer minutes over.
    """

    taken: dict[uuid.UUID, tuple[Seat, ...]]
    is_most: bool = True
    is_fewest: bool = True


def assign(people: Sequence[Needing]) -> Assignment:
    """Return the assignment that brings the most people to their requirement.

    Of those the one with the fewest seats, then with the least minutes over. Nobody is given
    seats that do not bring them there.
    """
    reachable = [each for each in people if _least_seats(each)]
    return _Model(reachable).solved() if reachable else Assignment({})


def _least_seats(person: Needing) -> int:
    """Return how many seats the person needs at least; 0 where all of them are not enough."""
    rescue = fewest_seats(person.seats, short=person.short, busy=person.busy)
    return len(rescue.seats) if rescue.reaches else 0


class _Model:
    """The choice as the solver reads it: who is brought there, and who takes which seat."""

    def __init__(self, people: Sequence[Needing]) -> None:
        # Loading it takes most of a second and much memory, which no other page has to pay for.
        from ortools.sat.python import cp_model  # noqa: PLC0415

        self.solver_of = cp_model.CpSolver
        self.optimal, self.feasible = cp_model.OPTIMAL, cp_model.FEASIBLE
        self.model: CpModel = cp_model.CpModel()
        self.people = people
        self.offers = [_offers(each) for each in people]
        self.reached = [self.model.new_bool_var(f"r{who}") for who in range(len(people))]
        self.takes: list[list[IntVar]] = [
            [self.model.new_bool_var(f"x{who},{which}") for which in range(len(offers))]
            for who, offers in enumerate(self.offers)
        ]
        for who in range(len(people)):
            self._keep_to_person(who)
        self._keep_to_seats()

    def _keep_to_person(self, who: int) -> None:
        """Whoever takes seats is brought there by them, and is in one place at a time."""
        reached, takes, offers = self.reached[who], self.takes[who], self.offers[who]
        for weights, needed in _needs(self.people[who], offers):
            self.model.add(self._sum(takes, weights) >= needed * reached)
        for each in takes:
            self.model.add_implication(each, reached)
        for together in _at_once(offers):
            self.model.add_at_most_one(takes[which] for which in together)

    def _keep_to_seats(self) -> None:
        """No session seats more people than it has seats free."""
        wanted: dict[uuid.UUID, list[IntVar]] = {}
        free: dict[uuid.UUID, int] = {}
        for takes, offers in zip(self.takes, self.offers, strict=True):
            for each, seat in zip(takes, offers, strict=True):
                wanted.setdefault(seat.session_id, []).append(each)
                free[seat.session_id] = seat.free
        for session, takers in wanted.items():
            if len(takers) > free[session]:
                self.model.add(sum(takers) <= free[session])

    def _sum(self, takes: Sequence[IntVar], weights: Sequence[int]) -> LinearExpr | int:
        return sum(weight * each for weight, each in zip(weights, takes, strict=True))

    def solved(self) -> Assignment:
        """Search for the most people, then for the thriftiest way to bring as many there."""
        self.model.maximize(sum(self.reached))
        first = self._search(MOST_PEOPLE_WITHIN)
        if first is None:
            return Assignment({}, is_most=False, is_fewest=False)
        solver, is_most = first
        self.model.add(sum(self.reached) >= sum(map(solver.value, self.reached)))
        for each in self._variables():
            self.model.add_hint(each, solver.value(each))
        self.model.minimize(self._cost())
        second = self._search(FEWEST_SEATS_WITHIN)
        if second is None:
            return Assignment(self._taken(solver), is_most, is_fewest=False)
        return Assignment(self._taken(second[0]), is_most, is_most and second[1])

    def _cost(self) -> LinearExpr | int:
        """Return what is least where seats are fewest, then minutes over: a seat outweighs all."""
        most_over = sum(seat.net for offers in self.offers for seat in offers)
        cost: LinearExpr | int = 0
        for who, person in enumerate(self.people):
            weights = [most_over + 1 + seat.net for seat in self.offers[who]]
            cost += self._sum(self.takes[who], weights) - person.short * self.reached[who]
        return cost

    def _search(self, within: float) -> tuple[CpSolver, bool] | None:
        """Return the best found and whether it is proven; None where nothing was found in time."""
        solver = self.solver_of()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 1
        solver.parameters.linearization_level = 2
        solver.parameters.max_deterministic_time = within
        solver.parameters.max_time_in_seconds = SECONDS_AT_MOST
        status = solver.solve(self.model)
        found = status in (self.optimal, self.feasible)
        return (solver, status == self.optimal) if found else None

    def _variables(self) -> Iterator[IntVar]:
        yield from self.reached
        for takes in self.takes:
            yield from takes

    def _taken(self, solver: CpSolver) -> dict[uuid.UUID, tuple[Seat, ...]]:
        chosen = {
            person.key: tuple(
                seat for each, seat in zip(takes, offers, strict=True) if solver.value(each)
            )
            for person, takes, offers in zip(self.people, self.takes, self.offers, strict=True)
        }
        return {key: seats for key, seats in chosen.items() if seats}


def _offers(person: Needing) -> list[Seat]:
    """Return the seats the person could take, in order of time."""
    fitting = [seat for seat in person.seats if seat.free > 0 and fits(seat, person.busy)]
    return sorted(fitting, key=lambda seat: (seat.starts_at, seat.ends_at, str(seat.session_id)))


def _needs(person: Needing, offers: Sequence[Seat]) -> Iterator[tuple[list[int], int]]:
    """Yield sums that the seats taken have to reach: weights of the offers, and the least sum.

    The first says the minutes, and with them everything. The others follow from it for whole
    seats (minutes in steps of each length, rounded up; the number of seats), and tell the solver
    at once what it would find by searching.
    """
    lengths = [min(seat.net, person.short) for seat in offers]
    yield lengths, person.short
    yield [1] * len(offers), _least_seats(person)
    for step in sorted(set(lengths)):
        yield [-(-length // step) for length in lengths], -(-person.short // step)


def _at_once(offers: Sequence[Seat]) -> Iterator[list[int]]:
    """Yield the seats (places among the offers) of which some moment leaves room for one."""
    for seat in offers:
        together = [
            which
            for which, other in enumerate(offers)
            if other.starts_at <= seat.starts_at < other.ends_at
        ]
        if len(together) > 1:
            yield together


def seats_taken(assignment: Assignment) -> Mapping[uuid.UUID, int]:
    """Return how many seats the assignment takes of each session."""
    counts: dict[uuid.UUID, int] = {}
    for seats in assignment.taken.values():
        for seat in seats:
            counts[seat.session_id] = counts.get(seat.session_id, 0) + 1
    return counts
