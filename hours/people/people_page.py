"""The list of people as plain values: who is here, and how this week stands for each."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hours.board_rows import progress
from hours.facts import ProgramWeek
from hours.minute_bar import MinuteBar, minute_bar, scale_of
from hours.people.forms import SearchForm
from hours.people.whose import people_of
from hours.program_week import current_week, program_week
from hours.verdict_looks import LOOKS, Look, Standing, standing_of
from hours.weekly_hours import WeeklyHours, weekly_hours_of
from hours.what_it_means import what_it_means
from programs.access import Access
from programs.models import Enrollment, Participant, Program
from programs.names import roster_names
from programs.weeks import Week as Dates
from programs.who_may import Scope

FOUND_AT_MOST = 100


@dataclass(frozen=True)
class PersonRow:
    """One person: the verdict and the bar where this week holds them, else a few words."""

    name: str
    url: str
    details: str
    look: Look | None
    bar: MinuteBar | None
    words: str


@dataclass(frozen=True)
class PeoplePage:
    """Everything the template reads."""

    program: Program
    form: SearchForm
    rows: tuple[PersonRow, ...]
    count: int
    title: str
    is_search: bool
    is_by_name: bool
    is_own_only: bool
    may_enroll: bool
    has_rule: bool
    hint: str


@dataclass(frozen=True)
class Week:
    """This week's rows by participant, and what they are drawn with."""

    facts: ProgramWeek | None
    rows: dict[Any, WeeklyHours]
    scale: int


def people_page(
    *, program: Program, form: SearchForm, access: Access, by_name: bool, now: datetime
) -> PeoplePage:
    """Return the census with this week's standing, or those whom the search found."""
    week = current_week(program, now)
    facts = program_week(program, week=week, as_of=now)
    may_read = access.scope("participants.read", program) is not None
    text = form.text()
    found = _found(access, program, week, text, may_read=may_read)
    rows = _rows(program, found, _week(facts), may_read)
    return PeoplePage(
        program=program,
        form=form,
        rows=tuple(rows if by_name else sorted(rows, key=_worst_first)),
        count=len(rows),
        title=_title(len(rows), is_search=bool(text)),
        is_search=bool(text),
        is_by_name=by_name,
        is_own_only=access.scope("participants.name", program) is Scope.OWN,
        may_enroll=access.scope("participants.edit", program) is not None,
        has_rule=facts is not None,
        hint=_hint(may_read),
    )


def _hint(may_read: bool) -> str:
    if may_read:
        return _("Any part of a name, a chart number or a birth date.")
    return _("Any part of a name.")


def _found(
    access: Access, program: Program, week: Dates, text: str, *, may_read: bool
) -> list[Participant]:
    """Return whom the text finds, by name; without one everybody enrolled in the week."""
    people = people_of(access, program, week=week)
    episodes = Enrollment.objects.filter(program=program)
    if not text:
        people = people.filter(pk__in=episodes.touching(week).values("participant"))
    else:
        people = people.found_by(text) if may_read else people.named_like(text)
    latest_first = Prefetch("enrollments", episodes.order_by("-admitted_on"), "episodes")
    ordered = people.order_by("last_name", "first_name", "pk").prefetch_related(latest_first)
    return list(ordered[: FOUND_AT_MOST if text else None])


def _week(facts: ProgramWeek | None) -> Week:
    rows = [weekly_hours_of(person, facts) for person in facts.people] if facts else []
    return Week(facts, {row.person.participant_id: row for row in rows}, scale_of(rows))


def _rows(
    program: Program, found: Collection[Participant], week: Week, may_read: bool
) -> list[PersonRow]:
    """Return the rows, by name."""
    in_the_week: Iterable[Any] = week.facts.people if week.facts else ()
    names = roster_names([*in_the_week, *found])
    rows = [_row(program, each, names[each.chart_number], week, may_read) for each in found]
    return sorted(rows, key=lambda row: row.name.casefold())


def _row(program: Program, person: Participant, name: str, week: Week, may_read: bool) -> PersonRow:
    row = week.rows.get(person.public_id)
    details = [person.chart_number] if may_read else []
    if row:
        details.insert(0, progress(row))
    return PersonRow(
        name=name,
        url=reverse("people:participant", args=[program.public_id, person.public_id]),
        details=" · ".join(details),
        look=LOOKS[standing_of(row)] if row else None,
        bar=minute_bar(row, scale=week.scale) if row else None,
        words=what_it_means(row, week.facts) if row and week.facts else _episode(person),
    )


def _episode(person: Participant) -> str:
    """Return what is on record of somebody whom this week's hours do not hold."""
    episodes: list[Enrollment] = person.episodes  # type: ignore[attr-defined]
    latest = episodes[0]
    if latest.discharged_on:
        return _("Discharged %(day)s") % {"day": date_format(latest.discharged_on, "DATE_FORMAT")}
    return _("Admitted %(day)s") % {"day": date_format(latest.admitted_on, "DATE_FORMAT")}


ORDER = [LOOKS[standing].label for standing in Standing]


def _worst_first(row: PersonRow) -> int:
    return ORDER.index(row.look.label) if row.look else len(ORDER)


def _title(count: int, *, is_search: bool) -> str:
    if is_search:
        return ngettext("%(count)s person found", "%(count)s people found", count) % {
            "count": count
        }
    return ngettext("%(count)s person enrolled", "%(count)s people enrolled", count) % {
        "count": count
    }
