"""The clinic as it would be after the import: stored rows, overlaid with those of the folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from attendance.clinic_folder import rows
from attendance.clinic_folder.folder import Folder, Sheet
from attendance.clinic_folder.library import filled_in
from attendance.clinic_folder.rows import Key, Row
from attendance.clinic_folder.shelf import Shelf
from attendance.clinic_folder.stored import Stored

R = TypeVar("R", bound=Row)


@dataclass
class After:
    """Every table by key, a line of the folder in the place of the stored row it changes."""

    folder: Folder
    stored: Stored
    # The programs whose facts may be told to who imports, by code; None: all of them.
    directs: frozenset[str] | None = None

    @cached_property
    def sites(self) -> Mapping[Key, rows.SiteRow]:
        return _overlay(self.stored.sites, self.folder.sites)

    @cached_property
    def rooms(self) -> Mapping[Key, rows.RoomRow]:
        return _overlay(self.stored.rooms, self.folder.rooms)

    @cached_property
    def staff(self) -> Mapping[Key, rows.StaffRow]:
        return _overlay(self.stored.staff, self.folder.staff)

    @cached_property
    def programs(self) -> Mapping[Key, rows.ProgramRow]:
        return _overlay(self.stored.programs, self.folder.programs)

    @cached_property
    def closures(self) -> Mapping[Key, rows.ClosureRow]:
        return _overlay(self.stored.closures, self.folder.closures)

    @cached_property
    def participants(self) -> Mapping[Key, rows.ParticipantRow]:
        return _overlay(self.stored.participants, self.folder.participants)

    @cached_property
    def enrollments(self) -> Mapping[Key, rows.EnrollmentRow]:
        return _overlay(self.stored.enrollments, self.folder.enrollments)

    @cached_property
    def leaves(self) -> Mapping[Key, rows.LeaveRow]:
        return _overlay(self.stored.leaves, self.folder.leaves)

    @cached_property
    def groups(self) -> Mapping[Key, rows.GroupRow]:
        return _overlay(self.stored.groups, self.folder.groups)

    @cached_property
    def schedule(self) -> Mapping[Key, rows.SlotRow]:
        return _overlay(self.stored.schedule, self.folder.schedule)

    @cached_property
    def lessons(self) -> Mapping[Key, rows.LessonRow]:
        return {**self.stored.curriculum.rows, **self.curriculum}

    @cached_property
    def curriculum(self) -> dict[Key, rows.LessonRow]:
        """The folder's lessons; what its columns do not say is as it was before."""
        return filled_in(self.folder.curriculum.rows, self.stored.curriculum.rows)

    @cached_property
    def last_attendance_on(self) -> date | None:
        """The last date the folder records attendance for."""
        return max((row.date for row in self.folder.attendance.rows.values()), default=None)

    def program_of(self, group: str) -> rows.ProgramRow | None:
        """The group's program; None where a mistake elsewhere leaves it open."""
        found = self.groups.get((group,))
        return self.programs.get((found.program,)) if found else None

    def zone_of(self, group: str) -> ZoneInfo | None:
        """The zone of the group's site; None where a mistake elsewhere leaves it open."""
        program = self.program_of(group)
        site = self.sites.get((program.site,)) if program else None
        return ZoneInfo(site.timezone) if site else None

    def zone_before(self, group: str) -> ZoneInfo | None:
        """The zone of the group's site in the database; None for a new group."""
        row = self.stored.groups.rows.get((group,))
        if row is None:
            return None
        program = self.stored.programs.rows[row.program,]
        return ZoneInfo(self.stored.sites.rows[program.site,].timezone)

    def closure_on(self, group: str, day: date) -> rows.ClosureRow | None:
        """The closure that keeps this group from meeting on the date, if any."""
        program = self.program_of(group)
        if program is None:
            return None
        return next(
            (
                closure
                for closure in self._closures_at.get(program.site, [])
                if closure.program in ("", program.code)
                and closure.first_on <= day <= closure.last_on
            ),
            None,
        )

    def may_name(self, row: Row) -> bool:
        """Whether who imports may be told of the program or group: not one they do not direct."""
        program = getattr(row, "program", None) or getattr(row, "code", None)
        is_own = self.directs is None or not row.is_stored or program in self.directs
        return is_own or not isinstance(row, rows.ProgramRow | rows.GroupRow)

    def group_name(self, group: str) -> str:
        """Return what to call the group where another line runs into it."""
        row = self.groups.get((group,))
        return group if row is None or self.may_name(row) else _("a group of another program")

    @cached_property
    def rooms_at(self) -> dict[str, list[str]]:
        """The names of each site's rooms, in order."""
        found: dict[str, list[str]] = {}
        for site, name in sorted(self.rooms):
            found.setdefault(site, []).append(name)
        return found

    @cached_property
    def slots_at(self) -> dict[Key, list[rows.SlotRow]]:
        """The lines of the schedule by group, weekday and start: one at a time may be in force."""
        found: dict[Key, list[rows.SlotRow]] = {}
        for slot in self.schedule.values():
            found.setdefault((slot.group, slot.weekday, slot.starts), []).append(slot)
        return found

    @cached_property
    def _closures_at(self) -> dict[str, list[rows.ClosureRow]]:
        found: dict[str, list[rows.ClosureRow]] = {}
        for closure in self.closures.values():
            found.setdefault(closure.site, []).append(closure)
        return found


def _overlay(shelf: Shelf[R], sheet: Sheet[R]) -> Mapping[Key, R]:
    return {**shelf.rows, **sheet.rows}


def later_first(one: R, other: R) -> tuple[R, R]:
    """Return the row to correct and the row it is in conflict with.

    What the folder says second is to correct; what the database holds is not for this folder to
    correct at all.
    """
    if one.is_stored or (not other.is_stored and other.place.order > one.place.order):
        return other, one
    return one, other


def overlaps(found: list[R], first: str, last: str) -> Iterator[tuple[R, R]]:
    """Yield pairs of rows that share a date between `first` and `last` (both included).

    Each row comes with the one before it that lasts longest, so three in a heap are two pairs.
    """
    longest: R | None = None
    for row in sorted(found, key=lambda row: (getattr(row, first), row.place.order)):
        end = getattr(longest, last) if longest is not None else None
        if longest is not None and (end is None or end >= getattr(row, first)):
            yield longest, row
        mine = getattr(row, last)
        if longest is None or (end is not None and (mine is None or mine > end)):
            longest = row
