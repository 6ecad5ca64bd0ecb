"""What a clinic folder has in it, as the importer reads it: for people, and as an empty folder."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from zipfile import ZIP_DEFLATED, ZipFile

from django.utils.translation import gettext as _

from attendance.clinic_folder import tables
from attendance.clinic_folder.clinic_toml import LISTED
from attendance.clinic_folder.problems import CLINIC_FILE
from attendance.clinic_folder.reading import SPREADSHEETS
from attendance.clinic_folder.tables import Column, Table

BLANKS: dict[type | tuple[type, ...], str] = {int: "0", dict: "{}", list: "[]"}


@dataclass(frozen=True)
class ExpectedTable:
    """A file, or a table of clinic.toml; its columns, and those of them that may be blank."""

    name: str
    required: tuple[str, ...]
    optional: tuple[str, ...]


def expected_tables() -> list[ExpectedTable]:
    """Return every table of a clinic folder, in the order in which it is read."""
    return [
        *(_expected(label, table) for label, table in _toml_tables()),
        *(_expected(table.file, table) for table in SPREADSHEETS),
    ]


def _toml_tables() -> Iterator[tuple[str, Table]]:
    yield "[clinic]", tables.CLINIC
    for table in LISTED:
        yield f"[[{table.name}]]", table
        if table is tables.PROGRAMS:
            yield "[[programs.rules]]", tables.RULES


def _expected(label: str, table: Table) -> ExpectedTable:
    return ExpectedTable(
        name=label if table in SPREADSHEETS else f"{CLINIC_FILE} {label}",
        required=tuple(each.name for each in table.columns if each.is_required),
        optional=tuple(each.name for each in table.columns if not each.is_required),
    )


def empty_folder() -> bytes:
    """Return a zip of a clinic folder with nothing but the names of its columns."""
    packed = io.BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        archive.writestr(CLINIC_FILE, "\n".join(_toml_lines()))
        for table in SPREADSHEETS:
            archive.writestr(table.file, ",".join(table.names) + "\r\n")
    return packed.getvalue()


def _toml_lines() -> Iterator[str]:
    yield f"# {_('Take the # away where you fill a line in; repeat a [[table]] for each one.')}"
    for label, table in _toml_tables():
        yield ""
        mark = "" if table is tables.CLINIC else "# "
        yield f"{mark}{label}"
        for column in table.columns:
            note = "" if column.is_required else f"  # {_('may be left out')}"
            yield f"{mark}{column.name} = {_blank(column)}{note}"


def _blank(column: Column) -> str:
    return BLANKS.get(column.cell.toml, '""')
