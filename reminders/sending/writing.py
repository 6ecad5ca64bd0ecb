"""Writes to the row of one message, by a statement that is put together once for its columns.

To have it put together for each message would take longer than to have it carried out.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.db import connection

from reminders.models import Reminder, ReminderStatus, StaffNotice

Message = Reminder | StaffNotice
IF_CLAIMED = f" AND status = '{ReminderStatus.CLAIMED}' AND claimed_at = %s"


def write(row: Message, fields: Mapping[str, Any]) -> None:
    """Write these fields to a row that is locked."""
    with connection.cursor() as cursor:
        cursor.execute(_update(type(row), tuple(fields)), _values(row, fields))


def write_if_claimed(row: Message, fields: Mapping[str, Any]) -> bool:
    """Write them if the row is claimed as it was when it was read; return whether it was."""
    statement = _update(type(row), tuple(fields)) + IF_CLAIMED
    with connection.cursor() as cursor:
        cursor.execute(statement, [*_values(row, fields), row.claimed_at])
        return bool(cursor.rowcount)


@cache
def _update(model: type[Message], names: tuple[str, ...]) -> str:
    columns = ", ".join(f"{_column(model, each).column} = %s" for each in names)
    return f"UPDATE {model._meta.db_table} SET {columns} WHERE id = %s"


def _values(row: Message, fields: Mapping[str, Any]) -> list[Any]:
    """Return the values as their columns take them, and the row's key."""
    named = ((_column(type(row), name), value) for name, value in fields.items())
    return [*(column.get_db_prep_save(value, connection) for column, value in named), row.pk]


def _column(model: type[Message], name: str) -> Any:
    return model._meta.get_field(name)
