"""Writes rows of one table after the other, in few statements, and counts what changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from django.db import models

from accounts.models import User
from attendance.clinic_folder.after import After
from attendance.clinic_folder.counts import Counts
from attendance.clinic_folder.problems import CLINIC_FILE
from attendance.clinic_folder.rows import Key, Row
from attendance.clinic_folder.shelf import Shelf

R = TypeVar("R", bound=Row)
BATCH = 1000


@dataclass
class Writing:
    """One import on its way into the database; `file` is the one being written."""

    after: After
    now: datetime
    by: User | None
    say: Callable[[str], None]
    counts: Counts = field(default_factory=Counts)
    file: str = CLINIC_FILE

    def save(
        self,
        table: str,
        model: type[models.Model],
        rows: Mapping[Key, R],
        shelf: Shelf[R],
        values: Callable[[R], dict[str, Any]],
        *,
        ends: str = "",
    ) -> tuple[list[R], list[R]]:
        """Change and add rows; return those added and those changed. `shelf` learns the new ids.

        `ends` names the last day of rows that may not overlap: those that end earlier now go
        first, so that a later one may take the days they give up.
        """
        new, changed = self.counts.compare(table, rows, shelf.rows)
        for some in _in_turns(changed, shelf, ends):
            _update(model, some, shelf, values)
        made = model._default_manager.bulk_create(
            [model(**values(row)) for row in new], batch_size=BATCH
        )
        shelf.ids.update({row.key: each.pk for row, each in zip(new, made, strict=True)})
        return new, changed


def _in_turns(changed: list[R], shelf: Shelf[R], ends: str) -> list[list[R]]:
    if not ends:
        return [changed]

    def is_shorter(row: R) -> bool:
        last, before = getattr(row, ends), getattr(shelf.rows[row.key], ends)
        return last is not None and (before is None or last < before)

    return [
        [row for row in changed if is_shorter(row)],
        [row for row in changed if not is_shorter(row)],
    ]


def _update(
    model: type[models.Model],
    changed: Sequence[R],
    shelf: Shelf[R],
    values: Callable[[R], dict[str, Any]],
) -> None:
    if changed:
        model._default_manager.bulk_update(
            [model(pk=shelf.ids[row.key], **values(row)) for row in changed],
            fields=list(values(changed[0])),
            batch_size=BATCH,
        )
