"""What still counts on a lesson. Higher apps say so when they start; the library only asks.

A lesson that a group is to hear is not retired under it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from curriculum.models import Lesson

Ask = Callable[[Lesson, datetime], Iterable[str]]
_asked: list[Ask] = []


def used_where(ask: Ask) -> None:
    """Register a function that says in words, one a use, where a lesson is used from `now` on."""
    if ask not in _asked:
        _asked.append(ask)


def uses_of(lesson: Lesson, now: datetime) -> list[str]:
    """Return in words where the lesson is used from `now` on; nothing where it may be retired."""
    return [words for ask in _asked for words in ask(lesson, now)]
