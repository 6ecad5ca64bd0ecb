"""What an import changed: rows added, changed and left alone, table by table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import TypeVar

from django.utils.translation import gettext as _

from attendance.clinic_folder.rows import Key, Row

R = TypeVar("R", bound=Row)


@dataclass
class Counts:
    """For each table how many rows were `created`, `updated` and `unchanged`."""

    tables: dict[str, Counter[str]] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)

    def add(self, table: str, *, created: int = 0, updated: int = 0, unchanged: int = 0) -> None:
        counter = self.tables.setdefault(table, Counter())
        counter.update(created=created, updated=updated, unchanged=unchanged)

    def compare(
        self, table: str, rows: Mapping[Key, R], stored: Mapping[Key, R]
    ) -> tuple[list[R], list[R]]:
        """Return the rows to add and the rows to change, counted; `stored` has the same keys."""
        new = [row for key, row in rows.items() if key not in stored]
        changed = [row for key, row in rows.items() if key in stored and stored[key] != row]
        unchanged = len(rows) - len(new) - len(changed)
        self.add(table, created=len(new), updated=len(changed), unchanged=unchanged)
        self.lines.extend(_change(row, stored[row.key]) for row in changed)
        return new, changed

    @property
    def has_changes(self) -> bool:
        return any(each["created"] or each["updated"] for each in self.tables.values())

    def as_detail(self) -> dict[str, dict[str, int]]:
        """Return the counts for the audit trail: tables that changed, numbers only."""
        return {
            table: {"created": each["created"], "updated": each["updated"]}
            for table, each in self.tables.items()
            if each["created"] or each["updated"]
        }

    def as_lines(self) -> list[str]:
        """Return one line for each table, as people read it."""
        words = _("%(table)-14s %(created)6d added %(updated)6d changed %(unchanged)6d unchanged")
        return [words % {"table": table, **each} for table, each in self.tables.items()]


def _change(row: Row, stored: Row) -> str:
    """Return which columns of a line are new, without what they say."""
    columns = [
        each.name
        for each in fields(row)
        if each.compare and getattr(row, each.name) != getattr(stored, each.name)
    ]
    return _("%(place)s: changes %(columns)s") % {
        "place": row.place,
        "columns": ", ".join(columns),
    }
