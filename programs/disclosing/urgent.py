"""Who is told of a file that left in a medical emergency: whoever plans notices registers here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from programs.models import Disclosure

# Tells the program's directors of a file that left then, and returns how many of them.
Tell = Callable[[Disclosure, datetime], int]


@dataclass
class _Telling:
    tell: Tell | None = None


_telling = _Telling()


def told_by(tell: Tell) -> None:
    """Let notices go out; called once, when the apps are ready."""
    _telling.tell = tell


def tell_directors(disclosure: Disclosure, now: datetime) -> int:
    """Tell the directors, and return how many were told."""
    return _telling.tell(disclosure, now) if _telling.tell else 0
