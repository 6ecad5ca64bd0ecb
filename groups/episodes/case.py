"""One episode as somebody works on it: who they are, where, and when."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.shortcuts import get_object_or_404

from groups.episodes.steps import leaves_of
from programs.access import Access
from programs.models import Enrollment, Leave, Participant, Program, Standing
from programs.standing import standing_of
from programs.weeks import local_date


@dataclass(frozen=True)
class Case:
    """An enrollment of the program, who looks at it, and the moment."""

    access: Access
    program: Program
    enrollment: Enrollment
    now: datetime

    @cached_property
    def today(self) -> date:
        return local_date(self.now, self.program.zone)

    @cached_property
    def person(self) -> Participant:
        """The record that is kept for this person."""
        return self.enrollment.participant.kept

    @cached_property
    def leaves(self) -> list[Leave]:
        """The leaves that share a date with the episode, or were called off in it."""
        first, last = self.enrollment.admitted_on, self.enrollment.discharged_on or date.max
        return [
            each
            for each in leaves_of(self.enrollment.participant)
            if each.first_on <= last and (each.last_on or date.max) >= first
        ]

    @cached_property
    def standing(self) -> Standing:
        """Where the episode stands today."""
        return standing_of(self.enrollment, self.today, self.leaves)

    def may(self, action: str) -> bool:
        """Return whether it is theirs to do in this program."""
        return self.access.scope(action, self.program) is not None


def case_of(access: Access, program: Program, enrollment_id: uuid.UUID, now: datetime) -> Case:
    """Return the program's enrollment as a case, or raise Http404."""
    rows = Enrollment.objects.visible_to(access.user).filter(program=program)
    rows = rows.select_related("participant__merged_into", "program__site")
    return Case(access, program, get_object_or_404(rows, public_id=enrollment_id), now)


def leave_case(
    access: Access, program: Program, enrollment_id: uuid.UUID, leave_id: uuid.UUID, now: datetime
) -> tuple[Case, Leave]:
    """Return the case with one leave of its person, or raise Http404."""
    case = case_of(access, program, enrollment_id, now)
    leaves = Leave.objects.filter(participant=case.enrollment.participant)
    return case, get_object_or_404(leaves.select_related("participant"), public_id=leave_id)
