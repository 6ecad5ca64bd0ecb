"""One person's own weeks in a program: the last twelve of their time in it, or all of them.

Read in two statements for every so many weeks, and one for what closed weeks were concluded with.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from groups.forms import AddressForm
from hours.facts import ProgramWeek
from hours.models import Conclusion
from hours.people.weeks import weeks_of
from hours.program_week import current_week, program_week
from hours.weekly_hours import WeeklyHours, weekly_hours_of
from programs.models import Enrollment, Participant, Program
from programs.weeks import Week

# Weeks shown at first, weeks that one statement reads, and how many there are at most: two years.
LAST, AT_ONCE, MOST = 12, 26, 104


class Which(models.TextChoices):
    ALL = "all", _("All weeks")


class OwnWeeksForm(AddressForm):
    """Whether all weeks are asked for."""

    weeks = forms.ChoiceField(
        required=False,
        choices=Which.choices,
        error_messages={"invalid_choice": _("Choose the last 12 weeks, or all of them.")},
    )

    @property
    def is_all(self) -> bool:
        self.is_valid()
        return self.cleaned_data.get("weeks") == Which.ALL


class Then(NamedTuple):
    """What a closed week was concluded with; minutes."""

    verdict: str
    attended: int
    required: int


@dataclass(frozen=True)
class OwnWeek:
    """One week of the person, and what it was closed with where it was."""

    row: WeeklyHours
    facts: ProgramWeek
    then: Then | None

    @property
    def differs(self) -> bool:
        """Whether it stands otherwise now than it was concluded."""
        row = self.row
        return self.then is not None and self.then != (
            row.verdict.value,
            row.attended,
            row.required,
        )


@dataclass(frozen=True)
class OwnWeeks:
    """The person's weeks, newest first, and the running week of the whole program.

    `count` is of all the weeks there are; more than are shown where only the last were asked for.
    """

    running: ProgramWeek | None
    weeks: tuple[OwnWeek, ...]
    count: int
    is_all: bool

    @property
    def current(self) -> OwnWeek | None:
        """The running week, where they are enrolled in it."""
        first = next(iter(self.weeks), None)
        return first if first and first.facts is self.running else None


def own_weeks(program: Program, person: Participant, *, is_all: bool, now: datetime) -> OwnWeeks:
    """Return the weeks that the person's episodes in the program touch, as they now stand."""
    this_week = current_week(program, now)
    running = program_week(program, week=this_week, as_of=now)
    episodes = Enrollment.objects.of_person(person).begun().filter(program=program)
    weeks = _weeks_of(program, list(episodes), until=this_week)
    shown = weeks[-(MOST if is_all else LAST) :]
    past = [week for week in shown if week != this_week]
    found = _past(program, person.public_id, past, now)
    facts = [*found, *([running] if running and this_week in shown else [])]
    then = _concluded(episodes, shown)
    own = [
        OwnWeek(row, each, then.get((row.person.enrollment_key, row.week)))
        for each in reversed(facts)
        if (row := _row(each, person.public_id))
    ]
    return OwnWeeks(running=running, weeks=tuple(own), count=len(weeks), is_all=is_all)


def _weeks_of(program: Program, episodes: Sequence[Enrollment], *, until: Week) -> list[Week]:
    """Return the weeks that the episodes touch, oldest first, through a week."""
    firsts: set[date] = set()
    for each in episodes:
        week = program.week_of(each.admitted_on)
        last_on = min(each.discharged_on or until.last_on, until.last_on)
        while week.first_on <= last_on:
            firsts.add(week.first_on)
            week = week.moved(1)
    return [Week(first, program.zone) for first in sorted(firsts)]


def _past(
    program: Program, person_id: uuid.UUID, weeks: Sequence[Week], now: datetime
) -> Iterator[ProgramWeek]:
    for first in range(0, len(weeks), AT_ONCE):
        yield from weeks_of(program, person_id, weeks=weeks[first : first + AT_ONCE], as_of=now)


def _concluded(
    episodes: models.QuerySet[Enrollment], weeks: Sequence[Week]
) -> dict[tuple[int, date], Then]:
    closed = Conclusion.objects.filter(
        enrollment__in=episodes, close__week_on__in=[week.first_on for week in weeks]
    )
    rows = closed.values_list("enrollment", "close__week_on", "verdict", "attended", "required")
    return {(row[0], row[1]): Then(row[2], row[3], row[4]) for row in rows}


def _row(facts: ProgramWeek, participant_id: uuid.UUID) -> WeeklyHours | None:
    """Return the person's row; of two episodes in one week the later."""
    found = [each for each in facts.people if each.participant_id == participant_id]
    person = max(found, key=lambda each: each.admitted_on, default=None)
    return weekly_hours_of(person, facts) if person else None
