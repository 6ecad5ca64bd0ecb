"""Reads the stored clinic: sites, programs with their rules, closures, roles, groups, slots."""

from __future__ import annotations

from collections import defaultdict

from django.db.models import Value
from django.db.models.functions import Coalesce

from accounts.models import User
from attendance.clinic_folder import rows, tables
from attendance.clinic_folder.library import as_row
from attendance.clinic_folder.shelf import Shelf, shelve
from curriculum.files.stored import stored_lessons
from groups.models import MeetingPattern, PatternFacilitator, TherapyGroup
from programs.models import Clinic, Closure, HoursRule, Program, Room, Site, StaffAssignment


def load_names() -> Shelf[rows.ClinicRow]:
    return shelve(rows.ClinicRow, Clinic.objects, name="name")


def load_rooms() -> Shelf[rows.RoomRow]:
    return shelve(rows.RoomRow, Room.objects, site="site__code", name="name", capacity="capacity")


def load_staff() -> Shelf[rows.StaffRow]:
    return shelve(rows.StaffRow, User.objects, email="email", name="name", credential="credential")


def load_sites() -> Shelf[rows.SiteRow]:
    return shelve(
        rows.SiteRow,
        Site.objects,
        code="code",
        name="name",
        timezone="timezone",
        reminder_sender="reminder_sender",
        callback_phone="callback_phone",
    )


def load_programs() -> Shelf[rows.ProgramRow]:
    return shelve(
        rows.ProgramRow,
        Program.objects,
        code="code",
        name="name",
        site="site__code",
        level_of_care="level_of_care",
        population="population",
        track="track",
        week_starts_on="week_starts_on",
        seats="seats",
    )


def load_rules() -> Shelf[rows.RuleRow]:
    own = [column.name for column in tables.RULES.columns]
    return shelve(
        rows.RuleRow, HoursRule.objects, program="program__code", **dict(zip(own, own, strict=True))
    )


def load_closures() -> Shelf[rows.ClosureRow]:
    return shelve(
        rows.ClosureRow,
        Closure.objects.in_force().annotate(program_code=Coalesce("program__code", Value(""))),
        site="site__code",
        program="program_code",
        first_on="first_on",
        last_on="last_on",
        reason="reason",
    )


def load_groups() -> Shelf[rows.GroupRow]:
    return shelve(
        rows.GroupRow,
        TherapyGroup.objects,
        program="program__code",
        group="name",
        kind="kind",
        format="format",
        capacity="capacity",
    )


def load_curriculum() -> Shelf[rows.LessonRow]:
    """Return the lessons with the words that are taught now."""
    codes = dict(Program.objects.values_list("pk", "code"))
    shelf: Shelf[rows.LessonRow] = Shelf()
    for program, lessons in stored_lessons(codes).items():
        for each in lessons.values():
            shelf.put(as_row(each.entry, codes[program]), each.lesson)
    return shelf


def load_schedule() -> Shelf[rows.SlotRow]:
    """Return the weekly slots with those who lead them now."""
    leaders: dict[int, set[str]] = defaultdict(set)
    for led, email in PatternFacilitator.objects.filter(is_former=False).values_list(
        "pattern_id", "user__email"
    ):
        leaders[led].add(email)
    shelf: Shelf[rows.SlotRow] = Shelf()
    for pattern in MeetingPattern.objects.in_force().select_related("group", "room"):
        slot = rows.SlotRow(
            group=pattern.group.name,
            weekday=pattern.weekday,
            starts=pattern.starts,
            ends=pattern.ends,
            breaks=tuple(sorted((start, end) for start, end in pattern.breaks)),
            room=pattern.room.name if pattern.room else "",
            facilitators=frozenset(leaders[pattern.pk]),
            first_on=pattern.first_on,
            last_on=pattern.last_on,
            every_weeks=pattern.every_weeks,
        )
        shelf.put(slot, pattern.pk)
    return shelf


def load_roles() -> dict[tuple[str, str], dict[str, int]]:
    """Return the roles in force: (email, program's code) to role to the assignment's id."""
    found: dict[tuple[str, str], dict[str, int]] = {}
    for pk, email, program, role in StaffAssignment.objects.current().values_list(
        "pk", "user__email", "program__code", "role"
    ):
        found.setdefault((email, program), {})[role] = pk
    return found
