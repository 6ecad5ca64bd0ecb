"""What a program's own staff opened of other programs: who and when, and nobody's name."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from attendance.check_ins.wording import day_and_clock
from programs.models import EmergencyAccess, Program, StaffAssignment
from programs.models.emergency import EmergencyAccessQuerySet

SHOWN = 25


@dataclass(frozen=True)
class Elsewhere:
    """One opening, as the director of whoever opened it may know of it."""

    who: str
    opened: str


def opened_elsewhere(program: Program) -> EmergencyAccessQuerySet:
    """Those of staff who then worked in this program, of records of where they did not."""
    then = StaffAssignment.objects.filter(
        Q(ended_at=None) | Q(ended_at__gt=OuterRef("started_at")),
        user=OuterRef("user"),
        started_at__lte=OuterRef("started_at"),
    )
    here = Exists(then.filter(program=program))
    there = Exists(then.filter(program=OuterRef("program")))
    return EmergencyAccess.objects.exclude(program=program).filter(here, ~there)


def elsewhere_of(program: Program) -> tuple[Elsewhere, ...]:
    """Return the latest of them; one statement."""
    found = opened_elsewhere(program).select_related("user").order_by("-started_at", "pk")
    return tuple(
        Elsewhere(each.user.display_name, day_and_clock(each.started_at, program.zone))
        for each in found[:SHOWN]
    )
