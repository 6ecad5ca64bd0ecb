"""What a database holds, told so that two of them can be compared: the manifest of a backup."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import psycopg
from psycopg import sql

from accounts.models import AuditSeal
from iop.backup.place import Place

# So that the same row is always written in the same letters.
IN_THE_SAME_LETTERS = """
SET timezone = 'UTC'; SET datestyle = 'ISO, YMD'; SET intervalstyle = 'iso_8601';
SET bytea_output = 'hex'; SET extra_float_digits = 1; SET statement_timeout = 0;
SET idle_in_transaction_session_timeout = 0
"""
TABLES = """
SELECT relname FROM pg_class
 WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY relname
"""
# A sum, so that the order of rows does not matter; md5, so that every version agrees on it.
ROWS = """
SELECT count(*), coalesce(sum(('x' || left(md5(one_row::text), 16))::bit(64)::bigint), 0)::text
  FROM {} AS one_row
"""
# What holds the rows: each by name, with whether it holds. NOT NULL has a name only since 18.
GUARDS = {
    "constraints": """
        SELECT conrelid::regclass || '.' || conname
               || CASE WHEN convalidated THEN '' ELSE ' (not valid)' END
          FROM pg_constraint
         WHERE connamespace = 'public'::regnamespace AND conrelid <> 0 AND contype <> 'n'""",
    "triggers": """
        SELECT tgrelid::regclass || '.' || tgname || ' ' || tgenabled::text
          FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
         WHERE relnamespace = 'public'::regnamespace AND NOT tgisinternal""",
    "indexes": """
        SELECT indexrelid::regclass || CASE WHEN indisvalid THEN '' ELSE ' (not valid)' END
          FROM pg_index JOIN pg_class ON pg_class.oid = indrelid
         WHERE relnamespace = 'public'::regnamespace""",
}
SEALS = AuditSeal._meta.db_table
HEADS = "SELECT app, max(name) FROM django_migrations GROUP BY app ORDER BY app"


@dataclass(frozen=True)
class Contents:
    """Rows of each table (how many, and a sum over all their values), and what guards them."""

    heads: dict[str, str]
    rows: dict[str, list[Any]]
    guards: dict[str, list[str]]
    last_seal: str | None

    @property
    def row_count(self) -> int:
        """All rows of all tables."""
        return sum(count for count, _ in self.rows.values())


@dataclass(frozen=True)
class Manifest:
    """The first part of a backup: when and by what it was made, and what is in it."""

    made_at: str
    server: int
    dumped_by: int
    database_bytes: int
    contents: Contents

    def as_bytes(self) -> bytes:
        """Return it as JSON."""
        return json.dumps(asdict(self)).encode()


def read_manifest(content: bytes) -> Manifest:
    """Return the manifest that was written as JSON."""
    told = json.loads(content)
    return Manifest(**{**told, "contents": Contents(**told["contents"])})


@contextmanager
def snapshot_of(place: Place) -> Iterator[tuple[psycopg.Connection, str]]:
    """Give a connection that sees one moment as long as it lasts, and that moment's name.

    Everybody works on meanwhile; only a migration has to wait.
    """
    with place.connect(autocommit=True) as connection:
        connection.execute(IN_THE_SAME_LETTERS)
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        name = _one(connection, "SELECT pg_export_snapshot()")
        yield connection, name


def manifest_of(connection: psycopg.Connection, *, now: datetime, dumped_by: int) -> Manifest:
    """Return what the connection's snapshot holds; `dumped_by` is the version of pg_dump."""
    return Manifest(
        made_at=now.isoformat(timespec="seconds"),
        server=connection.info.server_version,
        dumped_by=dumped_by,
        database_bytes=_one(connection, "SELECT pg_database_size(current_database())"),
        contents=contents_of(connection),
    )


def contents_of(connection: psycopg.Connection) -> Contents:
    """Return what the connection sees, table by table."""
    rows = {}
    for (table,) in connection.execute(TABLES).fetchall():
        told = connection.execute(sql.SQL(ROWS).format(sql.Identifier(table))).fetchone()
        rows[table] = list(told or ())
    return Contents(
        heads=dict(connection.execute(HEADS).fetchall()) if "django_migrations" in rows else {},
        rows=rows,
        guards={
            kind: sorted(name for (name,) in connection.execute(query))
            for kind, query in GUARDS.items()
        },
        last_seal=_last_seal(connection),
    )


def differences(wanted: Contents, found: Contents) -> list[str]:
    """Return in words what is not as it was, nothing where both hold the same."""
    said = [
        f"{table}: {_rows_in_words(before, found.rows.get(table))}"
        for table, before in wanted.rows.items()
        if before != found.rows.get(table)
    ]
    said += [f"{table}: was not there" for table in found.rows if table not in wanted.rows]
    for kind, names in wanted.guards.items():
        missing = set(names) ^ set(found.guards[kind])
        said += [f"{kind}: {name} is not as it was" for name in sorted(missing)]
    if wanted.last_seal != found.last_seal:
        said.append(f"last seal of the trail: {found.last_seal} instead of {wanted.last_seal}")
    return said


def _rows_in_words(before: list[Any], now: list[Any] | None) -> str:
    if now is None:
        return "the table is missing"
    if before[0] != now[0]:
        return f"{now[0]:,} rows instead of {before[0]:,}"
    return "as many rows as there were, with other values in them"


def _last_seal(connection: psycopg.Connection) -> str | None:
    """Return the trail's last seal as number:digest, None where it has none yet."""
    if _one(connection, "SELECT to_regclass(%s)", [SEALS]) is None:
        return None
    query = sql.SQL("SELECT number || ':' || digest FROM {} ORDER BY number DESC LIMIT 1")
    return _one(connection, query.format(sql.Identifier(SEALS)))


def _one(connection: psycopg.Connection, query: Any, given: list[Any] | None = None) -> Any:
    found = connection.execute(query, given).fetchone()
    return found[0] if found else None
