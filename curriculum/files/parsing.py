"""Reads a curriculum.csv: its lines as entries, and all that is wrong, by line and column."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from curriculum.files.cells import Path, paths_of, unguarded, values_of
from curriculum.files.entry import Entry, Key
from curriculum.files.written import COLUMNS
from curriculum.models import Lesson, LessonVersion, Module, Subject, Track

NEEDED = ("program", "track", "module", "lesson")
LARGEST = 5_000_000  # bytes
MOST_LINES = 5_000
SMALL_NUMBER = 32_767  # what the database's column holds
SHOWN = 80  # characters of a wrong value


@dataclass(frozen=True)
class Problem:
    """One thing to correct; line 1 holds the names of the columns, line 0 is the whole file."""

    line: int
    column: str
    value: str
    words: str

    @property
    def shown(self) -> str:
        """The value as a page shows it."""
        plain = "".join(sign if sign.isprintable() else " " for sign in self.value)
        return f"{plain[:SHOWN]}…" if len(plain) > SHOWN else plain


@dataclass(frozen=True)
class Line:
    """A line that could be read: its number, its cells by column, those not given left out."""

    number: int
    cells: Mapping[str, Any]

    @property
    def key(self) -> Key:
        return (self.cells["track"], self.cells["module"], self.cells["lesson"])


@dataclass
class Parsed:
    """The lines of a file, and what is wrong with others."""

    lines: list[Line] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


class _Wrong(ValueError):
    """The cell does not hold what it should; the text says what would be right."""


def parse(content: bytes) -> Parsed:
    """Read the file; where the whole of it cannot be read, that is its only problem."""
    parsed = Parsed()
    try:
        names, *rows = _rows(content)
        parsed.problems += _wrong_names(names)
        if not parsed.problems:
            for number, values in rows:
                _read(parsed, number, names[1], values)
    except _Unreadable as unreadable:
        parsed.problems = [unreadable.problem]
    return parsed


class _Unreadable(Exception):
    def __init__(self, words: str, line: int = 0) -> None:
        super().__init__(words)
        self.problem = Problem(line, "", "", words)


Row = tuple[int, list[str]]


def _rows(content: bytes) -> list[Row]:
    """Return the lines with their numbers, blank ones left out; the first names the columns."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _Unreadable(_("This is not UTF-8. Save the file as CSV UTF-8."), line) from None
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        raise _Unreadable(_("This is no text. Save the file as CSV UTF-8."), line)
    rows: list[Row] = []
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    begins = 1
    try:
        for values in reader:
            if any(value.strip() for value in values):
                rows.append((begins, values))
            begins = reader.line_num + 1
    except csv.Error:
        words = _("A quoted cell does not end as it should. Close its quotes.")
        raise _Unreadable(words, begins) from None
    _check_count(rows)
    return rows


def _check_count(rows: list[Row]) -> None:
    if len(rows) < 2:
        raise _Unreadable(_("There are no lessons in this file. The first line names the columns."))
    if len(rows) > MOST_LINES:
        words = _("A library has at most %(most)d lines.") % {"most": MOST_LINES}
        raise _Unreadable(words, rows[MOST_LINES][0])


def _wrong_names(row: Row) -> Iterator[Problem]:
    line, names = row[0], [name.strip() for name in row[1]]
    allowed = _("one of the columns %(names)s") % {"names": ", ".join(COLUMNS)}
    for place, name in enumerate(names):
        if name not in COLUMNS:
            yield Problem(line, name, name, allowed)
        elif name in names[:place]:
            yield Problem(line, name, name, _("one column of this name"))
    for name in NEEDED:
        if name not in names:
            yield Problem(line, name, "", _("this column, which is missing from the first line"))


def _read(parsed: Parsed, number: int, names: list[str], values: list[str]) -> None:
    if len(values) != len(names):
        words = _("%(wanted)d cells, as the first line has; this line has %(found)d")
        counts = {"wanted": len(names), "found": len(values)}
        parsed.problems.append(Problem(number, "", "", words % counts))
        return
    cells: dict[str, Any] = {}
    wrong = []
    for name, value in zip(names, values, strict=True):
        column = name.strip()
        try:
            cells[column] = _READERS[column](unguarded(value))
        except _Wrong as refused:
            wrong.append(Problem(number, column, value, str(refused)))
    parsed.problems += wrong
    if not wrong:
        parsed.lines.append(Line(number, cells))


def _limited(model: type[models.Model], name: str) -> int:
    return model._meta.get_field(name).max_length or 0  # type: ignore[union-attr]


def _short(text: str, longest: int) -> str:
    if len(text) > longest:
        raise _Wrong(_("at most %(longest)d characters") % {"longest": longest})
    return text


def _name(longest: int) -> Callable[[str], str]:
    def read(value: str) -> str:
        if not value.strip():
            raise _Wrong(_("this may not be blank"))
        return _short(value.strip(), longest)

    return read


def _number(least: int) -> Callable[[str], int]:
    def read(value: str) -> int:
        if not re.fullmatch(r"[0-9]{1,6}", value) or not least <= int(value) <= SMALL_NUMBER:
            raise _Wrong(
                _("a whole number from %(least)d to %(most)d")
                % {"least": least, "most": SMALL_NUMBER}
            )
        return int(value)

    return read


def _minutes(value: str) -> int | None:
    return _number(1)(value.strip()) if value.strip() else None


def _position(value: str) -> int:
    return _number(0)(value.strip() or "0")


def _yes_no(value: str) -> bool:
    if value.strip() not in ("", "yes", "no"):
        raise _Wrong(_("yes or no"))
    return value.strip() == "yes"


def _subject(value: str) -> str:
    if value.strip() not in ("", *Subject.values):
        raise _Wrong(_("one of %(words)s") % {"words": ", ".join(Subject.values)})
    return value.strip() or Subject.OWN.value


def _list(longest: int) -> Callable[[str], tuple[str, ...]]:
    return lambda value: tuple(_short(each, longest) for each in values_of(value))


def _paths(value: str) -> tuple[Path, ...]:
    found = paths_of(value)
    if any(len(path) not in (1, 3) or not all(path) for path in found):
        raise _Wrong(_("one lesson a line, as Track > Module > Lesson, or its name alone"))
    return found


def _of_version(name: str) -> int:
    base = LessonVersion._meta.get_field(name).base_field  # type: ignore[union-attr]
    return base.max_length or 0


_READERS: dict[str, Callable[[str], Any]] = {
    "program": str.strip,
    "track": _name(_limited(Track, "name")),
    "module": _name(_limited(Module, "name")),
    "lesson": _name(_limited(Lesson, "name")),
    "minutes": _minutes,
    "required": _yes_no,
    "position": _position,
    "subject": _subject,
    "source": lambda value: _short(value, _limited(Track, "source")),
    "objectives": str,
    "guide": str,
    "skills": _list(_of_version("skills")),
    "homework": str,
    "checklist": _list(_of_version("checklist")),
    "prerequisites": _paths,
    "retired": _yes_no,
}


def entry_of(line: Line, before: Entry | None, needs: frozenset[Key] | None) -> Entry:
    """Return the line's entry; columns that the file does not have say what was so before."""
    given = {
        "is_core" if name == "required" else "is_retired" if name == "retired" else name: value
        for name, value in line.cells.items()
        if name not in ("program", "prerequisites")
    }
    known = vars(before) if before else {}
    if needs is not None:
        given["prerequisites"] = needs
    return Entry(**{**known, **given})
