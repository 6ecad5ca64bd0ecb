"""All groups of a program: what each teaches next, how far it is planned, and where it is not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from curriculum.tabs import curriculum_tabs
from groups.kind_looks import KindLook, kind_look
from groups.models import TherapyGroup
from groups.rotation.plan import GroupPlan
from groups.rotation.reading import plans_of
from programs.access import Access
from programs.models import Program
from programs.weeks import local_date
from programs.whose import Tab


@dataclass(frozen=True)
class GroupRow:
    """One group: the next session with a lesson, the last one planned, and what is missing."""

    name: str
    kind: KindLook
    url: str
    has_rotation: bool
    lessons: int
    next_on: date | None
    next_lesson: str
    planned_until: date | None
    gaps: int
    left_out: int

    @property
    def is_troubled(self) -> bool:
        """Whether somebody should look at it."""
        return bool(self.gaps or self.left_out or not self.has_rotation)


@dataclass(frozen=True)
class RotationsPage:
    """Everything the template reads."""

    program: Program
    tabs: Sequence[Tab]
    rows: Sequence[GroupRow]


def rotations_page(*, program: Program, access: Access, now: datetime) -> RotationsPage:
    """Return the page; nine queries, however many groups."""
    groups = TherapyGroup.objects.visible_to(access.user).filter(program=program).order_by("name")
    found = list(groups)
    plans = plans_of([each.pk for each in found], now)
    rows = [_row(each, plans[each.pk], program) for each in found]
    tabs = curriculum_tabs(access, program, here="rotation:rotations")
    return RotationsPage(program, tabs, rows)


def _row(group: TherapyGroup, plan: GroupPlan, program: Program) -> GroupRow:
    held = [slot for slot in plan.slots if not slot.is_cancelled]
    with_lesson = [slot for slot in held if slot.planned]
    days = [local_date(slot.starts_at, program.zone) for slot in with_lesson]
    first = with_lesson[0].planned if with_lesson else ()
    return GroupRow(
        name=group.name,
        kind=kind_look(group.kind),
        url=reverse("rotation:rotation", args=[program.public_id, group.public_id]),
        has_rotation=plan.rotation is not None,
        lessons=len(plan.order),
        next_on=days[0] if days else None,
        next_lesson=", ".join(plan.lessons[each].name for each in first),
        planned_until=days[-1] if days else None,
        gaps=len(held) - len(with_lesson),
        left_out=sum(slot.is_cancelled and bool(slot.planned) for slot in plan.slots),
    )
