"""Whether lessons would need each other in a circle, and which."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TypeVar

L = TypeVar("L")


def circle_with(needs: Mapping[L, Collection[L]], lesson: L, other: L) -> tuple[L, ...]:
    """Return the circle there would be if `lesson` needed `other` too; nothing where none.

    `needs` holds, by lesson, those it needs. The circle begins with `lesson` and ends with it
    again, each needing the next one, by the shortest way there is.
    """
    ways: dict[L, tuple[L, ...]] = {other: (lesson, other)}
    waiting = [other]
    for each in waiting:
        if each == lesson:
            return ways[each]
        for following in needs.get(each, ()):
            if following not in ways:
                ways[following] = (*ways[each], following)
                waiting.append(following)
    return ()
