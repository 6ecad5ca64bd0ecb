r"""How a value stands in a cell of curriculum.csv and lessons.csv, and how it is read back exactly.

Several values stand one a line; inside a value a line break is written \n, a backslash \\, and a
blank value has a backslash in front. A lesson that another one needs is written
"Track > Module > Lesson", where > inside a name is \>. A text that a spreadsheet would take for a
formula has an apostrophe in front, which is taken off again when it is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from programs.table_file import FORMULAS

# A text that begins so, behind any apostrophes and spaces, is written with one more apostrophe.
_SIGNS = "".join(re.escape(sign) for sign in FORMULAS)
_GUARDED = re.compile(rf"'* *[{_SIGNS}]")
_WRITTEN = re.compile(rf"'+ *[{_SIGNS}]")
_BLANK = "\\"
_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\r": "\\r"}
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_BACK = {"n": "\n", "r": "\r"}
BETWEEN = " > "

Path = tuple[str, ...]


def guarded(text: str) -> str:
    """Return the text as no spreadsheet takes it for a formula."""
    return f"'{text}" if _GUARDED.match(text) else text


def unguarded(text: str) -> str:
    """Return the text that `guarded` was given."""
    return text[1:] if _WRITTEN.match(text) else text


def lines_of(values: Iterable[str]) -> str:
    """Return several values as one cell."""
    escaped = (_escape(value) for value in values)
    return "\n".join(each if each.strip() else f"{_BLANK}{each}" for each in escaped)


def values_of(cell: str) -> tuple[str, ...]:
    """Return the values that stand in a cell, one a line; blank lines are none."""
    return tuple(_value(line) for line in _lines(cell))


def path_cell(paths: Iterable[Path]) -> str:
    """Return lessons by track, module and name as one cell."""
    return "\n".join(
        BETWEEN.join(_escape(part).replace(">", "\\>") for part in path) for path in paths
    )


def paths_of(cell: str) -> tuple[Path, ...]:
    """Return the lessons that a cell names: by track, module and name, or by name alone."""
    return tuple(
        tuple(_unescape(part).strip() for part in line.split(BETWEEN)) for line in _lines(cell)
    )


def _lines(cell: str) -> list[str]:
    return [line for line in re.split(r"\r\n|\r|\n", cell) if line.strip()]


def _value(line: str) -> str:
    is_blank = line.startswith(_BLANK) and not line[1:].strip()
    return line[1:] if is_blank else _unescape(line)


def _escape(value: str) -> str:
    return "".join(_ESCAPES.get(sign, sign) for sign in value)


def _unescape(line: str) -> str:
    return _ESCAPED.sub(lambda found: _BACK.get(found[1], found[1]), line)
