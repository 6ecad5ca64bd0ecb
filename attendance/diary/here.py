"""Whose diary a page is about: their entries, their skills, and who reads or writes it when."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from attendance.check_ins.whose import person_of
from attendance.diary.reading import entry_of, own_skills, taught_to, uses_of
from attendance.models import SkillUse
from programs.access import Access
from programs.models import Enrollment, Participant, Program
from programs.person_frame import PersonFrame, person_frame
from programs.weeks import Week, local_date
from programs.whose import episodes_of

LINE, PAGE = "diaries.edit", "diary:diary"


@dataclass(frozen=True)
class Here:
    """One person's diary in one program, now."""

    access: Access
    program: Program
    person: Participant
    now: datetime

    @property
    def today(self) -> date:
        return local_date(self.now, self.program.zone)

    @property
    def this_week(self) -> Week:
        return self.program.week_of(self.today)

    @property
    def frame(self) -> PersonFrame:
        return person_frame(self.access, self.program, self.person, here=PAGE)

    @property
    def back(self) -> str:
        """The address of the diary."""
        return reverse(PAGE, args=[self.program.public_id, self.person.public_id])

    @property
    def acting(self) -> dict[str, Any]:
        """Whose diary an action changes, when, and who acts."""
        own = {"person": self.person, "program": self.program, "by": self.access.user}
        return {**own, "now": self.now}

    @cached_property
    def uses(self) -> list[SkillUse]:
        """The entries on record, the latest first."""
        return list(uses_of(self.access.user, self.person, self.program))

    @cached_property
    def skills(self) -> tuple[str, ...]:
        """Their skills: used ones first, then those taught to them."""
        entries = [entry_of(use) for use in self.uses]
        return own_skills(taught_to(self.person, self.program), entries)

    @cached_property
    def episodes(self) -> list[Enrollment]:
        return episodes_of(self.person, self.program)


def here_of(
    request: HttpRequest, program: Program, participant_id: uuid.UUID, now: datetime
) -> Here:
    """Return the diary that one may keep, or raise Http404."""
    access: Access = request.access  # type: ignore[attr-defined]
    return Here(access, program, person_of(access, program, participant_id, action=LINE), now)
