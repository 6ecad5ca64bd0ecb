"""Names on rosters: preferred name and last initial, with as many letters as tell two apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Protocol

from programs.named import note_named


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
    whole name is the same by the chart number. Of a merged record it is the kept one's name.
    """
    called = {person.chart_number: _kept(person) for person in people}
    names = _told_apart(called)
    note_named((called[number], name) for number, name in names.items())
    return names


def _told_apart(called: dict[str, Named]) -> dict[str, str]:
    """Return the names by chart number, with as few letters as will do."""
    open_cases, names = list(called), dict[str, str]()
    letters = 1
    while open_cases:
        same: dict[str, list[str]] = defaultdict(list)
        for number in open_cases:
            same[_short(called[number], letters).casefold()].append(number)
        names |= {
            alike[0]: _short(called[alike[0]], letters)
            for alike in same.values()
            if len(alike) == 1
        }
        open_cases = [number for alike in same.values() if len(alike) > 1 for number in alike]
        if open_cases and all(letters >= len(called[each].last_name) for each in open_cases):
            names |= {each: f"{_short(called[each], letters)} ({each})" for each in open_cases}
            break
        letters += 1
    return names


def _kept(person: Named) -> Named:
    """Return the record that is kept, of a participant; others have one record."""
    return getattr(person, "kept", person)


def _short(person: Named, letters: int) -> str:
    known_as = person.preferred_name or person.first_name
    start = person.last_name[:letters]
    return f"{known_as} {start}" if letters >= len(person.last_name) else f"{known_as} {start}."
