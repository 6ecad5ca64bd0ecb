"""Seats of a program: how many stay free from a day on, and who waits for one before somebody."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from groups.enrolling.seats import Place, free_seats
from programs.models import Enrollment, Participant, Program, Referral


@dataclass(frozen=True)
class ProgramSeats:
    """The program's seats from a day on, as this person, or somebody new, finds them."""

    program: Program
    free: int
    ahead: int = 0


def seats_in(programs: Collection[Program], *, first_on: date) -> dict[int, int]:
    """Return the seats that are free from the date on, by program; one statement."""
    places: dict[int, list[Place]] = {each.pk: [] for each in programs}
    held = (
        Enrollment.objects.filter(program__in=places)
        .begun()
        .filter(Q(discharged_on=None) | Q(discharged_on__gte=first_on))
        .values_list("program_id", "admitted_on", "discharged_on")
    )
    for key, admitted_on, discharged_on in held:
        places[key].append(Place(admitted_on, discharged_on))
    return {
        each.pk: free_seats(each.seats, places[each.pk], first_on=first_on, last_on=None)
        for each in programs
    }


def lock_program(program: Program) -> Program:
    """Return the program as it is now; whoever counts its seats too waits for the transaction."""
    return Program.objects.select_for_update(no_key=True).get(pk=program.pk)


def waiting_before(program: Program, person: Participant | None) -> int:
    """Return how many wait for a seat in the program before this person, or somebody new."""
    line = list(Referral.objects.waiting().filter(program=program).values_list(*WHOSE))
    if person is not None:
        for place, whose in enumerate(line):
            if person.pk in whose:
                return place
    return len(line)


WHOSE = ("participant_id", "participant__merged_into_id")
