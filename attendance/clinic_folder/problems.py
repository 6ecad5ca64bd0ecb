"""What is wrong with a clinic folder, and where. Each line of the report is one problem."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

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
LONGEST_COLUMN = 200


@dataclass(frozen=True, slots=True)
class Place:
    """A row's place: its file and first line, or in clinic.toml the table and its number."""

    file: str
    line: int = 0
    table: str = ""

    def __str__(self) -> str:
        if self.table:
            return f"{self.file} {self.table}"
        if not self.line:
            return self.file
        return _("%(file)s line %(line)d") % {"file": self.file, "line": self.line}

    @property
    def order(self) -> tuple[int, int]:
        """Where this stands in the report: by file as documented, then by line."""
        return (FILES.index(self.file) if self.file in FILES else -1, self.line)


# Rows that earlier imports, or people at their desks, have put into the database.
ALREADY = Place("")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to correct: where it stands, what stands there, and what would be right."""

    place: Place
    column: str
    value: str
    words: str

    def __str__(self) -> str:
        where = f"{self.place}, {self.column}" if self.column else str(self.place)
        return f"{where} {self.shown}: {self.words}" if self.column else f"{where}: {self.words}"

    @property
    def shortened(self) -> Problem:
        """The problem without what nobody is shown of its value."""
        value, column = self.value[: LONGEST_VALUE + 1], self.column[:LONGEST_COLUMN]
        if (value, column) == (self.value, self.column):
            return self
        return replace(self, value=value, column=column)

    @property
    def shown(self) -> str:
        if not self.value:
            return _("(blank)")
        # A pasted page of text, or a bell character, has no place on somebody's terminal.
        plain = "".join(sign if sign.isprintable() else " " for sign in self.value)
        return f'"{plain[:LONGEST_VALUE]}…"' if len(plain) > LONGEST_VALUE else f'"{plain}"'


class Problems:
    """What is wrong with a folder: the first thousand problems by file and line, and how many.

    However wrong a folder is, no more of it is kept. Of the problems that are kept each is there
    once; the count of the others trusts that nobody tells the same twice.
    """

    def __init__(self, found: Iterable[Problem] = ()) -> None:
        self.count = 0
        self._kept: dict[Problem, None] = {}
        self._last: tuple[int, int] | None = None
        self.extend(found)

    def append(self, problem: Problem) -> None:
        """Count the problem, and keep it where it is among the first."""
        if self._last is not None and problem.place.order >= self._last:
            self.count += 1
            return
        short = problem.shortened
        if short not in self._kept:
            self.count += 1
            self._kept[short] = None
        if len(self._kept) >= 2 * MOST_SHOWN:
            self._kept = dict.fromkeys(self)
            self._last = max(each.place.order for each in self._kept)

    def extend(self, found: Iterable[Problem]) -> None:
        """Take in others, which may be gathered already."""
        if isinstance(found, Problems):
            self.count += found.count - len(found._kept)
            found = found._kept
        for problem in found:
            self.append(problem)

    def __iter__(self) -> Iterator[Problem]:
        """Yield those that are shown, in order."""
        return iter(sorted(self._kept, key=lambda each: each.place.order)[:MOST_SHOWN])

    def __bool__(self) -> bool:
        return self.count > 0


class FolderRefused(Exception):
    """The folder was not imported and nothing was changed.

    `problems` are the first thousand of what is wrong, in order; `count` says how many there are.
    """

    def __init__(self, found: Iterable[Problem]) -> None:
        gathered = Problems(found)
        self.problems, self.count = list(gathered), gathered.count
        super().__init__("\n".join(report(self.problems, self.count)))


def report(problems: list[Problem], count: int) -> list[str]:
    """Return the lines to show: the first problems, and how many more there are."""
    lines = [str(problem) for problem in problems[:MOST_SHOWN]]
    rest = count - MOST_SHOWN
    if rest > 0:
        lines.append(
            ngettext("and %(rest)d more problem", "and %(rest)d more problems", rest)
            % {"rest": rest}
        )
    return lines
