"""Says what a change of the calendar does to the lessons planned in it, before it is made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from groups.models import Rotation, SessionStatus
from groups.rotation.changes import differences
from groups.rotation.flow import Key, Slot
from groups.rotation.plan import GroupPlan
from groups.rotation.reading import net_minutes, plans_of
from groups.rotation.wording import Told, Words, news
from groups.schedule.edit import SessionEdit


@dataclass(frozen=True)
class GroupLessons:
    """What happens to the lessons of one group, in sentences."""

    group: str
    words: tuple[str, ...]


def lessons_after(edits: Iterable[SessionEdit], *, now: datetime) -> tuple[GroupLessons, ...]:
    """Return what the edits do to the lessons of each group with a rotation that they touch.

    Groups whose lessons stay are left out. Nothing is written; eight queries at most.
    """
    by_group: dict[Key, list[SessionEdit]] = defaultdict(list)
    for each in edits:
        by_group[each.proposal.group].append(each)
    rotations = Rotation.objects.filter(group__in=by_group).order_by("group__name")
    groups = [each.group for each in rotations.select_related("group__program__site")]
    if not groups:
        return ()
    plans = plans_of([each.pk for each in groups], now)
    lines = [
        GroupLessons(each.name, _words(plans[each.pk], by_group[each.pk], each.program.zone, now))
        for each in groups
    ]
    return tuple(line for line in lines if line.words)


def _words(
    plan: GroupPlan, edits: Sequence[SessionEdit], zone: ZoneInfo, now: datetime
) -> tuple[str, ...]:
    after = plan.with_slots(_slots_after(plan, edits, now))
    gone = [slot for slot in plan.slots if slot.session not in {e.session for e in after.slots}]
    words = Words([*gone, *after.slots], plan.lessons, zone)
    return tuple(words.summary(_told(plan, after, gone)))


def _told(plan: GroupPlan, after: GroupPlan, gone: Sequence[Slot]) -> Told:
    """Return the news, with what was planned in sessions that are gone afterwards."""
    flowing = after.flow
    slots = sorted([*gone, *after.slots], key=lambda slot: (slot.starts_at, slot.session))
    moved, dropped = differences(slots, flowing.teaches, flowing.passed)
    return news(replace(flowing, moved=moved, dropped=dropped), plan.flow)


def _slots_after(plan: GroupPlan, edits: Iterable[SessionEdit], now: datetime) -> list[Slot]:
    slots = {slot.session: slot for slot in plan.slots}
    for index, each in enumerate(edits):
        key = each.proposal.key or -1 - index
        old = slots.pop(key, None)
        is_gone = each.status == SessionStatus.WITHDRAWN or each.proposal.starts_at <= now
        if not is_gone and (old or each.proposal.key is None or not _has_taught(plan, key)):
            slots[key] = _slot(key, each, old)
    return list(slots.values())


def _has_taught(plan: GroupPlan, session: Key) -> bool:
    return any(each.session == session for each in plan.past)


def _slot(key: Key, edit: SessionEdit, old: Slot | None) -> Slot:
    at = edit.proposal
    return Slot(
        session=key,
        starts_at=at.starts_at,
        minutes=net_minutes(at.starts_at, at.ends_at, at.breaks),
        is_cancelled=edit.status == SessionStatus.CANCELLED,
        planned=old.planned if old else (),
        fixed=old.fixed if old else (),
    )
