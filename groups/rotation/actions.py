"""What changes in the plan of a group's lessons: its order, one session, or all that come.

Each waits for the lock of the calendar, so that a plan never flows through sessions that somebody
else is moving. What was taught is never changed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import write_audit
from accounts.models import User
from curriculum.models import Lesson
from groups.models import (
    GroupSession,
    Rotation,
    RotationLesson,
    SessionLesson,
    TherapyGroup,
)
from groups.rotation.choosing import (
    refuse_begun,
    refuse_choice,
    refuse_overtaken,
    refuse_rotation,
    refuse_unseen,
)
from groups.rotation.flow import Key
from groups.rotation.order_of import order_of
from groups.rotation.plan import GroupPlan
from groups.rotation.reading import needs_of, plan_of
from groups.rotation.reflowing import flow_through
from groups.rotation.refusals import (
    PlanHasChanged,
    has_changed,
    refuse,
    refuse_too_early,
    refuse_too_long,
    refuse_unteachable,
)
from groups.rotation.writing import write, write_flow
from groups.schedule.lock import schedule_lock

__all__ = ["PlanHasChanged"]


@transaction.atomic
def set_rotation(
    *,
    group: TherapyGroup,
    lessons: Sequence[Lesson],
    on_cancel: str,
    is_repeating: bool,
    by: User | None,
) -> Rotation:
    """Let the group go through these lessons in this order; the plan follows with `reflow`.

    Raises NotKept, at `lessons`: lessons of another program, retired, only drafts, named twice,
    or before one they need.
    """
    schedule_lock()
    refuse_rotation(group, lessons)
    said = {"on_cancel": on_cancel, "is_repeating": is_repeating}
    rotation, _made = Rotation.objects.update_or_create(group=group, defaults=said)
    RotationLesson.objects.filter(rotation=rotation).delete()
    RotationLesson.objects.bulk_create(
        RotationLesson(rotation=rotation, lesson=lesson, position=position)
        for position, lesson in enumerate(lessons)
    )
    order = [str(each.public_id) for each in lessons]
    _say("rotation.set", group, rotation, by, lessons=order, **said)
    return rotation


@transaction.atomic
def choose_lessons(*, session: GroupSession, lessons: Sequence[Lesson], by: User | None) -> None:
    """Let the session teach these lessons, whatever the rotation says; the rest stays for now.

    Raises NotKept, at `lessons`: cancelled or taught sessions, lessons that together are longer
    than the session, that need one not taught or planned before it, or that cannot be planned.
    """
    schedule_lock()
    list(GroupSession.objects.filter(pk=session.pk).select_for_update())
    refuse_choice(session, lessons)
    write({session.pk: [(each.pk, True) for each in lessons]})
    chosen = [str(each.public_id) for each in lessons]
    _say("lessons.chosen", session.group, session, by, lessons=chosen)


@transaction.atomic
def release(*, session: GroupSession, by: User | None) -> None:
    """Give a session that was chosen by hand back to the rotation; `reflow` then fills it.

    Without a rotation it teaches nothing from then on.
    """
    schedule_lock()
    rows = SessionLesson.objects.planned().filter(session=session, is_fixed=True)
    if not rows.update(is_fixed=False):
        return
    if not Rotation.objects.filter(group=session.group_id).exists():
        write({session.pk: []})
    _say("lessons.released", session.group, session, by)


@transaction.atomic
def reflow(*, group: TherapyGroup, by: User | None, now: datetime) -> int:
    """Let the rotation flow through the sessions to come; return how many teach something else.

    Nothing happens to a group without a rotation.
    """
    schedule_lock()
    plan = plan_of(group, now)
    return flow_through(group=group, plan=plan, by=by)


@transaction.atomic
def apply_plan(
    *,
    group: TherapyGroup,
    teaches: Mapping[Key, Sequence[Key]],
    seen: str,
    by: User | None,
    is_fixed: bool = False,
    now: datetime | None = None,
) -> None:
    """Let coming sessions (keys) teach these lessons (keys); `seen` is the plan that was read.

    The rotation takes the order of the new plan, so that a later cancellation shifts it as a
    whole; what no order of the rotation gives is fixed. With `is_fixed` all of it is. Raises
    PlanHasChanged where the plan is another one by now, or a session of it has begun by `now`;
    NotKept where it cannot be planned.
    """
    schedule_lock()
    at = refuse_unseen(group, seen)
    refuse_overtaken(group, at, now or at)
    plan = _knowing_all(plan_of(group, at), group, teaches)
    _refuse_unfit(plan, teaches)
    wanted = {key: tuple(lessons) for key, lessons in teaches.items()}
    if is_fixed or plan.rotation is None:
        plan = plan.with_fixed(wanted)
    else:
        plan = order_of(plan, wanted)
        _write_order(plan.rotation, plan.order)
    if plan.rotation is None:
        write({key: [(each, True) for each in lessons] for key, lessons in wanted.items()})
    else:
        write_flow(plan, plan.flow)
    _say("lessons.planned", group, group, by, sessions=len(teaches), is_fixed=is_fixed)


@transaction.atomic
def change_order(
    *,
    group: TherapyGroup,
    lessons: Sequence[Lesson],
    on_cancel: str,
    is_repeating: bool,
    seen: str,
    now: datetime,
    by: User | None,
) -> None:
    """Set the rotation and let it flow, if the plan is still the one `seen`.

    Raises PlanHasChanged, and NotKept as `set_rotation` does.
    """
    schedule_lock()
    refuse_unseen(group, seen)
    set_rotation(
        group=group, lessons=lessons, on_cancel=on_cancel, is_repeating=is_repeating, by=by
    )
    reflow(group=group, by=by, now=now)


@transaction.atomic
def change_session(
    *,
    session: GroupSession,
    lessons: Sequence[Lesson],
    came_from: GroupSession | None,
    seen: str,
    now: datetime,
    by: User | None,
) -> None:
    """Choose a session's lessons by hand, none to give it back, and let the rest flow.

    `came_from` is the session out of which a lesson was taken; it goes back to the rotation too.
    Raises PlanHasChanged, and NotKept as `choose_lessons` does.
    """
    schedule_lock()
    refuse_unseen(session.group, seen)
    refuse_begun([session, came_from] if came_from else [session], now)
    if came_from is not None:
        release(session=came_from, by=by)
    if lessons:
        choose_lessons(session=session, lessons=lessons, by=by)
    else:
        release(session=session, by=by)
    reflow(group=session.group, by=by, now=now)


def _knowing_all(
    plan: GroupPlan, group: TherapyGroup, teaches: Mapping[Key, Sequence[Key]]
) -> GroupPlan:
    keys = {key for lessons in teaches.values() for key in lessons}
    lessons = Lesson.objects.in_bulk(keys)
    if len(lessons) < len(keys):
        refuse(_("A lesson of this plan does not exist any more."))
    refuse_unteachable(list(lessons.values()), group.program)
    return plan.knowing(lessons.values(), needs_of(keys))


def _refuse_unfit(plan: GroupPlan, teaches: Mapping[Key, Sequence[Key]]) -> None:
    """Refuse sessions that are not to come, and lessons that are too long or come too early."""
    slots = {slot.session: slot for slot in plan.slots if not slot.is_cancelled}
    if not slots.keys() >= teaches.keys():
        raise has_changed()
    earlier = set(plan.heard)
    for key, slot in slots.items():
        planned = teaches.get(key, slot.planned)
        lessons = [plan.lessons[each] for each in planned]
        if key in teaches:
            refuse_too_long(lessons, slot.minutes)
            refuse_too_early(lessons, plan.needs, earlier)
        earlier.update(planned)


def _write_order(rotation: Rotation | None, order: Sequence[Key]) -> None:
    rows = {row.lesson_id: row for row in RotationLesson.objects.filter(rotation=rotation)}
    for position, lesson in enumerate(order):
        rows[lesson].position = position
    RotationLesson.objects.bulk_update(rows.values(), ["position"])


def _say(verb: str, group: TherapyGroup, subject: Any, by: User | None, **detail: Any) -> None:
    """Write the line of the trail; the group's public id is always part of it."""
    detail["group"] = str(group.public_id)
    write_audit(verb, by=by, subject=subject, program_id=group.program.public_id, **detail)
