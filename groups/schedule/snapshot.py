"""The rows of a change as JSON, before and after it, and back again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import models

from groups.models import Facilitation, GroupSession, MakeUpSeat, MeetingPattern
from groups.models.spans import SpansField

# What a change may alter, by table: it is written, compared and brought back.
COLUMNS: dict[type[models.Model], tuple[str, ...]] = {
    MeetingPattern: ("last_on", "withdrawn_at"),
    GroupSession: (
        "pattern",
        "slot_on",
        "held_on",
        "starts_at",
        "ends_at",
        "breaks",
        "room",
        "status",
        "cancelled_for",
        "cancelled_reason",
        "combined_into",
    ),
    Facilitation: ("is_former", "instead_of", "reason"),
    MakeUpSeat: ("released_at",),
}

Rows = dict[str, dict[str, Any]]
Snapshot = dict[str, Rows]


def snapshot_of(
    *,
    patterns: Collection[int] = (),
    sessions: Collection[int] = (),
    seats: Collection[int] = (),
) -> Snapshot:
    """Return these rows (keys) with all who lead the sessions, as they are now."""
    wanted: dict[type[models.Model], Iterable[models.Model]] = {
        MeetingPattern: MeetingPattern.objects.filter(pk__in=patterns),
        GroupSession: GroupSession.objects.filter(pk__in=sessions),
        Facilitation: Facilitation.objects.filter(session__in=sessions),
        MakeUpSeat: MakeUpSeat.objects.filter(pk__in=seats),
    }
    return {
        model._meta.model_name or "": {str(row.pk): _as_json(row) for row in rows}
        for model, rows in wanted.items()
    }


def rows_in(snapshot: Snapshot, model: type[models.Model]) -> Rows:
    """Return the snapshot's rows of one table, by key."""
    return snapshot.get(model._meta.model_name or "", {})


def keys_in(snapshot: Snapshot, model: type[models.Model]) -> list[int]:
    """Return the keys of the snapshot's rows of one table."""
    return [int(key) for key in rows_in(snapshot, model)]


def restored(row: models.Model, values: Mapping[str, Any]) -> models.Model:
    """Return the row with these values put back, not saved."""
    for name in COLUMNS[type(row)]:
        field = row._meta.get_field(name)
        setattr(row, field.attname, _from_json(field, values[name]))  # type: ignore[union-attr]
    return row


def _as_json(row: models.Model) -> dict[str, Any]:
    fields = (row._meta.get_field(name) for name in COLUMNS[type(row)])
    return {field.name: _plain(getattr(row, field.attname)) for field in fields}  # type: ignore[union-attr]


def _plain(value: Any) -> Any:
    if isinstance(value, date):  # a datetime is one too
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    return value


def _from_json(field: Any, value: Any) -> Any:
    if isinstance(field, SpansField):
        return tuple(
            (datetime.fromisoformat(start), datetime.fromisoformat(end)) for start, end in value
        )
    return field.to_python(value) if not field.is_relation else value
