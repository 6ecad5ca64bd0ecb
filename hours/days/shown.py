"""The days as the page and the files show them: under each person, narrowed to what was asked."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hours.days.forms import DaysForm, Which
from hours.days.qualifying import DayState, PersonDay
from hours.days.reading import RangeDays
from hours.days.words import LOOKS, DayLook, notes, weekday_and_date, why
from programs.models import Program
from programs.names import roster_names

# In the order of the sentence that sums them up.
COUNTED = (DayState.QUALIFIES, DayState.SHORT, DayState.OPEN)


@dataclass(frozen=True)
class ShownDay:
    """One day of one person in words."""

    name: str
    day: PersonDay
    label: str
    look: DayLook
    why: str
    notes: tuple[str, ...]
    not_counted: tuple[str, ...]
    amended_on: date | None


@dataclass(frozen=True)
class PersonDays:
    """One person's days, in order of date."""

    participant_id: uuid.UUID
    name: str
    chart_number: str
    count: str
    days: tuple[ShownDay, ...]


def shown_days(found: RangeDays, form: DaysForm, program: Program) -> list[ShownDay]:
    """Return the days asked for, by name, chart number and date."""
    names = roster_names(found.people.values())
    kept = [day for day in found.days if _is_asked_for(day, form)]
    kept.sort(key=lambda day: (names[day.person.chart_number].casefold(), _key(day)))
    return [_shown(day, found, names, program) for day in kept]


def by_person(days: Iterable[ShownDay]) -> tuple[PersonDays, ...]:
    """Return the days under each person; `days` come in the order of the page."""
    grouped: dict[str, list[ShownDay]] = {}
    for each in days:
        grouped.setdefault(each.day.person.chart_number, []).append(each)
    return tuple(
        PersonDays(
            participant_id=own[0].day.person.participant_id,
            name=own[0].name,
            chart_number=chart,
            count=_count(own),
            days=tuple(own),
        )
        for chart, own in grouped.items()
    )


def in_sum(days: Iterable[ShownDay]) -> str:
    """Return how many of the days qualify, do not, and are open, in one sentence."""
    states = [each.day.state for each in days]
    said = ngettext("%(count)s day", "%(count)s days", len(states)) % {"count": len(states)}
    qualify, short, still = (states.count(state) for state in COUNTED)
    parts = [
        (qualify, ngettext("%(count)s qualifies", "%(count)s qualify", qualify)),
        (short, ngettext("%(count)s does not", "%(count)s do not", short)),
        (still, _("%(count)s not yet")),
    ]
    counts = [words % {"count": count} for count, words in parts if count]
    return f"{said}: {', '.join(counts)}" if counts else said


def only_person(days: Iterable[ShownDay], form: DaysForm) -> uuid.UUID | None:
    """Return whose days these are, where one person was asked for and has any."""
    shown = next(iter(days), None)
    return shown.day.person.participant_id if shown and form.chosen("person") else None


def _is_asked_for(day: PersonDay, form: DaysForm) -> bool:
    person, which = form.chosen("person"), form.chosen("which")
    if person and str(day.person.participant_id) != person:
        return False
    return not which or day.qualifies is (which == Which.QUALIFYING)


def _key(day: PersonDay) -> tuple[str, date]:
    return day.person.chart_number, day.on


def _shown(day: PersonDay, found: RangeDays, names: dict[str, str], program: Program) -> ShownDay:
    amended_on = found.amended.get(_key(day))
    not_counted = found.not_counted.get(_key(day), ())
    return ShownDay(
        name=names[day.person.chart_number],
        day=day,
        label=weekday_and_date(day.on),
        look=LOOKS[day.state],
        why=why(day, program.zone),
        notes=notes(not_counted, amended_on),
        not_counted=not_counted,
        amended_on=amended_on,
    )


def _count(days: list[ShownDay]) -> str:
    said = ngettext(
        "%(qualifying)s of %(count)s day qualifies",
        "%(qualifying)s of %(count)s days qualify",
        len(days),
    )
    return said % {"qualifying": sum(each.day.qualifies for each in days), "count": len(days)}
