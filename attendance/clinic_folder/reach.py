"""How far a folder reaches: nobody imports into a program they do not direct.

What every program of the clinic or of a site shares (its name, rooms, closed days) belongs to all
of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cached_property
from typing import TypeVar

from django.utils.translation import gettext as _

from attendance.clinic_folder import tables
from attendance.clinic_folder.after import After
from attendance.clinic_folder.folder import Folder, Sheet
from attendance.clinic_folder.problems import Problem
from attendance.clinic_folder.rows import Row
from attendance.clinic_folder.shelf import Shelf
from attendance.clinic_folder.stored import Stored

R = TypeVar("R", bound=Row)
NAMING_A_PROGRAM = (tables.ENROLLMENTS, tables.GROUPS, tables.CURRICULUM, tables.CLOSURES)
NAMING_A_GROUP = (
    tables.GROUPS,
    tables.SCHEDULE,
    tables.MEMBERSHIPS,
    tables.ATTENDANCE,
    tables.LESSONS,
)
NAMING_A_PERSON = (
    tables.PARTICIPANTS,
    tables.ENROLLMENTS,
    tables.LEAVES,
    tables.MEMBERSHIPS,
    tables.ATTENDANCE,
)


def programs_named(folder: Folder) -> set[str]:
    """Return the codes of the programs that clinic.toml names."""
    named = {row.code for row in folder.programs.readable("code")}
    named |= {row.program for row in folder.closures.readable("program") if row.program}
    return named.union(*(row.roles for row in folder.staff.readable("roles")))


def beyond_reach(after: After) -> Iterator[Problem]:
    """Yield a problem for each line about what belongs to a program that is not directed."""
    if after.directs is not None:
        reach = _Reach(after.stored, after.directs)
        yield from _named_by_toml(after.folder, reach)
        yield from _shared(after.folder, reach)
        yield from _named_by_csv(after.folder, reach)


class _Reach:
    """What of the clinic belongs to programs that are not directed."""

    def __init__(self, stored: Stored, directs: Collection[str]) -> None:
        self.stored, self.directs = stored, directs

    @cached_property
    def programs(self) -> set[str]:
        return {code for (code,) in self.stored.programs.rows if code not in self.directs}

    @cached_property
    def groups(self) -> set[str]:
        groups = self.stored.groups.rows.values()
        return {row.group for row in groups if row.program in self.programs}

    @cached_property
    def people(self) -> set[str]:
        """Those who are, or were, in other programs and in none of one's own."""
        known = {(chart, program) for chart, program, _on in self.stored.enrollments.rows}
        known |= self.stored.referred
        own = {chart for chart, program in known if program in self.directs}
        return {chart for chart, _program in known} - own

    @cached_property
    def sites(self) -> set[str]:
        programs = self.stored.programs.rows.values()
        return {row.site for row in programs if row.code in self.programs}

    @cached_property
    def staff(self) -> set[str]:
        return {email for email, program in self.stored.roles if program in self.programs}


def _named_by_toml(folder: Folder, reach: _Reach) -> Iterator[Problem]:
    words = _("a program that you direct, or a new one")
    for row in folder.programs.readable("code"):
        if row.code in reach.programs:
            yield row.problem("code", words)
    for rule in folder.rules.readable("program"):
        if rule.program in reach.programs:
            yield rule.problem("program", words)
    for staff in folder.staff.readable("roles"):
        for program in sorted(reach.programs.intersection(staff.roles)):
            yield staff.problem("roles", words, program)


def _shared(folder: Folder, reach: _Reach) -> Iterator[Problem]:
    """Yield a problem for what would change for programs that are not directed as well."""
    words = _("unchanged: this also holds for a program that you do not direct")
    stored = reach.stored
    if reach.programs:
        for clinic in _differing(folder.clinic, stored.clinic):
            yield clinic.problem("name", words)
    for site in _differing(folder.sites, stored.sites, code=reach.sites):
        yield site.problem("code", words)
    for room in _differing(folder.rooms, stored.rooms, site=reach.sites):
        yield room.problem("name", words)
    for closure in _differing(folder.closures, stored.closures, site=reach.sites, program={""}):
        yield closure.problem("site", words)
    for staff in _differing(folder.staff, stored.staff, email=reach.staff):
        yield staff.problem("email", words)


def _differing(sheet: Sheet[R], shelf: Shelf[R], **among: Collection[str]) -> Iterator[R]:
    """Yield the rows that are new or would change, and whose cells are among those named."""
    for key, row in sheet.rows.items():
        is_asked = all(getattr(row, name) in values for name, values in among.items())
        if is_asked and shelf.rows.get(key) != row:
            yield row


def _named_by_csv(folder: Folder, reach: _Reach) -> Iterator[Problem]:
    kinds = (
        ("program", NAMING_A_PROGRAM, reach.programs, _("a program that you direct")),
        ("group", NAMING_A_GROUP, reach.groups, _("a group of a program that you direct")),
        (
            "chart_number",
            NAMING_A_PERSON,
            reach.people,
            _("a participant of a program that you direct, or a chart number not in use"),
        ),
    )
    for column, named_in, beyond, words in kinds:
        for table in named_in if beyond else ():
            found = folder.sheet(table).readable(column)
            yield from (
                row.problem(column, words) for row in found if getattr(row, column) in beyond
            )
