"""The page of days: its range and filters, its links, and the days of each person."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groups.week_switch import ProgramLink, program_links
from hours.days.forms import DaysForm, Which
from hours.days.reading import Range, RangeDays, days_in
from hours.days.shown import PersonDays, by_person, in_sum, only_person, shown_days
from hours.wording import all_of
from programs.access import Access
from programs.models import Program
from programs.names import roster_names
from programs.weeks import DAYS, Week, local_date
from programs.who_may import Scope

FILES = (("CSV", "days:csv"), ("XLSX", "days:xlsx"))
FOUR_WEEKS = 4


@dataclass(frozen=True)
class Option:
    """One entry of a filter."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class RangeLink:
    """A range that one asks for often."""

    label: str
    url: str
    is_current: bool


@dataclass(frozen=True)
class Filters:
    """What is picked, and what could be."""

    first_on: date
    last_on: date
    people: tuple[Option, ...]
    which: tuple[Option, ...]
    ranges: tuple[RangeLink, ...]
    is_filtered: bool
    clear_url: str


@dataclass(frozen=True)
class DaysPage:
    """Everything the template reads."""

    program: Program
    as_of: datetime
    filters: Filters
    people: tuple[PersonDays, ...]
    in_sum: str
    without_rule: str
    problems: list[str]
    programs: tuple[ProgramLink, ...]
    exports: tuple[tuple[str, str], ...]
    is_own_only: bool
    only_person: uuid.UUID | None


def days_page(*, program: Program, form: DaysForm, access: Access, now: datetime) -> DaysPage:
    """Return the page as `access` may see it at this moment."""
    asked = asked_range(program, form, access, now)
    found = days_in(asked, as_of=now)
    days = shown_days(found, form, program)
    return DaysPage(
        program=program,
        as_of=now,
        filters=_filters(found, form, asked, local_date(now, program.zone)),
        people=by_person(days),
        in_sum=in_sum(days),
        without_rule=_without_rule(found.without_rule),
        problems=form.problems(),
        programs=program_links("days:days", access, program, action="hours.read", **_dates(asked)),
        exports=_exports(program, form, asked, access),
        is_own_only=asked.led_by is not None,
        only_person=only_person(days, form),
    )


def asked_range(program: Program, form: DaysForm, access: Access, now: datetime) -> Range:
    """Return the dates asked for, and whether only one's own people may be seen in them."""
    first_on, last_on = form.range(program, today=local_date(now, program.zone))
    is_own_only = access.scope("hours.read", program) is Scope.OWN
    return Range(program, first_on, last_on, led_by=access.user if is_own_only else None)


def _dates(asked: Range) -> dict[str, str]:
    return {"first_on": asked.first_on.isoformat(), "last_on": asked.last_on.isoformat()}


def _filters(found: RangeDays, form: DaysForm, asked: Range, today: date) -> Filters:
    person, which = form.chosen("person"), form.chosen("which")
    names = roster_names(found.people.values())
    people = {str(each.participant_id): names[each.chart_number] for each in found.people.values()}
    return Filters(
        first_on=asked.first_on,
        last_on=asked.last_on,
        people=tuple(
            Option(value, name, value == person)
            for value, name in sorted(people.items(), key=lambda each: each[1].casefold())
        ),
        which=tuple(Option(each.value, str(each.label), each == which) for each in Which),
        ranges=_ranges(form, asked, today),
        is_filtered=bool(person or which),
        clear_url=DaysForm({}).address(asked.first_on, asked.last_on),
    )


def _ranges(form: DaysForm, asked: Range, today: date) -> tuple[RangeLink, ...]:
    week = asked.program.week_of(today)
    last = week.moved(-1)
    offered = (
        (_("This week"), week.first_on, week.last_on),
        (_("Last week"), last.first_on, last.last_on),
        (
            _("Last 4 weeks"),
            last.last_on - timedelta(days=FOUR_WEEKS * DAYS - 1),
            last.last_on,
        ),
    )
    return tuple(
        RangeLink(
            label,
            form.address(first_on, last_on),
            (first_on, last_on) == (asked.first_on, asked.last_on),
        )
        for label, first_on, last_on in offered
    )


def _without_rule(weeks: tuple[Week, ...]) -> str:
    if not weeks:
        return ""
    said = ngettext(
        "No rule covers the week of %(weeks)s; its days are not judged.",
        "No rule covers the weeks of %(weeks)s; their days are not judged.",
        len(weeks),
    )
    return said % {"weeks": all_of([date_format(week.first_on) for week in weeks])}


def _exports(
    program: Program, form: DaysForm, asked: Range, access: Access
) -> tuple[tuple[str, str], ...]:
    if access.scope("hours.export", program) is None:
        return ()
    query = form.address(asked.first_on, asked.last_on)
    return tuple((name, reverse(view, args=[program.public_id]) + query) for name, view in FILES)
