"""Links to the pages beside the one that is shown, where a list is long."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page

# What one can read at once.
A_PAGE = 50


@dataclass(frozen=True)
class Steps:
    """Where the pages beside this one are; empty where there is none."""

    number: int
    pages: int
    before: str
    after: str


def steps_of(address: Callable[..., str], shown: Page[Any]) -> Steps:
    """Return the steps of a page; `address` gives the query of the same list on another."""

    def to(number: int) -> str:
        return address(page=str(number) if number > 1 else "")

    return Steps(
        number=shown.number,
        pages=shown.paginator.num_pages,
        before=to(shown.number - 1) if shown.has_previous() else "",
        after=to(shown.number + 1) if shown.has_next() else "",
    )
