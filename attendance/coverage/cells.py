"""Where one person stands with one lesson: plain values."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class State(StrEnum):
    """What became of a lesson for somebody, the first that holds."""

    RECEIVED = "received"
    WAIVED = "waived"
    # Planned in a session they are expected at, before they leave.
    COMING = "coming"
    # It was taught in a session on their record, they did not get enough of it, none is to come.
    MISSED = "missed"
    # Neither taught to them nor planned before they leave.
    NOT_OFFERED = "not_offered"


@dataclass(frozen=True, slots=True)
class Cell:
    """One person and one lesson. `missed_on` is the latest miss, also where it is coming again."""

    state: State
    received_on: date | None = None
    missed_on: date | None = None
    coming_on: date | None = None
    coming_id: uuid.UUID | None = None


NOT_OFFERED = Cell(State.NOT_OFFERED)


@dataclass(frozen=True, slots=True)
class CoveredPerson:
    """Somebody by the key of their episode; `until`: planned or last day, None where open."""

    enrollment_pk: int
    participant_pk: int
    participant_id: uuid.UUID
    name: str
    admitted_on: date
    until: date | None


@dataclass(frozen=True, slots=True)
class CoveredLesson:
    """A lesson as a column."""

    pk: int
    public_id: uuid.UUID
    name: str
    module: str
    track: str
    is_core: bool


@dataclass(frozen=True)
class Coverage:
    """People by lessons. A pair without a cell of its own was never offered."""

    people: tuple[CoveredPerson, ...]
    lessons: tuple[CoveredLesson, ...]
    cells: Mapping[tuple[int, int], Cell] = field(default_factory=dict)

    def cell(self, enrollment_pk: int, lesson_pk: int) -> Cell:
        """Return where the person of this episode stands with the lesson."""
        return self.cells.get((enrollment_pk, lesson_pk), NOT_OFFERED)
