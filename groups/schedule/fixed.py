"""What keeps a session where it is. Higher apps say so when they start; planning only asks.

Attendance is such a thing: a session that somebody was marked in is never moved or altered.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

_reasons: list[Callable[[Collection[int]], Iterable[int]]] = []


def fixed_where(is_fixed: Callable[[Collection[int]], Iterable[int]]) -> None:
    """Register a function that returns those of some sessions (primary keys) that must stay."""
    if is_fixed not in _reasons:
        _reasons.append(is_fixed)


def fixed_among(sessions: Collection[int]) -> frozenset[int]:
    """Return those of the sessions (primary keys) that must stay; one query a reason."""
    return frozenset(key for is_fixed in _reasons for key in is_fixed(sessions))
