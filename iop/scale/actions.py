"""Fills an empty database with a made-up clinic, all of it or nothing."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.core.management.color import no_style
from django.db import connection, transaction

from accounts.audit import write_audit
from accounts.database_roles import as_owner
from accounts.models import AuditEvent, User
from iop.scale.bare import bare
from iop.scale.size import Size
from iop.scale.tables import FIELDS, NAMES, Tables
from iop.scale.writing import write_clinic

Say = Callable[[str], object]
VERB = "clinic.made_up"
SEEDED = "This database holds a made-up clinic already. Give the new one a fresh database."
NOT_EMPTY = (
    "This database is in use: it holds rows in {table}. A made-up clinic goes into an empty"
    " database only. Name another one in DATABASE_URL, or another folder in IOP_DATA_DIR."
)


class NotEmpty(Exception):
    """The database holds something; the message says what to do."""


def seed_clinic(*, size: Size, password: str, say: Say, by: User | None) -> None:
    """Fill the empty database with a clinic of this size. Raises NotEmpty.

    `password` is the stored form of everybody's, or one that lets nobody in. It acts as the
    tables' owner. No row history is written: nobody has ever changed these rows.
    """
    began = time.monotonic()
    with as_owner():
        with transaction.atomic():
            _refuse_unless_empty()
            rows = Tables(size.seed)
            with bare(NAMES, say):
                write_clinic(rows, size, password, say)
            _number_on()
            write_audit(VERB, by=by, sites=size.sites, weeks=size.weeks, rows=rows.count)
        say("Counting rows for the planner.")
        with connection.cursor() as cursor:
            cursor.execute(f"VACUUM (ANALYZE) {', '.join(NAMES)}")
    say(f"Done: {rows.count:,} rows in {time.monotonic() - began:.0f} s.")


def _refuse_unless_empty() -> None:
    with connection.cursor() as cursor:
        # Nobody begins to fill it meanwhile.
        cursor.execute(f"LOCK TABLE {', '.join(NAMES)} IN ACCESS EXCLUSIVE MODE")
    if AuditEvent.objects.filter(verb=VERB).exists():
        raise NotEmpty(SEEDED)
    for model in FIELDS:
        if model._default_manager.exists():
            raise NotEmpty(NOT_EMPTY.format(table=model._meta.db_table))


def _number_on() -> None:
    """Have new rows numbered after the loaded ones."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(FIELDS)):
            cursor.execute(statement)
