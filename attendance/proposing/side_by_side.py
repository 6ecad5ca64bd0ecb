"""Both plans of a group's coming sessions side by side."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass

from django.urls import reverse

from attendance.proposing.problem import Key, Plan
from attendance.proposing.reading import Situation
from attendance.proposing.tally import Tally
from groups.rotation.flow import Slot
from groups.wording import short_day, times
from programs.models import Program


@dataclass(frozen=True)
class Side:
    """What one of the plans teaches in a session, and how many people it serves there."""

    lessons: str
    served: int | None


@dataclass(frozen=True)
class SlotRow:
    """A coming session with both plans; `is_free`: its lesson was chosen anew."""

    day: str
    times: str
    url: str
    now: Side
    then: Side
    is_changed: bool
    is_free: bool


def slot_rows(
    situation: Situation, plan: Plan, before: Tally, after: Tally, program: Program
) -> Iterable[SlotRow]:
    """Yield the sessions that are held: what each teaches as it stands, and by the plan."""
    free = {slot.session for slot in situation.problem.slots}
    for slot in situation.plan.slots:
        if slot.is_cancelled:
            continue
        session, is_free = situation.plan.sessions[slot.session], slot.session in free
        yield SlotRow(
            day=short_day(session.held_on),
            times=times(session.starts_at, session.ends_at, program.zone),
            url=reverse("moving:session", args=[program.public_id, session.public_id]),
            now=_side(situation, slot.planned, slot, before if is_free else None),
            then=_side(situation, _then(slot, plan, free), slot, after if is_free else None),
            is_changed=is_free and slot.planned != _then(slot, plan, free),
            is_free=is_free,
        )


def _then(slot: Slot, plan: Plan, free: Container[Key]) -> tuple[Key, ...]:
    if slot.session not in free:
        return slot.planned
    return (plan[slot.session],) if slot.session in plan else ()


def _side(situation: Situation, planned: Iterable[Key], slot: Slot, result: Tally | None) -> Side:
    names = [situation.plan.lessons[each].name for each in planned]
    served = result.served.get(slot.session, 0) if result and names else None
    return Side(lessons=", ".join(names), served=served)
