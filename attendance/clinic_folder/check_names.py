"""What a line names must exist: in the folder, or in the database from an earlier import."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from django.utils.translation import gettext as _

from attendance.clinic_folder import tables
from attendance.clinic_folder.after import After
from attendance.clinic_folder.problems import Problem
from attendance.clinic_folder.rows import Key, Row, SlotRow
from attendance.clinic_folder.tables import Table

# Which column of which table names a row of which other table (by the first column of its key).
NAMES: tuple[tuple[Table, str, Table], ...] = (
    (tables.ROOMS, "site", tables.SITES),
    (tables.PROGRAMS, "site", tables.SITES),
    (tables.CLOSURES, "site", tables.SITES),
    (tables.CLOSURES, "program", tables.PROGRAMS),
    (tables.ENROLLMENTS, "chart_number", tables.PARTICIPANTS),
    (tables.ENROLLMENTS, "program", tables.PROGRAMS),
    (tables.LEAVES, "chart_number", tables.PARTICIPANTS),
    (tables.GROUPS, "program", tables.PROGRAMS),
    (tables.SCHEDULE, "group", tables.GROUPS),
    (tables.MEMBERSHIPS, "group", tables.GROUPS),
    (tables.MEMBERSHIPS, "chart_number", tables.PARTICIPANTS),
    (tables.ATTENDANCE, "group", tables.GROUPS),
    (tables.ATTENDANCE, "chart_number", tables.PARTICIPANTS),
    (tables.CURRICULUM, "program", tables.PROGRAMS),
    (tables.LESSONS, "group", tables.GROUPS),
)
MOST_NAMED = 8
MOST_ROOMS = 40


def check_names(after: After) -> Iterator[Problem]:
    """Yield a problem for every name that nothing answers to."""
    for table, column, target in NAMES:
        known: Mapping[Key, Row] = getattr(after, target.name)
        for row in after.folder.sheet(table).readable(column):
            name = getattr(row, column)
            if name and (name,) not in known and not _may_be(after, target, name):
                yield row.problem(column, _wanted(after, target, known))
    yield from _check_roles(after)
    yield from _check_closures(after)
    for slot in after.folder.schedule.readable("facilitators"):
        yield from _check_facilitators(after, slot)
    for slot in after.folder.schedule.readable("room"):
        yield from _check_room(after, slot)


def _may_be(after: After, target: Table, name: str) -> bool:
    return after.folder.sheet(target).may_hold(**{target.row.KEY[0]: name})


def _wanted(after: After, target: Table, known: Mapping[Key, Row]) -> str:
    """Return what would be right, with the names there are where these are few."""
    if target is tables.PARTICIPANTS:
        return _("a chart number of participants.csv, or one imported earlier")
    few = list(
        islice((key[0] for key, row in known.items() if after.may_name(row)), MOST_NAMED + 1)
    )
    if not few or len(few) > MOST_NAMED:
        place = target.file if target is tables.GROUPS else f"clinic.toml [[{target.name}]]"
        return _("one that %(place)s names, or one imported earlier") % {"place": place}
    return _("one of %(words)s") % {"words": ", ".join(sorted(few))}


def _check_roles(after: After) -> Iterator[Problem]:
    for staff in after.folder.staff.readable("roles"):
        for program in staff.roles:
            known = after.programs
            if (program,) not in known and not _may_be(after, tables.PROGRAMS, program):
                words = _wanted(after, tables.PROGRAMS, known)
                yield staff.problem("roles", words, program)


def _check_closures(after: After) -> Iterator[Problem]:
    for closure in after.folder.closures.rows.values():
        program = after.programs.get((closure.program,))
        if program is not None and program.site != closure.site:
            words = _("a program of the site %(site)s; this one is at %(other)s")
            yield closure.problem("program", words % {"site": closure.site, "other": program.site})


def _check_facilitators(after: After, slot: SlotRow) -> Iterator[Problem]:
    for email in sorted(slot.facilitators):
        if (email,) not in after.staff and not _may_be(after, tables.STAFF, email):
            words = _("the email of someone in clinic.toml [[staff]], or imported earlier")
            yield slot.problem("facilitators", words, email)


def _check_room(after: After, slot: SlotRow) -> Iterator[Problem]:
    program = after.program_of(slot.group)
    if not slot.room or program is None or (program.site, slot.room) in after.rooms:
        return
    if not after.folder.rooms.may_hold(site=program.site, name=slot.room):
        rooms = after.rooms_at.get(program.site, [])
        yield slot.problem("room", _rooms_there_are(program.site, rooms[:MOST_ROOMS]))


def _rooms_there_are(site: str, rooms: Iterable[str]) -> str:
    return _("a room of the site %(site)s (%(rooms)s)") % {
        "site": site,
        "rooms": ", ".join(rooms) or _("it has none"),
    }
