"""When a lesson counts as received, said twice: in Python, and in SQL for a whole clinic.

Somebody received a lesson in a session where their minutes of it are at least a share of the
lesson's own minutes. Minutes of either lie inside the part of the session in which the lesson was
taught, less the session's breaks. A lesson taught wholly in a break was received by nobody.

A test draws sessions, breaks and stretches and holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterable

from groups.counting import Span, counted, counted_sql
from programs.models.rule import Count

NET = f"'{Count.NET_MINUTES}'"


def received(
    present: Iterable[Span], *, lesson: Span, breaks: Iterable[Span], percent: int
) -> bool:
    """Say whether the stretches of presence suffice; `percent` is the share, 1 to 100."""
    began, ended = lesson
    gaps = list(breaks)
    inside = [(max(start, began), min(end, ended)) for start, end in present]
    theirs = counted(inside, gaps, Count.NET_MINUTES)
    whole = counted([lesson], gaps, Count.NET_MINUTES)
    return theirs > 0 and theirs * 100 >= percent * whole


def minutes_sql(stretches: str, *, part: str, breaks: str) -> str:
    """Return SQL for the minutes of a tstzmultirange inside `part`, a tstzrange, less breaks."""
    return counted_sql(f"({stretches} * tstzmultirange({part}))", breaks, NET)


def received_sql(theirs: str, *, whole: str, percent: str) -> str:
    """Return SQL for the same; `theirs` and `whole` are minutes, the lesson's own the second.

    The share is at least one percent, so whoever has it of a minute or more has some.
    """
    return f"({whole} > 0 AND {theirs} * 100 >= {percent} * {whole})"
