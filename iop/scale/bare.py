"""Tables without what checks each row, for as long as a load takes.

Foreign keys, unique and exclusion constraints and indexes are dropped and made again from their
own definitions, which proves every row at once; triggers are switched off and on. What has a
condition stays, since PostgreSQL writes a condition down in other words when it reads its own. It
runs inside one transaction: a load that stops leaves the tables as they were.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from django.db import connection

Say = Callable[[str], object]

# Foreign keys come last: they ask for the keys of other tables.
CONSTRAINTS = """
SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(c.oid)
  FROM pg_constraint c
 WHERE conrelid = ANY(%s::regclass[]) AND contype IN ('u', 'x', 'f')
   AND NOT EXISTS (SELECT FROM pg_index i
                    WHERE i.indexrelid = c.conindid AND i.indpred IS NOT NULL)
 ORDER BY contype = 'f', conrelid::regclass::text, conname
"""
INDEXES = """
SELECT i.indrelid::regclass::text, i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid)
  FROM pg_index i
 WHERE i.indrelid = ANY(%s::regclass[]) AND i.indpred IS NULL
   AND NOT EXISTS (SELECT FROM pg_constraint c
                    WHERE c.conindid = i.indexrelid AND c.contype IN ('p', 'u', 'x'))
 ORDER BY 1, 2
"""
# To sort the index of a long table; PostgreSQL's own default is meant for a small machine.
MEMORY_TO_SORT = "256MB"


class Definition(NamedTuple):
    """A constraint or an index, and what makes it again."""

    table: str
    name: str
    definition: str


@contextmanager
def bare(tables: Sequence[str], say: Say) -> Iterator[None]:
    """Load these tables inside the block; leaving it makes everything whole again."""
    constraints, indexes = definitions(CONSTRAINTS, tables), definitions(INDEXES, tables)
    for each in reversed(constraints):
        _run(f"ALTER TABLE {each.table} DROP CONSTRAINT {each.name}")
    for each in indexes:
        _run(f"DROP INDEX {each.name}")
    for table in tables:
        _run(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    yield
    _run(f"SET LOCAL maintenance_work_mem = '{MEMORY_TO_SORT}'")
    say(f"Making {len(indexes)} indexes.")
    for each in indexes:
        _run(each.definition)
    say(f"Checking every row by {len(constraints)} constraints.")
    for each in constraints:
        if each.definition.startswith("EXCLUDE"):
            # The kind that takes minutes on a long table.
            say(f"Checking that nothing overlaps: {each.name}.")
        _run(f"ALTER TABLE {each.table} ADD CONSTRAINT {each.name} {each.definition}")
    for table in tables:
        _run(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def definitions(query: str, tables: Sequence[str]) -> list[Definition]:
    """Return what CONSTRAINTS or INDEXES finds on these tables."""
    with connection.cursor() as cursor:
        cursor.execute(query, [list(tables)])
        return [Definition(*row) for row in cursor.fetchall()]


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
