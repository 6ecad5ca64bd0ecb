"""Holds a file's lines against each other and against what is stored: entries, or what is wrong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from curriculum.files.cells import BETWEEN, Path
from curriculum.files.entry import OF_TRACK, Entry, Key
from curriculum.files.parsing import Line, Parsed, Problem, entry_of
from curriculum.files.planning import circle_in
from curriculum.files.stored import StoredLesson

Stored = Mapping[Key, StoredLesson]


@dataclass(frozen=True)
class Checked:
    """The entries of a file without mistakes, or the mistakes; `came_from` another program."""

    entries: tuple[Entry, ...] = ()
    problems: tuple[Problem, ...] = ()
    came_from: str = ""


def check(parsed: Parsed, code: str, stored: Stored) -> Checked:
    """Return the lines as entries of the program with this code, or everything that is wrong."""
    lines = parsed.lines
    came_from = _came_from(lines, code)
    problems = list(parsed.problems)
    problems += _of_other_programs(lines, came_from or code)
    problems += _twice(lines)
    problems += _of_tracks(lines)
    # A line with a mistake may be the one that another line needs: then that is told first.
    if problems:
        return Checked(problems=_in_order(problems))
    needs, problems = needs_of(lines, stored)
    problems += _circles(lines, needs, stored)
    if problems:
        return Checked(problems=_in_order(problems))
    return Checked(_entries(lines, needs, stored), (), came_from)


def _in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda each: each.line))


def _came_from(lines: list[Line], code: str) -> str:
    """Return the one other program that the whole file is of, if it is; a library moves so."""
    codes = {line.cells["program"] for line in lines} - {""}
    return codes.pop() if len(codes) == 1 and code not in codes else ""


def _of_other_programs(lines: list[Line], code: str) -> Iterator[Problem]:
    for line in lines:
        named = line.cells["program"]
        if named not in ("", code):
            words = _("%(code)s, or blank: a file holds the library of one program")
            yield Problem(line.number, "program", named, words % {"code": code})


def _twice(lines: list[Line]) -> Iterator[Problem]:
    first: dict[Key, int] = {}
    for line in lines:
        before = first.setdefault(line.key, line.number)
        if before != line.number:
            words = _("one line for each lesson of a module; line %(line)d is the same")
            name = line.cells["lesson"]
            yield Problem(line.number, "lesson", name, words % {"line": before})


def _of_tracks(lines: list[Line]) -> Iterator[Problem]:
    first: dict[tuple[str, str], Line] = {}
    for line in lines:
        for name in OF_TRACK:
            if name not in line.cells:
                continue
            before = first.setdefault((line.cells["track"], name), line)
            if before.cells[name] != line.cells[name]:
                words = _("the same in all lines of a track; line %(line)d has “%(value)s”")
                told = {"line": before.number, "value": before.cells[name]}
                yield Problem(line.number, name, line.cells[name], words % told)


def needs_of(
    lines: Iterable[Line], stored: Iterable[Key]
) -> tuple[dict[Key, frozenset[Key]], list[Problem]]:
    """Return what each line's lesson needs, by key, where it says so; and what cannot be found."""
    every = list(lines)
    keys = {line.key for line in every} | set(stored)
    named: dict[str, list[Key]] = defaultdict(list)
    for key in sorted(keys):
        named[key[2]].append(key)
    needs: dict[Key, frozenset[Key]] = {}
    problems: list[Problem] = []
    for line in every:
        found = []
        for path in line.cells.get("prerequisites", ()):
            meant = resolved(path, keys, named)
            if isinstance(meant, str):
                problems.append(Problem(line.number, "prerequisites", BETWEEN.join(path), meant))
            else:
                found.append(meant)
        if "prerequisites" in line.cells:
            needs[line.key] = frozenset(found)
    return needs, problems


def resolved(path: Path, keys: set[Key], named: Mapping[str, list[Key]]) -> Key | str:
    """Return the lesson that is meant, or what would be right."""
    if len(path) == 3:
        key = (path[0], path[1], path[2])
        return key if key in keys else _("a lesson of this library or of this file")
    found = named.get(path[0], [])
    if len(found) == 1:
        return found[0]
    if not found:
        return _("a lesson of this library or of this file")
    some = ", ".join(BETWEEN.join(key) for key in found[:3])
    return _("which of them: %(some)s") % {"some": some}


def _circles(
    lines: Iterable[Line], needs: Mapping[Key, frozenset[Key]], stored: Stored
) -> Iterator[Problem]:
    numbers = {line.key: line.number for line in lines}
    after = {key: each.entry.prerequisites for key, each in stored.items()} | dict(needs)
    circle = circle_in(after)
    if circle:
        line = next((numbers[key] for key in circle if key in needs), 0)
        way = " → ".join(f"“{key[2]}”" for key in circle)
        yield Problem(line, "prerequisites", "", circle_words(way))


def circle_words(way: str) -> str:
    """Say that lessons need each other in a circle; `way` names them in order."""
    words = _("an order that can be taught: each of these needs the next one, in a circle: %(way)s")
    return words % {"way": way}


def _entries(
    lines: Iterable[Line], needs: Mapping[Key, frozenset[Key]], stored: Stored
) -> tuple[Entry, ...]:
    """Return the entries; a new lesson of a track that is there has what the track has."""
    tracks = {key[0]: each.entry for key, each in stored.items()}
    found = []
    for line in lines:
        before = stored[line.key].entry if line.key in stored else None
        entry = entry_of(line, before, needs.get(line.key))
        track = tracks.get(entry.track)
        missing = [name for name in OF_TRACK if name not in line.cells] if track else []
        found.append(entry.with_(**{name: getattr(track, name) for name in missing}))
    return tuple(found)
