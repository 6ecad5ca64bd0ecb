"""Reads the folder's spreadsheets: from bytes to rows, with words for whatever is in the way."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from attendance.clinic_folder.cells import Wrong
from attendance.clinic_folder.folder import Folder, wrong_cell
from attendance.clinic_folder.problems import Place, Problem
from attendance.clinic_folder.tables import Table


class Unreadable(Exception):
    """The file cannot be read (further); it holds the problem to show."""

    def __init__(self, place: Place, words: str, column: str = "", value: str = "") -> None:
        super().__init__(words)
        self.problem = Problem(place, column, value, words)


def read_text(path: Path) -> str:
    """Return the file's text. Raises Unreadable with the reason."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Unreadable(Place(path.name), _cannot_open(error)) from None
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable(Place(path.name), _("This is UTF-16. Save the file as UTF-8."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        wrong = _("This is not UTF-8 (byte %(byte)s). Save the file as UTF-8.")
        raise Unreadable(
            Place(path.name, line), wrong % {"byte": f"0x{content[error.start]:02X}"}
        ) from None
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        raise Unreadable(Place(path.name, line), _("There is a NUL character. Take it out."))
    return text


def _cannot_open(error: OSError) -> str:
    if isinstance(error, IsADirectoryError):
        return _("This is a folder. Put a file of that name here.")
    return _("The file cannot be opened: %(reason)s.") % {"reason": error.strerror or error}


def read_csv(path: Path, table: Table, folder: Folder) -> int:
    """Read one file into the folder and return how many lines it has."""
    lines = 0
    try:
        records = _records(read_text(path), path.name)
        names = _header(next(records, (1, []))[1], table, folder)
        for line, values in records:
            lines += 1
            _read_line(Place(path.name, line), names, values, table, folder)
    except Unreadable as unreadable:
        folder.problems.append(unreadable.problem)
        folder.sheet(table).is_whole = False
    return lines


def _records(text: str, file: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each line that is not blank, with the number its first cell stands on."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            values = [value.strip() for value in next(reader)]
        except StopIteration:
            return
        except csv.Error as error:
            words = _("A quoted cell does not end as it should (%(reason)s). Close its quotes.")
            raise Unreadable(Place(file, line), words % {"reason": error}) from None
        if any(values):
            yield line, values


def _header(names: list[str], table: Table, folder: Folder) -> list[str]:
    """Return the names of the columns as they stand in the file; note what is wrong with them."""
    place = Place(table.file, 1)
    if not names:
        words = _("The first line names the columns %(names)s.")
        raise Unreadable(place, words % {"names": ", ".join(table.names)})
    allowed = _("one of the columns %(names)s") % {"names": ", ".join(table.names)}
    for number, name in enumerate(names):
        if name not in table.names:
            folder.problems.append(Problem(place, name, name, allowed))
        elif name in names[:number]:
            folder.problems.append(Problem(place, name, name, _("one column of this name")))
    for column in table.columns:
        if column.is_required and column.name not in names:
            words = _("this column, which is missing from the first line")
            folder.problems.append(Problem(place, column.name, "", words))
    return names


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
        try:
            if value or not column.is_required:
                found[column.name] = column.cell.read(value) if value else column.blank
            elif column.name in written:
                raise Wrong(_("this may not be blank"))
        except Wrong as problem:
            wrong.append(wrong_cell(place, column.name, value, problem))
    return found, wrong
