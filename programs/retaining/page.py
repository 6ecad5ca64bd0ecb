"""What the pages about retention show: the rule, whose time is over, and who is held."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from programs.models import Enrollment, LegalHold, Participant, Program, RetentionRule
from programs.retaining.keeping import Chart, kept_until, years_after


@dataclass(frozen=True)
class Row:
    """One chart, and until when it is kept."""

    person: Participant
    left_on: date | None
    until: date | None
    is_held: bool


@dataclass(frozen=True)
class RetentionPage:
    """The rule today, the rules on record, and the charts by what is to be done with them."""

    program: Program
    rule: RetentionRule
    rules: tuple[RetentionRule, ...]
    over: tuple[Row, ...]
    held: tuple[Row, ...]
    soon: tuple[Row, ...]
    charts: int


@dataclass(frozen=True)
class PersonRetention:
    """One person's chart: until when it is kept, under which rule, and its holds."""

    row: Row
    rule: RetentionRule
    holds: tuple[LegalHold, ...]


def rule_on(program: Program, day: date) -> RetentionRule:
    """Return the rule in effect on the date; where there is none, one that says the defaults."""
    found = RetentionRule.objects.in_effect_on(day).filter(program=program).first()
    return found or RetentionRule(program=program, effective_from=day)


def retention_page(program: Program, people: QuerySet[Participant], today: date) -> RetentionPage:
    """Return the page for the program; `people` are those of it that the reader may see."""
    rule = rule_on(program, today)
    rows = rows_of(people, rule)
    free = [row for row in rows if row.until and not row.is_held]
    return RetentionPage(
        program=program,
        rule=rule,
        rules=tuple(program.retention_rules.order_by("-effective_from")),
        over=tuple(row for row in free if row.until and row.until < today),
        held=tuple(row for row in rows if row.is_held),
        soon=tuple(row for row in free if row.until and today <= row.until < years_after(today, 1)),
        charts=len(rows),
    )


def person_retention(program: Program, person: Participant, today: date) -> PersonRetention:
    """Return what the page about one person's chart shows."""
    rule = rule_on(program, today)
    (row,) = rows_of(Participant.objects.filter(pk=person.pk), rule)
    holds = holds_of(person).select_related("placed_by", "lifted_by")
    return PersonRetention(row, rule, tuple(holds))


def holds_of(person: Participant) -> QuerySet[LegalHold]:
    """Return the holds over a person's chart, also those placed on a duplicate."""
    mine = Q(participant=person) | Q(participant__merged_into=person)
    return LegalHold.objects.filter(mine)


def rows_of(people: QuerySet[Participant], rule: RetentionRule) -> list[Row]:
    """Return the charts of these people, the one whose time is over first on top; 3 statements.

    A chart is the clinic's: an episode in another program keeps it too, as do a duplicate's.
    """
    found = list(people)
    left: dict[int, list[date | None]] = defaultdict(list)
    for person, day in _of(Enrollment.objects.all(), found, "discharged_on"):
        left[person].append(day)
    held = {person for person, _ in _of(LegalHold.objects.in_force(), found, "pk")}
    rows = [_row(person, left[person.pk], person.pk in held, rule) for person in found]
    return sorted(rows, key=lambda row: (row.until or date.max, row.person.last_name))


def _of(rows: QuerySet, people: list[Participant], column: str) -> Iterator[tuple[int, Any]]:
    """Give whose each row is, by the record that is kept, and the column of it."""
    mine = Q(participant__in=people) | Q(participant__merged_into__in=people)
    whose = Coalesce("participant__merged_into", "participant")
    return rows.filter(mine).order_by().values_list(whose, column).iterator()


def _row(person: Participant, left: list[date | None], is_held: bool, rule: RetentionRule) -> Row:
    last = None if None in left else max((day for day in left if day), default=None)
    return Row(person, last, kept_until(Chart(person.birth_date, last), rule), is_held)
