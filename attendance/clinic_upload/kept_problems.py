"""What is wrong with an upload, as its row keeps it: the first thousand problems, encrypted."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from attendance.clinic_folder.problems import Place, Problem

LONGEST_WORDS = 500


@dataclass(frozen=True)
class KeptProblem:
    """A problem as the page shows it: `place` is a line, or a table of clinic.toml."""

    file: str
    place: str
    column: str
    value: str
    words: str

    @property
    def is_line(self) -> bool:
        return self.place.isdecimal()


def as_kept(problems: Iterable[Problem]) -> str:
    """Return the problems as the row keeps them."""
    kept = [
        {
            "file": each.place.file,
            "place": each.place.table or str(each.place.line or ""),
            "column": each.column,
            "value": each.shown if each.column else "",
            "words": each.words[:LONGEST_WORDS],
        }
        for each in problems
    ]
    return json.dumps(kept)


def from_kept(text: str) -> list[KeptProblem]:
    """Return the problems of a row; none where it keeps none."""
    return [KeptProblem(**each) for each in json.loads(text or "[]")]


def as_problem(words: str) -> Problem:
    """Return a problem with the folder as a whole."""
    return Problem(Place(""), "", "", words)
