"""Writes groups, their weekly slots and their sessions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import models

from attendance.clinic_folder import rows
from attendance.clinic_folder.calendar import Calendar
from attendance.clinic_folder.rows import Key
from attendance.clinic_folder.sessions import Session
from attendance.clinic_folder.writing import BATCH, Writing
from groups.actions import generate_sessions
from groups.models import (
    Facilitation,
    GroupSession,
    MeetingPattern,
    PatternFacilitator,
    SessionStatus,
    TherapyGroup,
)

Change = tuple[Session, Session]


def write_calendar(writing: Writing, calendar: Calendar, until: date) -> None:
    """Write groups.csv and schedule.csv, let sessions follow, and add the sessions to `until`."""
    stored = writing.after.stored
    writing.file = "groups.csv"
    groups = writing.after.folder.groups.rows
    programs = stored.programs.ids

    def group(row: rows.GroupRow) -> dict:
        return {
            "program_id": programs[row.program,],
            "name": row.group,
            "kind": row.kind,
            "format": row.format,
            "capacity": row.capacity,
        }

    writing.save("groups", TherapyGroup, groups, stored.groups, group)
    writing.file = "schedule.csv"
    _write_slots(writing)
    changes = calendar.changes
    _change_sessions(writing, changes)
    made = generate_sessions(now=writing.now, by=writing.by, until=until, close_past=True)
    left = len(calendar.before) - len(changes)
    writing.counts.add("sessions", created=made.created, updated=len(changes), unchanged=left)


def _write_slots(writing: Writing) -> None:
    stored = writing.after.stored

    def slot(row: rows.SlotRow) -> dict:
        return {
            "group_id": stored.groups.ids[row.group,],
            "weekday": row.weekday,
            "starts": row.starts,
            "ends": row.ends,
            "breaks": [list(each) for each in row.breaks],
            "room_id": _room_id(writing, _room_of(writing, row)),
            "first_on": row.first_on,
            "last_on": row.last_on,
            "every_weeks": row.every_weeks,
        }

    named = writing.after.folder.schedule.rows
    new, changed = writing.save("schedule", MeetingPattern, named, stored.schedule, slot)
    wanted = {stored.schedule.ids[row.key]: row.facilitators for row in [*new, *changed]}
    _lead(writing, PatternFacilitator, "pattern_id", wanted)


def _room_of(writing: Writing, row: rows.SlotRow) -> tuple[str, str] | None:
    program = writing.after.program_of(row.group)
    return (program.site, row.room) if row.room and program else None


def _room_id(writing: Writing, room: tuple[str, str] | None) -> int | None:
    return writing.after.stored.rooms.ids[room] if room else None


def _lead(
    writing: Writing, model: type[models.Model], owner: str, wanted: dict[int, frozenset[str]]
) -> None:
    """Let exactly these people lead; who led before is kept as former, nothing is deleted.

    `wanted` is by the id of what they lead, which `owner` names in the model.
    """
    if not wanted:
        return
    staff, manager = writing.after.stored.staff.ids, model._default_manager
    held = manager.filter(**{f"{owner}__in": list(wanted)})
    there = {(led, user): pk for pk, led, user in held.values_list("pk", owner, "user_id")}
    named = {(pk, staff[email,]) for pk, emails in wanted.items() for email in emails}
    for is_former, keys in ((True, there.keys() - named), (False, there.keys() & named)):
        ids = [there[key] for key in keys]
        manager.filter(pk__in=ids, is_former=not is_former).update(is_former=is_former)
    manager.bulk_create(
        [model(**{owner: pk, "user_id": user}) for pk, user in sorted(named - there.keys())],
        batch_size=BATCH,
    )


def _change_sessions(writing: Writing, changes: list[Change]) -> None:
    """Change sessions on record: first give rooms and people up, then take them.

    Two lines that swap their rooms would otherwise stand in each other's way for a moment.
    """
    _update(writing, [after for _before, after in changes if after.is_cancelled])
    held = [change for change in changes if not change[1].is_cancelled]
    moved = [after for before, after in held if before.room and before.room != after.room]
    _give_up(writing, held, moved)
    _update(writing, [after for _before, after in held])
    led = [after for before, after in changes if before.facilitators != after.facilitators]
    _lead(writing, Facilitation, "session_id", {_pk(each): each.facilitators for each in led})


def _give_up(writing: Writing, held: list[Change], moved: Iterable[Session]) -> None:
    staff = writing.after.stored.staff.ids
    GroupSession.objects.filter(pk__in=[_pk(session) for session in moved]).update(room=None)
    for before, after in held:
        gone = [staff[email,] for email in before.facilitators - after.facilitators]
        if gone:
            leaving = Facilitation.objects.filter(session_id=_pk(after), user_id__in=gone)
            leaving.update(is_former=True)


def _update(writing: Writing, sessions: list[Session]) -> None:
    stored = writing.after.stored
    changed = [
        GroupSession(
            pk=_pk(session),
            pattern_id=stored.schedule.ids[session.slot] if session.slot else None,
            slot_on=session.slot_on,
            ends_at=session.ends_at,
            breaks=session.breaks,
            room_id=_room_id(writing, session.room),
            status=SessionStatus.CANCELLED if session.is_cancelled else SessionStatus.SCHEDULED,
            cancelled_for_id=_closure_id(writing, session.closure),
        )
        for session in sessions
    ]
    fields = ["pattern", "slot_on", "ends_at", "breaks", "room", "status", "cancelled_for"]
    GroupSession.objects.bulk_update(changed, fields, batch_size=BATCH)


def _closure_id(writing: Writing, closure: Key | None) -> int | None:
    return writing.after.stored.closures.ids[closure] if closure else None


def _pk(session: Session) -> int:
    """Return the id of a session on record: only such change."""
    if session.record is None:
        raise LookupError(f"{session.group} on {session.held_on} is not on record")
    return session.record.pk
