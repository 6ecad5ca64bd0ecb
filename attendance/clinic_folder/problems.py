"""What is wrong with a clinic folder, and where. Each line of the report is one problem."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

CLINIC_FILE = "clinic.toml"
FILES = (
    CLINIC_FILE,
    "participants.csv",
    "enrollments.csv",
    "leaves.csv",
    "groups.csv",
    "schedule.csv",
    "memberships.csv",
    "attendance.csv",
    "curriculum.csv",
    "lessons.csv",
)
MOST_SHOWN = 1000
LONGEST_VALUE = 80


@dataclass(frozen=True)
class Place:
    """A row's place: its file and first line, or in clinic.toml the table and its number."""

    file: str
    line: int = 0
    table: str = ""

    def __str__(self) -> str:
        if self.table:
            return f"{self.file} {self.table}"
        return _("%(file)s line %(line)d") % vars(self) if self.line else self.file

    @property
    def order(self) -> tuple[int, int]:
        """Where this stands in the report: by file as documented, then by line."""
        return (FILES.index(self.file) if self.file in FILES else -1, self.line)


# Rows that earlier imports, or people at their desks, have put into the database.
ALREADY = Place("")


@dataclass(frozen=True)
class Problem:
    """One thing to correct: where it stands, what stands there, and what would be right."""

    place: Place
    column: str
    value: str
    words: str

    def __str__(self) -> str:
        where = f"{self.place}, {self.column}" if self.column else str(self.place)
        return f"{where} {self._shown}: {self.words}" if self.column else f"{where}: {self.words}"

    @property
    def _shown(self) -> str:
        if not self.value:
            return _("(blank)")
        # A pasted page of text, or a bell character, has no place on somebody's terminal.
        plain = "".join(sign if sign.isprintable() else " " for sign in self.value)
        return f'"{plain[:LONGEST_VALUE]}…"' if len(plain) > LONGEST_VALUE else f'"{plain}"'


class FolderRefused(Exception):
    """The folder was not imported and nothing was changed; `problems` says why, in order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = in_order(problems)
        super().__init__("\n".join(report(self.problems)))


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems by file and line, each once."""
    return sorted(dict.fromkeys(problems), key=lambda problem: problem.place.order)


def report(problems: list[Problem]) -> list[str]:
    """Return the lines to show: the first thousand problems and a count of the rest."""
    lines = [str(problem) for problem in problems[:MOST_SHOWN]]
    rest = len(problems) - MOST_SHOWN
    if rest > 0:
        lines.append(
            ngettext("and %(rest)d more problem", "and %(rest)d more problems", rest)
            % {"rest": rest}
        )
    return lines
