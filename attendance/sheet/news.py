"""What others changed on a sheet since somebody's page of it was shown."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from attendance.sheet.forms import Shown
from attendance.sheet.page import SheetPage
from attendance.sheet.rows import Row


@dataclass(frozen=True)
class News:
    """Rows that say something else by now, rows that are new, and those that are gone."""

    differing: tuple[Row, ...]
    added: tuple[Row, ...]
    gone: tuple[uuid.UUID, ...]
    is_other_todo: bool

    def __bool__(self) -> bool:
        return bool(self.differing or self.added or self.gone or self.is_other_todo)


def news_of(page: SheetPage, shown: Shown) -> News:
    """Compare the sheet as it is with what a page shows of it."""
    now = {row.id: row for row in page.rows}
    return News(
        differing=tuple(row for row in page.rows if _differs(row, shown)),
        added=tuple(row for row in page.rows if row.id not in shown.known),
        gone=tuple(each for each in shown.seen if each not in now),
        is_other_todo=shown.todo not in ("", page.signing.version),
    )


def _differs(row: Row, shown: Shown) -> bool:
    if row.id not in shown.seen:
        return False
    return shown.seen[row.id] != row.seen or shown.said.get(row.id, row.said) != row.said
