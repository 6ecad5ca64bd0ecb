"""A clinic folder as read: its rows, and what is known of those that could not be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from typing import Any, Generic, TypeVar

from django.utils.translation import gettext as _

from attendance.clinic_folder import rows
from attendance.clinic_folder.cells import Wrong
from attendance.clinic_folder.problems import Place, Problem, Problems
from attendance.clinic_folder.rows import Key, Row, as_written
from attendance.clinic_folder.tables import Table

R = TypeVar("R", bound=Row)
UNREADABLE = object()


@dataclass
class Sheet(Generic[R]):
    """The rows of one table by key.

    A line with a mistake is not among `rows`; what could be read of it is kept in `broken`, so
    that one mistake is one problem and not also an unknown participant further down.
    """

    rows: dict[Key, R] = field(default_factory=dict)
    broken: list[tuple[frozenset[str], R]] = field(default_factory=list)
    places: dict[Key, Place] = field(default_factory=dict)
    is_whole: bool = True
    _kept: dict[tuple[str, ...], tuple[int, set[Any]]] = field(default_factory=dict)
    _readable: dict[frozenset[str], frozenset[str]] = field(default_factory=dict)

    def add_broken(self, readable: frozenset[str], row: R) -> None:
        """Keep a line with a mistake. Thousands of them share few sets of readable columns."""
        self.broken.append((self._readable.setdefault(readable, readable), row))

    def may_hold(self, **cells: Any) -> bool:
        """Whether a line that could not be read may be the one with these cells."""
        if not self.is_whole:
            return True
        asked = product(*((value, UNREADABLE) for value in cells.values()))
        return not self._broken_by(tuple(cells)).isdisjoint(asked)

    def _broken_by(self, names: tuple[str, ...]) -> set[tuple[Any, ...]]:
        """Return these cells of the broken lines. Thousands of lines may ask: it is kept."""
        count, found = self._kept.get(names, (-1, set()))
        if count != len(self.broken):
            found = {
                tuple(getattr(row, name) if name in readable else UNREADABLE for name in names)
                for readable, row in self.broken
            }
            self._kept[names] = (len(self.broken), found)
        return found

    def readable(self, column: str) -> Iterator[R]:
        """Yield the rows, those with mistakes too where this column could be read."""
        yield from self.rows.values()
        yield from (row for readable, row in self.broken if column in readable)


@dataclass
class Folder:
    """What a clinic's folder says, table by table."""

    clinic: Sheet[rows.ClinicRow] = field(default_factory=Sheet)
    sites: Sheet[rows.SiteRow] = field(default_factory=Sheet)
    rooms: Sheet[rows.RoomRow] = field(default_factory=Sheet)
    staff: Sheet[rows.StaffRow] = field(default_factory=Sheet)
    programs: Sheet[rows.ProgramRow] = field(default_factory=Sheet)
    rules: Sheet[rows.RuleRow] = field(default_factory=Sheet)
    closures: Sheet[rows.ClosureRow] = field(default_factory=Sheet)
    participants: Sheet[rows.ParticipantRow] = field(default_factory=Sheet)
    enrollments: Sheet[rows.EnrollmentRow] = field(default_factory=Sheet)
    leaves: Sheet[rows.LeaveRow] = field(default_factory=Sheet)
    groups: Sheet[rows.GroupRow] = field(default_factory=Sheet)
    schedule: Sheet[rows.SlotRow] = field(default_factory=Sheet)
    memberships: Sheet[rows.MembershipRow] = field(default_factory=Sheet)
    attendance: Sheet[rows.AttendanceRow] = field(default_factory=Sheet)
    curriculum: Sheet[rows.LessonRow] = field(default_factory=Sheet)
    lessons: Sheet[rows.TaughtRow] = field(default_factory=Sheet)
    problems: Problems = field(default_factory=Problems)

    def sheet(self, table: Table) -> Sheet[Any]:
        return getattr(self, table.name)

    def put(self, table: Table, place: Place, found: dict[str, Any], wrong: list[Problem]) -> None:
        """Put a line into its sheet, or among the broken ones with its problems.

        `found` are the cells that could be read, `wrong` the problems of the others.
        """
        sheet = self.sheet(table)
        row = table.make_row(place, found)
        problems = list(wrong)
        for check in table.checks:
            if all(column in found for column in check.needs):
                problems.extend(check.find(row))
        if all(column in found for column in row.KEY):
            key = row.key
            problems.extend(_twice(row, sheet.places.setdefault(key, place)))
        if not problems and len(found) >= len(table.columns):
            sheet.rows[key] = row
        else:
            sheet.add_broken(frozenset(found), row)
        self.problems.extend(problems)


def _twice(row: Row, first: Place) -> Iterator[Problem]:
    if first is row.place:
        return
    key = ", ".join(row.KEY)
    words = _("a line of its own for each %(key)s; %(place)s is the same") % {
        "key": key,
        "place": first,
    }
    value = ", ".join(filter(None, (as_written(part) for part in row.key)))
    yield Problem(row.place, key, value, words)


def wrong_cell(place: Place, column: str, value: Any, wrong: Wrong) -> Problem:
    """Return the problem of a cell that its reader refused."""
    shown = as_written(value) if wrong.value is None else wrong.value
    return Problem(place, f"{column}.{wrong.key}" if wrong.key else column, shown, wrong.words)
