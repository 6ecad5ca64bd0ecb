"""What a paper says, as plain values: a head for every page, then sections of facts and tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Fact:
    """A term and what is on record for it; a long text goes over as many pages as it takes."""

    term: str
    text: str


@dataclass(frozen=True)
class Column:
    """A column of a table: its heading, and its width in millimeters."""

    heading: str
    width: float


@dataclass(frozen=True)
class Table:
    """Rows of words under headings; in one to fill in by hand, empty cells have a line."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    is_to_fill_in: bool = False


@dataclass(frozen=True)
class Section:
    """A heading with what belongs under it: a table, facts, or why there is neither.

    `lines` are places for a signature by hand, each with what is to be written on it.
    """

    heading: str
    facts: tuple[Fact, ...] = ()
    table: Table | None = None
    empty: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Content:
    """A whole paper. `title` names nobody: it is also the file's.

    `loud` stands on every page where something is not signed or not held; `name` is the person's
    in whose chart the paper goes, blank on a paper about several.
    """

    title: str
    clinic: str
    program: str
    about: str
    name: str
    loud: str
    facts: tuple[Fact, ...]
    sections: tuple[Section, ...]
    made: str
    made_at: datetime
    notice: str
