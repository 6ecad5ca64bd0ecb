"""What is in a database already, before anything is restored over it."""

from __future__ import annotations

from dataclasses import dataclass

import psycopg

from iop.backup.place import Place
from iop.backup.scratch import exists

TABLES = ("accounts_user", "programs_clinic", "accounts_auditevent")
# A database of somebody else's has tables, and none of ours.
ANY_TABLE = "SELECT EXISTS (SELECT FROM pg_tables WHERE schemaname = 'public')"


@dataclass(frozen=True)
class Present:
    """Whether records are in it, and of which clinic."""

    holds_records: bool
    clinic: str = ""


def present_in(place: Place) -> Present:
    """Return what the database holds; nothing where there is no such database yet."""
    if not exists(place):
        return Present(holds_records=False)
    with place.connect() as connection:
        ours = [table for table in TABLES if _is_there(connection, table)]
        if not ours:
            return Present(holds_records=_one(connection, ANY_TABLE))
        if not any(_one(connection, f"TABLE {table} LIMIT 1") is not None for table in ours):
            return Present(holds_records=False)
        clinic = "SELECT (SELECT name FROM programs_clinic LIMIT 1)"
        return Present(True, str(_one(connection, clinic) or ""))


def _is_there(connection: psycopg.Connection, table: str) -> bool:
    return bool(_one(connection, f"SELECT to_regclass('{table}') IS NOT NULL"))


def _one(connection: psycopg.Connection, query: str):
    found = connection.execute(query.encode()).fetchone()
    return found[0] if found else None
