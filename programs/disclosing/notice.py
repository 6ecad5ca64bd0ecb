"""The notice of 42 CFR 2.32 that goes with what leaves, and where a paper finds it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.utils.translation import gettext as _

# A file for machines has no room for it: it goes beside it.
HEADER = "X-Part-2-Notice"


@dataclass(frozen=True)
class Notice:
    """What stands on every page: the notice, and on what the disclosure rests."""

    words: str
    rests_on: str = ""


_present: ContextVar[Notice | None] = ContextVar("part_2_notice", default=None)


def notice_words() -> str:
    """Return the short form of the notice, as the rule words it (42 CFR 2.32(a)(2))."""
    return _("42 CFR part 2 prohibits unauthorized use or disclosure of these records.")


def present_notice() -> Notice | None:
    """Return what the papers being made are to say; None where none leaves."""
    return _present.get()


@contextmanager
def noticed(notice: Notice | None) -> Iterator[None]:
    """Put the notice on every paper and workbook made inside."""
    before = _present.set(notice)
    try:
        yield
    finally:
        _present.reset(before)
