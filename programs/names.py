"""Names on rosters: preferred name and last initial, with as many letters as tell two apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Protocol


class Named(Protocol):
    """Anyone with a chart number and names."""

    @property
    def chart_number(self) -> str: ...
    @property
    def first_name(self) -> str: ...
    @property
    def last_name(self) -> str: ...
    @property
    def preferred_name(self) -> str: ...


def roster_names(people: Iterable[Named]) -> dict[str, str]:
    """Return each chart number's short name, all of them different.

    Two people of the same name are told apart by more letters of the last name, and where the
    whole name is the same by the chart number.
    """
    open_cases = list({person.chart_number: person for person in people}.values())
    names: dict[str, str] = {}
    letters = 1
    while open_cases:
        same: dict[str, list[Named]] = defaultdict(list)
        for person in open_cases:
            same[_short(person, letters).casefold()].append(person)
        for alike in same.values():
            if len(alike) == 1:
                names[alike[0].chart_number] = _short(alike[0], letters)
        open_cases = [person for alike in same.values() if len(alike) > 1 for person in alike]
        if open_cases and all(letters >= len(person.last_name) for person in open_cases):
            names |= {
                person.chart_number: f"{_short(person, letters)} ({person.chart_number})"
                for person in open_cases
            }
            break
        letters += 1
    return names


def _short(person: Named, letters: int) -> str:
    known_as = person.preferred_name or person.first_name
    start = person.last_name[:letters]
    return f"{known_as} {start}" if letters >= len(person.last_name) else f"{known_as} {start}."
