"""Writes states as rows: records in one statement, and only the stretches that differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from attendance.models import AttendanceRecord, Presence
from attendance.sheet.people import Person
from attendance.sheet.states import State
from groups.models import GroupSession


@dataclass(frozen=True)
class Change:
    """A person's record, and what it becomes."""

    person: Person
    to: State


def write_changes(
    session: GroupSession, changes: Sequence[Change], *, by: User, now: datetime
) -> None:
    """Write all changes, in the same order for everyone who writes the same people."""
    changes = sorted(changes, key=lambda change: change.person.participant.pk)
    kept = [change for change in changes if change.to.has_record]
    records = _write_records(session, kept, by=by, now=now)
    _write_stretches([(change, records[change.person.id]) for change in kept])
    gone = [change.person for change in changes if not change.to.has_record]
    _remove_stretches([pk for person in gone for pk in person.presence_ids])
    if gone:
        # Row history keeps what was cleared; a signature would refuse it.
        records_gone = AttendanceRecord.objects.filter(pk__in=[each.record_id for each in gone])
        records_gone._raw_delete(records_gone.db)


def _write_records(
    session: GroupSession, changes: Sequence[Change], *, by: User, now: datetime
) -> dict:
    rows = [
        AttendanceRecord(
            session=session,
            participant=change.person.participant,
            absence=change.to.absence,
            recorded_by=by,
            recorded_at=now,
        )
        for change in changes
    ]
    AttendanceRecord.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["session", "participant"],
        update_fields=["absence", "recorded_by", "recorded_at"],
    )
    return {change.person.id: row.pk for change, row in zip(changes, rows, strict=True)}


def _write_stretches(changes: Sequence[tuple[Change, int]]) -> None:
    new: list[Presence] = []
    moved: list[Presence] = []
    gone: list[int] = []
    for change, record_id in changes:
        had, wanted = change.person.state.stretches, change.to.stretches
        ids = change.person.presence_ids
        for number, (arrived, left) in enumerate(wanted):
            row = Presence(record_id=record_id, arrived_at=arrived, left_at=left)
            if number >= len(had):
                new.append(row)
            elif had[number] != wanted[number]:
                row.pk = ids[number]
                moved.append(row)
        gone += ids[len(wanted) :]
    _remove_stretches(gone)
    if moved:
        Presence.objects.bulk_update(moved, ["arrived_at", "left_at"])
    if new:
        Presence.objects.bulk_create(new)


def _remove_stretches(ids: Sequence[int]) -> None:
    if ids:
        stretches = Presence.objects.filter(pk__in=ids)
        stretches._raw_delete(stretches.db)
