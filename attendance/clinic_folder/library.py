"""Lines of curriculum.csv and a program's library, each as the other has it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from typing import Any

from attendance.clinic_folder.rows import Key, LessonRow
from curriculum.files.entry import Entry

# What the two call differently.
CALLED = {"required": "is_core", "retired": "is_retired"}
# Columns of the track, which a new lesson shares.
OF_TRACK = ("subject", "source")


def as_row(entry: Entry, program: str) -> LessonRow:
    """Return the lesson as a line has it."""
    names = [each.name for each in fields(LessonRow) if each.name not in ("place", "program")]
    facts = {name: getattr(entry, CALLED.get(name, name)) for name in names}
    return LessonRow(program=program, **facts)


def as_entry(row: LessonRow) -> Entry:
    """Return a filled-in line as the library has it."""
    cells = row.cells(without={"program"})
    return Entry(**{CALLED.get(name, name): value for name, value in cells.items()})


def filled_in(
    lines: Mapping[Key, LessonRow], stored: Mapping[Key, LessonRow]
) -> dict[Key, LessonRow]:
    """Return the lines with what they do not say as it is stored, or as it is of a new lesson.

    Prerequisites are whole keys where they can be found; `check_library` tells of the others.
    """
    tracks = {key[:2]: row for key, row in stored.items()}
    named = names_in([*stored, *lines])
    return {
        key: _filled(row, stored.get(key), tracks.get(key[:2]), named) for key, row in lines.items()
    }


def names_in(keys: Iterable[Key]) -> dict[tuple[str, str], set[Key]]:
    """Return the lessons by program and name."""
    found: dict[tuple[str, str], set[Key]] = defaultdict(set)
    for key in keys:
        found[key[0], key[3]].add(key[1:])
    return found


def _filled(
    row: LessonRow,
    before: LessonRow | None,
    track: LessonRow | None,
    named: Mapping[tuple[str, str], set[Key]],
) -> LessonRow:
    usual = as_row(Entry(track=row.track, module=row.module, lesson=row.lesson), row.program)
    told: dict[str, Any] = {}
    for name, value in row.cells(without=LessonRow.KEY).items():
        if value is None and name != "minutes":
            source = before or (track if track and name in OF_TRACK else usual)
            told[name] = getattr(source, name)
    if row.prerequisites is not None:
        told["prerequisites"] = frozenset(
            whole_key(path, row.program, named) or path for path in row.prerequisites
        )
    return replace(row, **told)


def whole_key(path: Key, program: str, named: Mapping[tuple[str, str], set[Key]]) -> Key | None:
    """Return the lesson that a name means; None where there is none, or several."""
    found = named.get((program, path[-1]), set())
    if len(path) == 3:
        return path if path in found else None
    return next(iter(found)) if len(found) == 1 else None
