"""The fields of a part as the page shows them: label, value, choices, what is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from attendance.models import AbsentContact, GoalProgress, GroupNote, Participation
from attendance.notes.fields import (
    OF_PERSON,
    WRITTEN_OF_GROUP,
    fields_for,
    group_values_of,
    label_of,
    values_of,
)
from attendance.notes.written import Part
from programs.models import Goal

# In a list of goals; the whole of it stands in the plan of care.
GOAL_LETTERS = 80
CHOICES = {
    "participation": Participation.choices,
    "goal_progress": GoalProgress.choices,
    "contact": AbsentContact.choices,
}
# Lines of a text box.
LINES = {"topic": 2, "intervention": 4, "response": 3, "plan": 2}


@dataclass(frozen=True)
class Option:
    """One line of a choice."""

    value: str
    label: str | Promise
    is_chosen: bool


@dataclass(frozen=True)
class Box:
    """One field; `lines` of a text, `options` of a choice, else a time of day."""

    name: str
    id: str
    label: str
    value: str
    error: str = ""
    lines: int = 0
    options: tuple[Option, ...] = ()
    hint: str = ""

    @property
    def is_wide(self) -> bool:
        return bool(self.lines)


@dataclass(frozen=True)
class Typed:
    """What the last request sent, where it was not saved, and what is wrong with it."""

    values: Mapping[str, str]
    errors: Mapping[str, str]


def person_boxes(part: Part, goals: Sequence[Goal], typed: Typed | None) -> tuple[Box, ...]:
    """Return the fields that fit somebody who was there, or was not."""
    values, show = values_of(part.note), fields_for(part.there, part.note)
    if typed:
        values |= typed.values
        show = tuple(name for name in OF_PERSON if name in show or name in typed.values)
    options = {name: _options(choices, values.get(name)) for name, choices in CHOICES.items()}
    options["goal"] = _options(_goals(part, goals), values.get("goal"))
    return tuple(
        _box(name, str(part.id), values, typed, options, label=label_of(name, part.there))
        for name in show
    )


def group_boxes(
    note: GroupNote | None,
    zone: ZoneInfo,
    hints: Mapping[str, str],
    typed: Typed | None,
) -> tuple[Box, ...]:
    """Return the fields of the part for every chart; times on the wall clock of the zone."""
    values = group_values_of(note)
    for name in ("began", "ended"):
        at = values.get(name)
        values[name] = f"{at.astimezone(zone):%H:%M}" if at else ""
    values |= typed.values if typed else {}
    return tuple(
        _box(name, "group", values, typed, {}, label=label_of(name), hint=hints.get(name, ""))
        for name in WRITTEN_OF_GROUP
    )


def _box(
    name: str,
    whose: str,
    values: Mapping[str, Any],
    typed: Typed | None,
    options: Mapping[str, tuple[Option, ...]],
    *,
    label: str,
    hint: str = "",
) -> Box:
    return Box(
        name=name,
        id=f"{name}-{whose}",
        label=label,
        value=values.get(name) or "",
        error=typed.errors.get(name, "") if typed else "",
        lines=LINES.get(name, 0),
        options=options.get(name, ()),
        hint=hint,
    )


def _options(
    choices: Sequence[tuple[str, str | Promise]], chosen: str | None
) -> tuple[Option, ...]:
    blank = Option("", _("Not chosen"), is_chosen=not chosen)
    return (blank, *(Option(value, label, value == chosen) for value, label in choices))


def _goals(part: Part, goals: Sequence[Goal]) -> list[tuple[str, str]]:
    """Return the goals by number, and with them the one chosen before it was closed."""
    chosen = part.note.goal if part.note else None
    known: list[Goal] = list(goals)
    if chosen and chosen.pk not in {each.pk for each in known}:
        known.append(chosen)
    return [
        (str(each.public_id), f"{number}. {Truncator(each.text).chars(GOAL_LETTERS)}")
        for number, each in enumerate(known, 1)
    ]
