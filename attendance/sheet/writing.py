"""Writes states as rows: records in one statement, and only the stretches that differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from accounts.models import User
from attendance.models import AttendanceRecord, Presence
from attendance.sheet.people import Details, Person
from attendance.sheet.states import State
from groups.models import GroupSession


@dataclass(frozen=True)
class Change:
    """A person's record, what it becomes, and the tap that makes it so.

    Without `details` an absence keeps the notice and the reason that it has.
    """

    person: Person
    to: State
    mark_id: UUID | None = None
    details: Details | None = None

    @property
    def details_after(self) -> Details:
        """The notice and the reason; whoever is there has none."""
        if not self.to.absence:
            return Details()
        return self.person.details if self.details is None else self.details


def write_changes(
    session: GroupSession, changes: Sequence[Change], *, by: User, now: datetime
) -> None:
    """Write all changes, in the same order for everyone who writes the same people."""
    changes = sorted(changes, key=lambda change: change.person.participant.pk)
    kept = [change for change in changes if change.to.has_record]
    records = _write_records(session, kept, by=by, now=now)
    _write_stretches([(change, records[change.person.id]) for change in kept])
    _take_back([change for change in changes if not change.to.has_record], by=by, now=now)


def _write_records(
    session: GroupSession, changes: Sequence[Change], *, by: User, now: datetime
) -> dict:
    rows = [
        AttendanceRecord(
            session=session,
            participant=change.person.participant,
            absence=change.to.absence,
            is_by_video=change.to.is_by_video,
            notice_at=change.details_after.notice_at,
            reason=change.details_after.reason,
            mark_id=change.mark_id,
            recorded_by=by,
            recorded_at=now,
        )
        for change in changes
    ]
    AttendanceRecord.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["session", "participant"],
        update_fields=WRITTEN,
    )
    return {change.person.id: row.pk for change, row in zip(changes, rows, strict=True)}


WRITTEN = [
    "absence",
    "is_by_video",
    "notice_at",
    "reason",
    "mark_id",
    "recorded_by",
    "recorded_at",
]


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


def _take_back(changes: Sequence[Change], *, by: User, now: datetime) -> None:
    """Remove records; row history keeps them, who took them back, and with which tap."""
    _remove_stretches([pk for change in changes for pk in change.person.presence_ids])
    for mark_id in {change.mark_id for change in changes}:
        ids = [each.person.record_id or 0 for each in changes if each.mark_id == mark_id]
        records = AttendanceRecord.objects.filter(pk__in=ids)
        if mark_id is not None:
            records.update(mark_id=mark_id, recorded_by=by, recorded_at=now)
        # A signature would refuse it.
        records._raw_delete(records.db)


def _remove_stretches(ids: Sequence[int]) -> None:
    if ids:
        stretches = Presence.objects.filter(pk__in=ids)
        stretches._raw_delete(stretches.db)
