"""The page of a program's authorizations: counts, filters, gauges, and what nothing covers."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from groups.week_switch import ProgramLink, program_links
from hours.days.page import Option
from hours.fuel.facts import FuelFacts, fuel_facts
from hours.fuel.forms import FuelForm, State
from hours.fuel.rows import (
    GaugeRow,
    PlainRow,
    counts_of,
    gauge_rows,
    missing_rows,
    names_of,
    unauthorized_rows,
)
from programs.access import Access
from programs.models import Program, Unit

FILES = (("CSV", "fuel:csv"), ("XLSX", "fuel:xlsx"))
LOOKS = {
    State.NONE: ("lost", "circle-x", _("people without any")),
    State.SOON: ("risk", "fuel", _("units or dates")),
    State.REVIEW: ("warn", "clock-alert", _("within 7 days, or overdue")),
    State.OVER: ("warn", "calendar-x", _("a week, for the payer")),
}


@dataclass(frozen=True)
class Tile:
    """One count at the top; a press shows only these."""

    label: str
    note: str
    tone: str
    icon: str
    count: int
    url: str
    is_current: bool


@dataclass(frozen=True)
class Filters:
    """What is picked, and what could be."""

    units: tuple[Option, ...]
    payers: tuple[Option, ...]
    state: str
    is_filtered: bool


@dataclass(frozen=True)
class FuelPage:
    """Everything the template reads; `missing` and `unauthorized` only where nothing is filtered.

    Or where just those without any authorization are asked for.
    """

    program: Program
    as_of: datetime
    programs: tuple[ProgramLink, ...]
    problems: list[str]
    tiles: tuple[Tile, ...]
    filters: Filters
    missing: tuple[PlainRow, ...]
    rows: tuple[GaugeRow, ...]
    unauthorized: tuple[PlainRow, ...]
    exports: tuple[tuple[str, str], ...]
    is_only_missing: bool

    @property
    def people_in_file(self) -> set[uuid.UUID]:
        """Whose lines a file of the page has."""
        covered = {row.gauge.authorization.enrollment.participant.kept for row in self.rows}
        return {each.public_id for each in covered} | {row.person_id for row in self.missing}

    @property
    def people(self) -> set[uuid.UUID]:
        """Who stands on the page."""
        return self.people_in_file | {row.person_id for row in self.unauthorized}


def fuel_page(*, program: Program, form: FuelForm, access: Access, now: datetime) -> FuelPage:
    """Return the page as `access` may see it at this moment."""
    facts = fuel_facts(program, now=now)
    may_pack = access.scope("authorizations.packet", program) is not None
    names = names_of(facts.enrollments, may_pack=may_pack)
    filters = _filters(facts, form)
    is_only_missing = filters.state == State.NONE
    shows_people = not filters.is_filtered or is_only_missing
    return FuelPage(
        program=program,
        as_of=now,
        programs=program_links("fuel:fuel", access, program, action="authorizations.read"),
        problems=form.problems(),
        tiles=_tiles(facts, form),
        filters=filters,
        missing=missing_rows(facts.missing, names) if shows_people else (),
        rows=gauge_rows(facts.gauges, names, form=form, today=facts.today),
        unauthorized=unauthorized_rows(facts.unauthorized, names) if shows_people else (),
        exports=_exports(program, form) if may_pack else (),
        is_only_missing=is_only_missing,
    )


def _tiles(facts: FuelFacts, form: FuelForm) -> tuple[Tile, ...]:
    """Return the counts of everybody; the one that is shown leads back to all."""
    chosen, counts = form.chosen("state"), counts_of(facts)
    return tuple(
        Tile(
            label=str(state.label),
            note=str(note),
            tone=tone,
            icon=icon,
            count=counts[state],
            url=form.address(state="" if state == chosen else state.value),
            is_current=state == chosen,
        )
        for state, (tone, icon, note) in LOOKS.items()
    )


def _filters(facts: FuelFacts, form: FuelForm) -> Filters:
    unit, payer, state = (form.chosen(name) for name in ("unit", "payer", "state"))
    payers = {each.authorization.payer for each in facts.gauges} | ({payer} - {""})
    return Filters(
        units=tuple(Option(each.value, str(each.label), each == unit) for each in Unit),
        payers=tuple(
            Option(each, each, each == payer) for each in sorted(payers, key=str.casefold)
        ),
        state=state,
        is_filtered=bool(unit or payer or state),
    )


def _exports(program: Program, form: FuelForm) -> tuple[tuple[str, str], ...]:
    query = form.address()
    return tuple((name, reverse(view, args=[program.public_id]) + query) for name, view in FILES)
