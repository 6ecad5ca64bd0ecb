"""The weeks that a trend shows: all of them over, the oldest first."""

from __future__ import annotations

from dataclasses import dataclass

from programs.models import Program
from programs.weeks import Week


@dataclass(frozen=True)
class Span:
    """Weeks of one program; `has_more` where weeks were asked for that are not over yet."""

    program: Program
    weeks: tuple[Week, ...]
    has_more: bool = False


def weeks_between(first: Week, last: Week) -> tuple[Week, ...]:
    """Return the weeks from one to the other, both included; none where they are turned round."""
    weeks = []
    while first.first_on <= last.first_on:
        weeks.append(first)
        first = first.moved(1)
    return tuple(weeks)
