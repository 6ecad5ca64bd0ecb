"""Writes what clinic.toml says: the clinic, sites, rooms, programs, rules, staff, closures."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.hashers import make_password
from django.db.models import F, Value
from django.db.models.functions import Greatest

from accounts.models import User
from attendance.clinic_folder import rows
from attendance.clinic_folder.writing import Writing
from programs.models import Clinic, Closure, HoursRule, Program, Room, Site, StaffAssignment


def write_clinic(writing: Writing) -> None:
    """Write every table of clinic.toml."""
    folder, stored = writing.after.folder, writing.after.stored
    _write_name(writing)
    writing.save("sites", Site, folder.sites.rows, stored.sites, lambda row: row.cells())
    _write_rooms_and_programs(writing)
    _write_staff(writing)
    _write_roles(writing)
    _write_closures(writing)


def _write_rooms_and_programs(writing: Writing) -> None:
    folder, stored = writing.after.folder, writing.after.stored

    def at_site(row: rows.RoomRow | rows.ProgramRow) -> dict[str, Any]:
        return {**row.cells(without={"site"}), "site_id": stored.sites.ids[row.site,]}

    def rule(row: rows.RuleRow) -> dict[str, Any]:
        counts = list(row.counts) if row.counts is not None else None
        program = stored.programs.ids[row.program,]
        return {**row.cells(without={"program"}), "program_id": program, "counts": counts}

    writing.save("rooms", Room, folder.rooms.rows, stored.rooms, at_site)
    writing.save("programs", Program, folder.programs.rows, stored.programs, at_site)
    writing.save("rules", HoursRule, folder.rules.rows, stored.rules, rule)


def _write_closures(writing: Writing) -> None:
    folder, stored = writing.after.folder, writing.after.stored

    def closure(row: rows.ClosureRow) -> dict[str, Any]:
        return {
            **row.cells(without={"site", "program"}),
            "site_id": stored.sites.ids[row.site,],
            "program_id": stored.programs.ids[row.program,] if row.program else None,
        }

    writing.save("closures", Closure, folder.closures.rows, stored.closures, closure)


def _write_name(writing: Writing) -> None:
    """One installation is one clinic: the folder of another name renames it."""
    clinic = writing.after.stored.clinic
    named = writing.after.folder.clinic.rows
    writing.save("clinic", Clinic, named, clinic, lambda row: {"name": row.name})


def _write_staff(writing: Writing) -> None:
    """New people get an account that nobody can sign in to until they accept an invitation."""
    folder, stored = writing.after.folder, writing.after.stored

    def values(row: rows.StaffRow) -> dict[str, Any]:
        return {"email": row.email, "name": row.name, "credential": row.credential}

    new, _changed = writing.save("staff", User, folder.staff.rows, stored.staff, values)
    fresh = [User(pk=stored.staff.ids[row.key], password=make_password(None)) for row in new]
    User.objects.bulk_update(fresh, ["password"])


def _write_roles(writing: Writing) -> None:
    """Give each person the role named for each program; another one they had there ends."""
    stored = writing.after.stored
    fresh: list[StaffAssignment] = []
    over: list[int] = []
    for staff in writing.after.folder.staff.rows.values():
        for program, role in staff.roles.items():
            held = stored.roles.get((staff.email, program), {})
            over.extend(pk for each, pk in held.items() if each != role)
            if role not in held:
                fresh.append(
                    StaffAssignment(
                        user_id=stored.staff.ids[staff.key],
                        program_id=stored.programs.ids[program,],
                        role=role,
                        started_at=writing.now,
                    )
                )
            is_same = set(held) == {role}
            writing.counts.add(
                "roles", created=not held, updated=bool(held) and not is_same, unchanged=is_same
            )
    ended_at = Greatest(Value(writing.now), F("started_at"))
    StaffAssignment.objects.filter(pk__in=over).update(ended_at=ended_at)
    StaffAssignment.objects.bulk_create(fresh)
