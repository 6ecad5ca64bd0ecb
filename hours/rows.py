"""Weekly hours for machines: the contract's keys, in its order, as JSON, CSV or a table."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from hours.explanation import explanation
from hours.facts import ProgramWeek
from hours.weekly_hours import WeeklyHours

KEYS = (
    "chart_number",
    "admitted_on",
    "program",
    "week",
    "tag",
    "required",
    "offered",
    "attended",
    "unrecorded",
    "remaining",
    "possible",
    "slack",
    "makeup",
    "qualifying_days",
    "verdict",
    "flags",
)
Row = dict[str, Any]


class Out(Protocol):
    """Anything that text can be written to: a file, a response, a command's output."""

    def write(self, text: str, /) -> Any: ...


def as_row(row: WeeklyHours, facts: ProgramWeek) -> Row:
    """Return the contract's keys plus `explanation`, with dates and words as text."""
    values: Row = {key: getattr(row, key) for key in KEYS}
    return values | {
        "admitted_on": row.admitted_on.isoformat(),
        "week": row.week.isoformat(),
        "tag": str(row.tag),
        "verdict": str(row.verdict),
        "flags": [str(flag) for flag in row.flags],
        "explanation": explanation(row, facts).replace("\N{NO-BREAK SPACE}", " "),
    }


def write_json(rows: Iterable[Row], out: Out) -> None:
    """Write a list of objects."""
    out.write(json.dumps(list(rows), ensure_ascii=False, indent=1) + "\n")


def write_csv(rows: Iterable[Row], out: Out) -> None:
    """Write one line per row; flags are separated by spaces."""
    writer = csv.DictWriter(out, [*KEYS, "explanation"], lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({key: _cell(value) for key, value in row.items()})


def _cell(value: Any) -> Any:
    return " ".join(value) if isinstance(value, list) else value


def csv_rows(rows: Iterable[Row]) -> list[list[Any]]:
    """Return the cells of each row in the order of KEYS, the explanation last."""
    return [[_cell(row[key]) for key in (*KEYS, "explanation")] for row in rows]


def write_table(rows: Sequence[Row], out: Out) -> None:
    """Write the rows in columns for a terminal, the explanation under each."""
    cells = [[str(_cell(row[key])) for key in KEYS] for row in rows]
    widths = [max(map(len, column)) for column in zip(KEYS, *cells, strict=True)]
    out.write(_columns(KEYS, widths))
    for row, line in zip(rows, cells, strict=True):
        out.write(f"{_columns(line, widths)}    {row['explanation']}\n")


def _columns(cells: Sequence[str], widths: Sequence[int]) -> str:
    line = "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
    return f"{line.rstrip()}\n"
