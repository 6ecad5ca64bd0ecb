"""Whom a search found: each person once, under the record that is kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from programs.models import Participant
from programs.models.participant import ParticipantQuerySet


@dataclass(frozen=True)
class Match:
    """One person found; `also` are the chart numbers of duplicates where one of those matched."""

    person: Participant
    also: str = ""


def matches_in(rows: Iterable[Participant]) -> list[Match]:
    """Return the people of the rows in their order; `merged_into` is read with them."""
    found: dict[int, list[Participant]] = {}
    for row in rows:
        found.setdefault(row.kept.pk, []).append(row)
    return [_match(same) for same in found.values()]


def first_matches(people: ParticipantQuerySet, *, at_most: int) -> tuple[list[Match], bool]:
    """Return the first people found in their order, and whether there are more."""
    # Read apart: most are no duplicates, and a join would be over everybody on record.
    rows = list(people.prefetch_related("merged_into")[: at_most + 1])
    return matches_in(rows[:at_most]), len(rows) > at_most


def _match(same: list[Participant]) -> Match:
    kept = same[0].kept
    if kept in same:
        return Match(kept)
    return Match(kept, ", ".join(row.chart_number for row in same))
