"""The library as curriculum.csv: one line for each lesson that is taught or was."""

from __future__ import annotations

from curriculum.files.cells import guarded, lines_of, path_cell
from curriculum.files.entry import Entry, Key
from curriculum.files.stored import lessons_of
from programs.models import Program
from programs.table_file import csv_of

COLUMNS = (
    "program",
    "track",
    "module",
    "lesson",
    "minutes",
    "required",
    "position",
    "subject",
    "source",
    "objectives",
    "guide",
    "skills",
    "homework",
    "checklist",
    "prerequisites",
    "retired",
)


def curriculum_csv(program: Program) -> bytes:
    """Return the program's library as a file; a lesson that is only a draft is not in it."""
    stored = lessons_of(program).values()
    published = [each.entry for each in stored if each.is_published]
    places = {entry.key: place for place, entry in enumerate(published)}
    return csv_of(COLUMNS, (_line(program.code, entry, places) for entry in published))


def _line(code: str, entry: Entry, places: dict[Key, int]) -> list[str | int]:
    needed = sorted((key for key in entry.prerequisites if key in places), key=places.__getitem__)
    texts = (
        entry.subject,
        entry.source,
        entry.objectives,
        entry.guide,
        lines_of(entry.skills),
        entry.homework,
        lines_of(entry.checklist),
        path_cell(needed),
        _yes(entry.is_retired),
    )
    minutes = "" if entry.minutes is None else entry.minutes
    names = (guarded(name) for name in entry.key)
    plain = [minutes, _yes(entry.is_core), entry.position]
    return [code, *names, *plain, *(guarded(text) for text in texts)]


def _yes(is_so: bool) -> str:
    return "yes" if is_so else "no"
