"""Finds the order of a rotation that gives a wanted plan, and what has to be fixed beside it."""

from __future__ import annotations

from collections.abc import Mapping

from groups.rotation.flow import Key
from groups.rotation.plan import GroupPlan

Wanted = Mapping[Key, tuple[Key, ...]]


def order_of(plan: GroupPlan, wanted: Wanted) -> GroupPlan:
    """Return the plan whose flow teaches what is wanted, with as little as possible fixed.

    The rotation's lessons stand in the order in which they are wanted first, the others behind
    them as before. Where that flow differs, the lessons are fixed: first those that differ, and if
    others differ for it, all.
    """
    free = plan.with_fixed(dict.fromkeys(wanted, ()))
    asked = [lesson for slot in plan.slots for lesson in wanted.get(slot.session, ())]
    first = [lesson for lesson in dict.fromkeys(asked) if lesson in plan.order]
    order = [*first, *(lesson for lesson in plan.order if lesson not in first)]
    if not _breaks_needs(plan, order):
        free = free.with_order(order, plan.on_cancel, is_repeating=plan.is_repeating)
    tried = free.with_fixed(_differing(free, wanted))
    return tried if not _differing(tried, wanted) else free.with_fixed(dict(wanted))


def _breaks_needs(plan: GroupPlan, order: list[Key]) -> bool:
    """Return whether a lesson would stand before one that it needs."""
    place = {lesson: index for index, lesson in enumerate(order)}
    return any(
        place.get(needed, -1) > place[lesson]
        for lesson in order
        for needed in plan.needs.get(lesson, ())
    )


def _differing(plan: GroupPlan, wanted: Wanted) -> dict[Key, tuple[Key, ...]]:
    teaches = plan.flow.teaches
    return {key: lessons for key, lessons in wanted.items() if teaches[key] != lessons}
