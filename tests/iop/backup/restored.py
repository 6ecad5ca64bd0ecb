"""A database that a backup was restored into, compared with the first in a way of its own."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psycopg
from django.conf import settings
from psycopg import sql

from iop.backup.making import make_backup
from iop.backup.place import Place, own_place
from iop.backup.progress import Progress
from iop.backup.restoring import Restored, Target, restore_backup

KEY = b"k" * 32
NOW = datetime(2026, 11, 25, 18, tzinfo=UTC)
TABLES = (
    "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
)
SEQUENCES = """
SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public' ORDER BY 1
"""
# Who may do what, of everything that has rights: tables, sequences, functions, the schema.
RIGHTS = """
SELECT 'table ' || relname, relacl::text FROM pg_class WHERE relnamespace = 'public'::regnamespace
UNION ALL
SELECT 'function ' || p.oid::regprocedure, proacl::text FROM pg_proc AS p
 WHERE pronamespace = 'public'::regnamespace
   AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = p.oid AND deptype = 'e')
UNION ALL
SELECT 'schema ' || nspname, nspacl::text FROM pg_namespace WHERE nspname = 'public'
"""


def quiet() -> Progress:
    """A progress that nobody looks at."""
    return Progress(len)


def backed_up(folder: Path) -> Path:
    """Back up the tests' database into the folder, and return the file."""
    path = folder / f"{secrets.token_hex(4)}.backup"
    make_backup(path, place=own_place(), key=KEY, now=NOW, progress=quiet())
    return path


@contextmanager
def another_place() -> Iterator[Place]:
    """Name a database that does not exist yet, and drop it afterwards with what was put aside."""
    place = own_place().called(f"iop_test_{os.getpid()}_{secrets.token_hex(4)}")
    try:
        yield place
    finally:
        with place.connect_beside() as connection:
            like = [f"{place.name}%"]
            found = connection.execute(
                "SELECT datname FROM pg_database WHERE datname LIKE %s", like
            )
            for (name,) in found.fetchall():
                connection.execute(
                    sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
                )


def restore_into(place: Place, backup: Path, folder: Path, **changed: bool) -> Restored:
    roots = {kind: folder / kind for kind in ("documents", "uploads")}
    target = Target(place, roots, **{"holds_records": False, "is_ours": False, **changed})
    return restore_backup(backup, to=target, key=KEY, now=NOW, progress=quiet())


def rows_of(place: Place) -> dict[str, str]:
    """Return for each table a digest of its rows as PostgreSQL copies them out, in order."""
    found = {}
    with place.connect() as connection:
        connection.execute("SET timezone = 'UTC'")
        for (table,) in connection.execute(TABLES).fetchall():
            copy = sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(table))
            with connection.cursor().copy(copy) as copied:
                lines = sorted(b"".join(bytes(piece) for piece in copied).split(b"\n"))
            found[table] = hashlib.sha256(b"\n".join(lines)).hexdigest()
    return found


def rights_of(place: Place) -> dict[str, set[str]]:
    """Return who may do what to each thing."""
    with place.connect() as connection:
        return {
            thing: set((rights or "").strip("{}").split(","))
            for thing, rights in connection.execute(RIGHTS)
        }


def sequences_of(place: Place) -> list[tuple[str, int]]:
    with place.connect() as connection:
        return connection.execute(SEQUENCES).fetchall()


def files_of(folder: Path) -> dict[str, bytes]:
    """Return every document and uploaded file below the folder with its bytes."""
    found = (path for kind in ("documents", "uploads") for path in folder.glob(f"{kind}/**/*"))
    paths = (path for path in found if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}


def as_application(place: Place) -> psycopg.Connection:
    """Connect as what the application is."""
    connection = place.connect(autocommit=True)
    connection.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(settings.APP_ROLE)))
    return connection
