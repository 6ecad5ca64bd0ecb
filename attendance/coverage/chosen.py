"""What of a coverage is shown: which people, in which order, and how many of what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from attendance.coverage.cells import Cell, Coverage, CoveredLesson, CoveredPerson, State
from attendance.coverage.words import LACKING


@dataclass(frozen=True)
class PersonLine:
    """One person with a cell for each lesson shown, in their order."""

    person: CoveredPerson
    cells: tuple[Cell, ...]
    counts: Mapping[State, int]

    @property
    def asked(self) -> int:
        """How many lessons are asked of them: all shown but the waived ones."""
        return len(self.cells) - self.counts[State.WAIVED]

    @property
    def received(self) -> int:
        """How many of the lessons shown they have received."""
        return self.counts[State.RECEIVED]

    @property
    def lacking(self) -> int:
        """How many they miss, with nothing planned that would change it."""
        return sum(self.counts[state] for state in LACKING)


@dataclass(frozen=True)
class LessonTotal:
    """Of how many people a lesson is asked, and how many have received it."""

    lesson: CoveredLesson
    received: int
    asked: int


def person_lines(
    covered: Coverage, *, is_by_name: bool = False, are_lacking: bool = False
) -> tuple[PersonLine, ...]:
    """Return the people, who misses most first, or by name; perhaps only who misses something."""
    lines = (_line(covered, person) for person in covered.people)
    shown = [line for line in lines if line.lacking or not are_lacking]
    if not is_by_name:
        shown.sort(key=lambda line: -line.lacking)
    return tuple(shown)


def _line(covered: Coverage, person: CoveredPerson) -> PersonLine:
    cells = tuple(covered.cell(person.enrollment_pk, lesson.pk) for lesson in covered.lessons)
    return PersonLine(person, cells, Counter(cell.state for cell in cells))


def lesson_totals(covered: Coverage, lines: tuple[PersonLine, ...]) -> tuple[LessonTotal, ...]:
    """Return the totals of the people shown, one for each lesson."""
    found = []
    for place, lesson in enumerate(covered.lessons):
        states = Counter(line.cells[place].state for line in lines)
        asked = len(lines) - states[State.WAIVED]
        found.append(LessonTotal(lesson, received=states[State.RECEIVED], asked=asked))
    return tuple(found)
