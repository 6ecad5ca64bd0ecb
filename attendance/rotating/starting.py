"""The first order of a group's lessons: those of its track, each after what it needs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from accounts.models import User
from attendance.rotating.forms import lessons_to_plan
from curriculum.models import Lesson
from groups.models import OnCancel, Rotation, TherapyGroup
from groups.rotation.actions import reflow, set_rotation
from groups.rotation.reading import needs_of
from groups.schedule.lock import schedule_lock


@transaction.atomic
def start_rotation(*, group: TherapyGroup, now: datetime, by: User) -> bool:
    """Give a group without a rotation one through its track, and plan it; return whether it did.

    Raises NotKept as `set_rotation` does.
    """
    schedule_lock()
    lessons = first_order(group)
    if not lessons or Rotation.objects.filter(group=group).exists():
        return False
    set_rotation(group=group, lessons=lessons, on_cancel=OnCancel.SHIFT, is_repeating=True, by=by)
    reflow(group=group, by=by, now=now)
    return True


def first_order(group: TherapyGroup) -> list[Lesson]:
    """Return the lessons of the group's track that can be planned; none without a track."""
    if group.teaches_id is None:
        return []
    found = lessons_to_plan(group.program)
    return after_needs([each for each in found if each.module.track_id == group.teaches_id])


def after_needs(lessons: Sequence[Lesson]) -> list[Lesson]:
    """Return the lessons in their order, but each behind those of them that it needs."""
    needs = needs_of([each.pk for each in lessons])
    waiting, keys = list(lessons), {each.pk for each in lessons}
    order: list[Lesson] = []
    while waiting:
        had = {each.pk for each in order}
        ready = (e for e in waiting if (needs.get(e.pk, frozenset()) & keys) <= had)
        lesson = next(ready, waiting[0])
        waiting.remove(lesson)
        order.append(lesson)
    return order
