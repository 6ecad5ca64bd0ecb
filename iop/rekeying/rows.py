"""Encrypted columns, table by table: also of row history, which keeps the same ciphertext.

Run as the owner of the tables. History and signed rows refuse to be changed, and a changed row
writes history; here nothing is changed that anybody can read, so the table's triggers rest for
each short transaction. Others wait for it, a fraction of a second, and the rows stay what they say.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction
from psycopg import sql

from accounts.encryption import EncryptedTextField
from iop.rekeying.boxes import Boxes

BATCH = 500
# A page that holds the table waits no longer for us than this; then we try again.
PATIENCE = "2s"


@dataclass(frozen=True)
class Table:
    """A table with encrypted text, and the columns that hold it."""

    name: str
    key: str
    columns: tuple[str, ...]


def tables() -> list[Table]:
    """Return every table with encrypted text, by name."""
    found = []
    for model in apps.get_models():
        columns = tuple(
            str(field.column)
            for field in model._meta.concrete_fields
            if isinstance(field, EncryptedTextField)
        )
        if columns and not model._meta.proxy:
            found.append(Table(model._meta.db_table, _key(model), columns))
    return sorted(found, key=lambda table: table.name)


def _key(model: type[models.Model]) -> str:
    return str(model._meta.pk.column)


def batches(table: Table) -> Iterator[list[tuple]]:
    """Give the rows of the table in order of their key, as (key, text, …), a batch at a time."""
    last: Any = None
    while rows := _after(table, last):
        yield rows
        last = rows[-1][0]


def _after(table: Table, last: Any) -> list[tuple]:
    wanted = sql.SQL(", ").join(map(sql.Identifier, (table.key, *table.columns)))
    past = sql.SQL("WHERE {} > %s" if last is not None else "").format(sql.Identifier(table.key))
    with connection.cursor() as cursor:
        cursor.execute(
            sql.SQL("SELECT {} FROM {} {} ORDER BY {} LIMIT {}").format(
                wanted,
                sql.Identifier(table.name),
                past,
                sql.Identifier(table.key),
                sql.Literal(BATCH),
            ),
            [last] if last is not None else [],
        )
        return cursor.fetchall()


def encrypt_anew(table: Table, rows: list[tuple], boxes: Boxes) -> int:
    """Write what rests on an old key under the newest; return how many texts that were.

    A row that somebody has changed since it was read is left alone: it has the newest key already.
    """
    changes = [
        (column, key, old, new.decode())
        for key, *texts in rows
        for column, old in zip(table.columns, texts, strict=True)
        if old and (new := boxes.anew(old.encode())) is not None
    ]
    if changes:
        _write(table, changes)
    return len(changes)


def _write(table: Table, changes: list[tuple[str, Any, str, str]]) -> None:
    name = sql.Identifier(table.name)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.SQL("SET LOCAL lock_timeout = {}").format(sql.Literal(PATIENCE)))
        cursor.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(name))
        for column, key, old, new in changes:
            cursor.execute(
                sql.SQL(
                    "UPDATE {table} SET {column} = %s WHERE {key} = %s AND {column} = %s"
                ).format(table=name, column=sql.Identifier(column), key=sql.Identifier(table.key)),
                [new, key, old],
            )
        cursor.execute(sql.SQL("ALTER TABLE {} ENABLE TRIGGER USER").format(name))
