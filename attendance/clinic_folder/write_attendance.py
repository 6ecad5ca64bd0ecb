"""Writes who came and when."""

from __future__ import annotations

from attendance.clinic_folder.check_attendance import MarkKey
from attendance.clinic_folder.sessions import Marks, SessionKey
from attendance.clinic_folder.writing import BATCH, Writing
from attendance.models import AttendanceRecord, Presence
from groups.models import GroupSession

Marked = dict[MarkKey, Marks]


def write_attendance(writing: Writing, marks: Marked, on_record: Marked) -> None:
    """Replace the sets that differ. Past sessions recorded here are closed: no task is opened."""
    writing.file = "attendance.csv"
    new = {key: each for key, each in marks.items() if key not in on_record}
    changed = {
        key: each for key, each in marks.items() if key in on_record and on_record[key] != each
    }
    same = len(marks) - len(new) - len(changed)
    writing.counts.add("attendance", created=len(new), updated=len(changed), unchanged=same)
    touched = {**changed, **new}
    if not touched:
        return
    sessions = session_ids({key[0] for key in touched})
    records = {key: _record(writing, sessions, key, each) for key, each in touched.items()}
    for key in changed:
        records[key].pk = on_record[key].record
    Presence.objects.filter(record__in=[records[key].pk for key in changed]).delete()
    AttendanceRecord.objects.bulk_update(
        [records[key] for key in changed], ["absence", "recorded_by", "recorded_at"]
    )
    AttendanceRecord.objects.bulk_create([records[key] for key in new], batch_size=BATCH)
    _write_presences(touched, records)
    GroupSession.objects.filter(
        pk__in=set(sessions.values()), closed_at=None, ends_at__lte=writing.now
    ).update(closed_at=writing.now)


def session_ids(keys: set[SessionKey]) -> dict[SessionKey, int]:
    """Return the ids of these sessions, which all exist by now; one held stands before others."""
    starts = [starts_at for _group, starts_at in keys]
    dated = GroupSession.objects.in_calendar().filter(starts_at__range=(min(starts), max(starts)))
    found = dated.order_by("status")
    ids = {
        (group, starts_at): pk
        for pk, group, starts_at in found.values_list("pk", "group__name", "starts_at")
    }
    return {key: ids[key] for key in keys}


def _record(
    writing: Writing, sessions: dict[SessionKey, int], key: MarkKey, marks: Marks
) -> AttendanceRecord:
    session, chart_number = key
    return AttendanceRecord(
        session_id=sessions[session],
        participant_id=writing.after.stored.participants.ids[chart_number,],
        absence=marks.absence,
        recorded_by=writing.by,
        recorded_at=writing.now,
    )


def _write_presences(marks: Marked, records: dict[MarkKey, AttendanceRecord]) -> None:
    fresh = [
        Presence(record=records[key], arrived_at=arrived_at, left_at=left_at)
        for key, each in marks.items()
        for arrived_at, left_at in sorted(each.stretches, key=lambda stretch: stretch[0])
    ]
    Presence.objects.bulk_create(fresh, batch_size=BATCH)
