"""Whose weeks a draft judges differently: by name, from what to what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.translation import gettext as _

from hours.ruling.simulation import Compared, Judged
from hours.ruling.words import short_day
from hours.verdict_looks import LOOKS, Look, Standing
from hours.wording import hours
from programs.models import Enrollment, Program
from programs.names import roster_names


@dataclass(frozen=True)
class Side:
    """A week under one rule: its look, what the verdict does not say, and its hours."""

    look: Look
    also: tuple[str, ...]
    hours: str


@dataclass(frozen=True)
class WeekChange:
    """One week that would be judged differently."""

    label: str
    week_on: date
    before: Side
    after: Side


@dataclass(frozen=True)
class PersonChanges:
    """One person's weeks that would be judged differently, the earliest first."""

    name: str
    weeks: tuple[WeekChange, ...]


def changes_by_person(changed: Sequence[Compared], program: Program) -> tuple[PersonChanges, ...]:
    """Return the changes of each person, by name; one query."""
    names = _names(changed, program)
    in_order = sorted(
        changed, key=lambda each: (names[each.enrollment_id].casefold(), each.week.first_on)
    )
    return tuple(
        PersonChanges(name, tuple(_change(each) for each in of_one))
        for name, of_one in groupby(in_order, key=lambda each: names[each.enrollment_id])
    )


def _names(changed: Sequence[Compared], program: Program) -> dict[object, str]:
    ids = {each.enrollment_id for each in changed}
    enrollments = Enrollment.objects.filter(program=program, public_id__in=ids)
    people = {
        each.public_id: each.participant
        for each in enrollments.select_related("participant__merged_into")
    }
    short = roster_names(people.values())
    return {each: short[person.chart_number] for each, person in people.items()}


def _change(each: Compared) -> WeekChange:
    return WeekChange(
        label=short_day(each.week.first_on),
        week_on=each.week.first_on,
        before=_side(each.before),
        after=_side(each.after),
    )


def _side(judged: Judged) -> Side:
    also = []
    if judged.is_days_short:
        also.append(_("too few days"))
    if judged.is_over_maximum:
        also.append(_("over the most hours"))
    return Side(
        look=LOOKS[Standing(judged.verdict.value)],
        also=tuple(also),
        hours=_("%(attended)s of %(required)s")
        % {"attended": hours(judged.attended), "required": hours(judged.required)},
    )
