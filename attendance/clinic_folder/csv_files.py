"""Reads the folder's spreadsheets line by line: from text to rows, and words for what is wrong."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from django.utils.translation import gettext as _

from attendance.clinic_folder.cells import Wrong
from attendance.clinic_folder.folder import Folder, wrong_cell
from attendance.clinic_folder.problems import Place, Problem
from attendance.clinic_folder.tables import Table
from attendance.clinic_folder.text_files import Unreadable, check_text

# No line of a clinic's spreadsheet comes near; without a limit one could fill the memory.
LONGEST_LINE = 100_000


class _Lines:
    """The lines of a file as the CSV reader asks for them; `taken` are this record's characters."""

    def __init__(self, text: TextIO, file: str) -> None:
        self.text, self.file = text, file
        self.number = self.taken = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self.text.readline(LONGEST_LINE + 1)
        if not line:
            raise StopIteration
        self.number += 1
        self.taken += len(line)
        if self.taken > LONGEST_LINE:
            words = _("A line of at most %(longest)d characters. Is there a quote left open?")
            raise Unreadable(Place(self.file, self.number), words % {"longest": LONGEST_LINE})
        return line


def read_csv(path: Path, table: Table, folder: Folder) -> int:
    """Read one file into the folder and return how many lines it has."""
    lines = 0
    try:
        check_text(path)
        with path.open(encoding="utf-8-sig", newline="") as text:
            records = _records(_Lines(text, path.name))
            names = [name.strip() for name in next(records, (1, []))[1]]
            _check_header(names, table, folder)
            for line, values in records:
                lines += 1
                _read_line(Place(path.name, line), names, values, table, folder)
    except Unreadable as unreadable:
        folder.problems.append(unreadable.problem)
        folder.sheet(table).is_whole = False
    return lines


def _records(lines: _Lines) -> Iterator[tuple[int, list[str]]]:
    """Yield each line that is not blank, with the number its first cell stands on."""
    reader = csv.reader(lines, strict=True)
    while True:
        line, lines.taken = reader.line_num + 1, 0
        try:
            values = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            words = _("A quoted cell does not end as it should (%(reason)s). Close its quotes.")
            raise Unreadable(Place(lines.file, line), words % {"reason": error}) from None
        if any(value.strip() for value in values):
            yield line, values


def _check_header(names: list[str], table: Table, folder: Folder) -> None:
    """Note what is wrong with the names of the columns."""
    place = Place(table.file, 1)
    if not names:
        words = _("The first line names the columns %(names)s.")
        raise Unreadable(place, words % {"names": ", ".join(table.names)})
    allowed = _("one of the columns %(names)s") % {"names": ", ".join(table.names)}
    before: set[str] = set()
    for name in names:
        if name not in table.names:
            folder.problems.append(Problem(place, name, name, allowed))
        elif name in before:
            folder.problems.append(Problem(place, name, name, _("one column of this name")))
        before.add(name)
    for column in table.columns:
        if column.is_required and column.name not in names:
            words = _("this column, which is missing from the first line")
            folder.problems.append(Problem(place, column.name, "", words))


def _read_line(
    place: Place, names: list[str], values: list[str], table: Table, folder: Folder
) -> None:
    if len(values) != len(names):
        words = _("%(wanted)d cells, as the first line has; this line has %(found)d")
        counts = {"wanted": len(names), "found": len(values)}
        wrong = [Problem(place, "", "", words % counts)]
        folder.put(table, place, {}, wrong)
    else:
        folder.put(table, place, *_read_cells(place, dict(zip(names, values, strict=True)), table))


def _read_cells(
    place: Place, written: dict[str, str], table: Table
) -> tuple[dict[str, Any], list[Problem]]:
    """Return the cells that could be read, and the problems of the others.

    A required column that the file does not have is one problem, told at the first line.
    """
    found: dict[str, Any] = {}
    wrong: list[Problem] = []
    for column in table.columns:
        value = written.get(column.name, "")
        value = value if column.is_exact else value.strip()
        try:
            if column.name not in written and not column.is_required:
                found[column.name] = column.missing
            elif value or not column.is_required:
                found[column.name] = column.cell.read(value) if value else column.blank
            elif column.name in written:
                raise Wrong(_("this may not be blank"))
        except Wrong as problem:
            wrong.append(wrong_cell(place, column.name, value, problem))
    return found, wrong
