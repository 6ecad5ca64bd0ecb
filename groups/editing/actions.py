"""What changes about groups: one is made with its first slots, another is corrected."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.audit import write_audit
from accounts.models import User
from groups.editing.group_facts import KIND_STAYS, GroupFacts, has_met
from groups.editing.stored_group import over_capacity, save_group
from groups.models import TherapyGroup
from groups.schedule.actions import start_slots
from groups.schedule.edit import CannotSchedule, SlotWish
from groups.schedule.exceptions import record_exceptions
from groups.schedule.lock import schedule_lock
from programs.models import Program
from programs.weeks import local_date


@transaction.atomic
def create_group(
    *,
    public_id: uuid.UUID,
    program: Program,
    facts: GroupFacts,
    wishes: Sequence[SlotWish],
    override: str = "",
    now: datetime,
    by: User | None,
) -> TherapyGroup:
    """Make a group with its weekly slots and their sessions; all of it or nothing.

    The same public id sent twice makes one group: the second call returns the first one's. Raises
    CannotSchedule as `start_slots` does, and with words where the group itself may not be so.
    """
    schedule_lock()
    made = TherapyGroup.objects.filter(public_id=public_id, program=program).first()
    if made is not None:
        return made
    group = TherapyGroup(public_id=public_id, program=program)
    facts.put_on(group)
    save_group(group)
    _audit_new(group, len(wishes), by)
    start_slots(group=group, wishes=wishes, override=override, now=now, by=by)
    return group


@transaction.atomic
def change_group(
    *, group: TherapyGroup, facts: GroupFacts, override: str = "", now: datetime, by: User | None
) -> TherapyGroup:
    """Correct what a group is; nothing is written where nothing differs.

    Fewer seats than people want a reason, which lands on the list of exceptions. The kind of a
    group that has met stays. Raises CannotSchedule.
    """
    group = TherapyGroup.objects.select_for_update().get(pk=group.pk)
    seats, today = group.capacity, local_date(now, group.program.zone)
    changed = facts.put_on(group)
    if "kind" in changed and has_met(group, today=today):
        raise CannotSchedule({"kind": [str(KIND_STAYS)]})
    clashes = over_capacity(group, today=today) if group.capacity < seats else []
    if clashes and not override.strip():
        raise CannotSchedule(clashes=clashes)
    if changed:
        save_group(group, update_fields=changed)
        program = group.program
        record_exceptions(clashes=clashes, reason=override, program=program, now=now, by=by)
        _audit_change(group, changed, seats, by)
    return group


def _audit_new(group: TherapyGroup, slots: int, by: User | None) -> None:
    write_audit(
        "group.created",
        by=by,
        subject=group,
        program_id=group.program.public_id,
        kind=group.kind,
        capacity=group.capacity,
        slots=slots,
    )


def _audit_change(group: TherapyGroup, changed: Sequence[str], seats: int, by: User | None) -> None:
    detail: dict[str, Any] = {}
    if "capacity" in changed:
        detail = {"seats_before": seats, "seats": group.capacity}
    write_audit(
        "group.changed",
        by=by,
        subject=group,
        program_id=group.program.public_id,
        changed=sorted(changed),
        **detail,
    )
