"""Sets up the Matrix schedule: library, groups, slots, sessions and the order of lessons."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import write_audit
from accounts.models import User
from curriculum.models import Lesson, Module, Track
from curriculum.starter.adding import add_starters
from curriculum.starter.shelf import starter
from groups.editing.actions import create_group
from groups.editing.group_facts import GroupFacts
from groups.models import OnCancel, TherapyGroup
from groups.offering.matrix_parts import Part
from groups.rotation.actions import reflow, set_rotation
from groups.schedule.edit import CannotSchedule, SlotWish
from groups.schedule.lock import schedule_lock
from programs.models import Program

MATRIX = "matrix"


@dataclass(frozen=True)
class PartWish:
    """One group of the schedule as it is asked for; `minutes` is how long its sessions are."""

    part: Part
    public_id: uuid.UUID
    facts: GroupFacts
    slots: Sequence[SlotWish]
    minutes: int


@transaction.atomic
def set_up_matrix(
    *,
    program: Program,
    parts: Sequence[PartWish],
    override: str = "",
    now: datetime,
    by: User | None,
) -> list[TherapyGroup]:
    """Add what the library lacks of Matrix, make the groups, and plan their lessons.

    Sent twice with the same ids, it makes them once. All of it or nothing: raises CannotSchedule
    where a group may not be so, something is in the way, or a lesson is longer than its session.
    """
    schedule_lock()
    made = TherapyGroup.objects.filter(
        program=program, public_id__in=[each.public_id for each in parts]
    )
    if len(made) == len(parts):
        return list(made)
    add_starters(program=program, starters=[starter(MATRIX)], now=now, by=by)
    track = Track.objects.get(program=program, name=starter(MATRIX).name)
    groups = [_set_up(program, track, each, override, now, by) for each in parts]
    write_audit(
        "matrix.set_up",
        by=by,
        subject=program,
        program_id=program.public_id,
        groups=[str(group.public_id) for group in groups],
    )
    return groups


def _set_up(
    program: Program, track: Track, wish: PartWish, override: str, now: datetime, by: User | None
) -> TherapyGroup:
    lessons = _lessons(track, wish)
    group = create_group(
        public_id=wish.public_id,
        program=program,
        facts=replace(wish.facts, teaches=track),
        wishes=wish.slots,
        override=override,
        now=now,
        by=by,
    )
    set_rotation(group=group, lessons=lessons, on_cancel=OnCancel.SHIFT, is_repeating=True, by=by)
    reflow(group=group, by=by, now=now)
    return group


def _lessons(track: Track, wish: PartWish) -> list[Lesson]:
    """Return the module's lessons in order. Raises CannotSchedule where one is too long."""
    module = Module.objects.get(track=track, name=wish.part.module)
    lessons = list(module.lessons.in_use().filter(versions__published_at__isnull=False).distinct())
    too_long = next((each for each in lessons if (each.minutes or 0) > wish.minutes), None)
    if too_long is not None:
        words = _("“%(lesson)s” takes %(needed)d minutes. Enter at least as many.") % {
            "lesson": too_long.name,
            "needed": too_long.minutes or 0,
        }
        raise CannotSchedule({f"{wish.part.slug}_minutes": [words]})
    return sorted(lessons, key=lambda each: (each.position, each.name))
