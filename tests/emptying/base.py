"""The database backend of the tests: Django's, but for how a test's rows are taken out again.

TRUNCATE of two hundred tables takes half a second, whatever is in them, and a browser test ends
with one. What a test left is a few rows in a few tables.
"""

from __future__ import annotations

from typing import Any

from django.db.backends.postgresql import base, operations

# The same after every flush: Django would write them anew.
KEPT = {"django_content_type", "auth_permission"}


class DatabaseOperations(operations.DatabaseOperations):
    def sql_flush(
        self, style: Any, tables: Any, *, reset_sequences: bool = False, allow_cascade: bool = False
    ) -> list[str]:
        """Return what empties the tables: triggers and references rest meanwhile."""
        with self.connection.cursor() as cursor:
            cursor.execute("SHOW is_superuser")
            if reset_sequences or cursor.fetchone() != ("on",):
                return super().sql_flush(
                    style, tables, reset_sequences=reset_sequences, allow_cascade=allow_cascade
                )
            names = [self.quote_name(name) for name in sorted(set(tables) - KEPT)]
            asked = ", ".join(f"EXISTS (SELECT FROM {name})" for name in names)
            cursor.execute(f"SELECT {asked}")
            filled = [
                name for name, is_filled in zip(names, cursor.fetchone(), strict=True) if is_filled
            ]
        return [
            "SET session_replication_role = replica",
            *(f"DELETE FROM {name}" for name in filled),
            "SET session_replication_role = DEFAULT",
        ]


class DatabaseWrapper(base.DatabaseWrapper):
    ops_class = DatabaseOperations
