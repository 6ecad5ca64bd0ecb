"""Reads clinic.toml: the clinic, its sites, rooms, staff, programs with their rules, closures."""

from __future__ import annotations

import tomllib
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from attendance.clinic_folder import tables
from attendance.clinic_folder.cells import Cell, Wrong
from attendance.clinic_folder.folder import Folder, wrong_cell
from attendance.clinic_folder.problems import CLINIC_FILE, Place, Problem
from attendance.clinic_folder.tables import Table
from attendance.clinic_folder.text_files import Unreadable, read_text

LISTED = (tables.SITES, tables.ROOMS, tables.STAFF, tables.PROGRAMS, tables.CLOSURES)
ALL = (tables.CLINIC, *LISTED, tables.RULES)


def read_clinic_toml(path: Path, folder: Folder) -> int:
    """Read the file into the folder and return how many tables it has."""
    try:
        content = tomllib.loads(read_text(path))
        # Numbers too long to be written out, and tables nested without end, are found here.
        str(content)
    except Unreadable as unreadable:
        return give_up(folder, unreadable.problem)
    except (tomllib.TOMLDecodeError, ValueError, RecursionError) as error:
        words = _("This is not TOML: %(reason)s.") % {"reason": error}
        return give_up(folder, Problem(Place(CLINIC_FILE), "", "", words))
    return _Reader(folder).read(content)


def give_up(folder: Folder, problem: Problem) -> int:
    """Note why the file cannot be read at all; what it may name is then not held unknown."""
    folder.problems.append(problem)
    for table in ALL:
        folder.sheet(table).is_whole = False
    return 0


class _Reader:
    """Walks the file's tables in order; `number` counts them, for the order of the report."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        self.number = 0

    def read(self, content: dict[str, Any]) -> int:
        known = ["clinic", *(table.name for table in LISTED)]
        for name in content:
            if name not in known:
                words = _("one of the tables %(names)s") % {"names": ", ".join(known)}
                self._problem(Place(CLINIC_FILE, table=f"[{name}]"), "", "", words)
        self._read_clinic(content.get("clinic"))
        for table in LISTED:
            for entry in self._entries(content, table, f"[[{table.name}]]"):
                self._read_entry(table, entry)
        return self.number

    def _read_clinic(self, entry: Any) -> None:
        place = self._place("[clinic]")
        if isinstance(entry, dict):
            self._put(tables.CLINIC, place, entry)
        else:
            self._problem(place, "name", "", _("a [clinic] table with the clinic's name"))

    def _read_entry(self, table: Table, entry: dict[str, Any]) -> None:
        if table is not tables.PROGRAMS:
            self._put(table, self._place(f"[[{table.name}]]", *self._label(table, entry)), entry)
            return
        own = {key: value for key, value in entry.items() if key != "rules"}
        code = entry.get("code", "")
        label = self._label(table, own)
        self._put(table, self._place("[[programs]]", *label), own)
        for rule in self._entries(entry, tables.RULES, f"[[programs.rules]] {' '.join(label)}"):
            given = rule.get("effective_from", "")
            place = self._place("[[programs.rules]]", *label, str(given))
            self._put(tables.RULES, place, rule, program=code if isinstance(code, str) else "")

    def _entries(self, content: dict[str, Any], table: Table, label: str) -> list[dict[str, Any]]:
        found = content.get(table.name, [])
        if isinstance(found, list) and all(isinstance(entry, dict) for entry in found):
            return found
        self._problem(self._place(label), "", "", _("tables, each under its own [[…]]"))
        self.folder.sheet(table).is_whole = False
        return []

    def _label(self, table: Table, entry: dict[str, Any]) -> list[str]:
        """Return the words that tell this table from its neighbours."""
        return [f'"{entry[name]}"' for name in table.row.KEY if entry.get(name)]

    def _place(self, *words: str) -> Place:
        self.number += 1
        return Place(CLINIC_FILE, self.number, " ".join(words))

    def _problem(self, place: Place, key: str, value: str, words: str) -> None:
        self.folder.problems.append(Problem(place, key, value, words))

    def _put(self, table: Table, place: Place, entry: dict[str, Any], **given: Any) -> None:
        found: dict[str, Any] = dict(given)
        wrong: list[Problem] = []
        for key, value in entry.items():
            if key not in table.names:
                words = _("one of the keys %(names)s") % {"names": ", ".join(table.names)}
                wrong.append(Problem(place, key, _shown(value), words))
        for column in table.columns:
            value = entry.get(column.name)
            try:
                if value in (None, "") and column.is_required:
                    raise Wrong(_("this key is required"))
                is_blank = value is None or value == ""
                found[column.name] = column.blank if is_blank else _read(column.cell, value)
            except Wrong as problem:
                wrong.append(wrong_cell(place, column.name, _shown(value), problem))
        self.folder.put(table, place, found, wrong)


def _read(cell: Cell, value: Any) -> Any:
    """Return the cell's value from TOML's: of the right type first, then as in a spreadsheet."""
    is_right = isinstance(value, cell.toml) and not isinstance(value, (bool, datetime))
    if not is_right:
        raise Wrong(_type_words(cell.toml))
    return cell.read(value if isinstance(value, (dict, list)) else str(value))


def _type_words(toml: type | tuple[type, ...]) -> str:
    if toml is int:
        return _("a whole number, without quotes")
    if toml is dict:
        return _('an inline table, such as { adult = "clinician" }')
    if toml is list:
        return _('a list, such as ["process", "skills"]')
    return _("text in quotes") if toml is str else _("a date, as YYYY-MM-DD")


def _shown(value: Any) -> str:
    """Return a TOML value as the problem shows it."""
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)
