"""The list of groups: what each is, when it meets, how full it is, and when it meets next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from groups.kind_looks import KindLook, kind_look
from groups.models import GroupMembership, GroupSession, SessionStatus, TherapyGroup
from groups.readable import readable_groups
from groups.slots import slots_of
from groups.week_switch import ProgramLink, program_links
from groups.wording import clock, day_words
from programs.access import Access
from programs.models import Program
from programs.weeks import local_date
from programs.who_may import Scope


@dataclass(frozen=True)
class GroupRow:
    """One line of the list."""

    url: str
    name: str
    kind: KindLook
    format: str
    slots: tuple[str, ...]
    members: int
    capacity: int
    next_session: str

    @property
    def is_full(self) -> bool:
        return self.members >= self.capacity


@dataclass(frozen=True)
class GroupsPage:
    """Everything the list's template reads."""

    program: Program
    programs: tuple[ProgramLink, ...]
    rows: tuple[GroupRow, ...]
    is_own_only: bool
    may_edit: bool


def groups_page(*, program: Program, access: Access, now: datetime) -> GroupsPage:
    """Return the list as `access` may see it at this moment."""
    today = local_date(now, program.zone)
    groups = list(_with_facts(readable_groups(access, program, today=today), today, now))
    slots = slots_of([each.pk for each in groups], today=today)
    return GroupsPage(
        program=program,
        programs=program_links("groups:groups", access, program),
        rows=tuple(_row(each, slots.get(each.pk, ()), program, today) for each in groups),
        is_own_only=access.scope("groups.read", program) is Scope.OWN,
        may_edit=access.scope("groups.edit", program) is not None,
    )


def _with_facts(
    groups: QuerySet[TherapyGroup], today: date, now: datetime
) -> QuerySet[TherapyGroup]:
    """Annotate how many belong to each group today, and when its next session starts."""
    members = (
        GroupMembership.objects.on(today)
        .filter(group=OuterRef("pk"))
        .order_by()
        .values(each_one=Value(1))
        .annotate(people=Count("enrollment__participant", distinct=True))
    )
    ahead = GroupSession.objects.filter(
        group=OuterRef("pk"), status=SessionStatus.SCHEDULED, starts_at__gt=now
    ).order_by("starts_at")
    return groups.annotate(
        members=Coalesce(Subquery(members.values("people"), output_field=IntegerField()), 0),
        next_at=Subquery(ahead.values("starts_at")[:1]),
    ).order_by("name")


def _row(group: TherapyGroup, slots: tuple[str, ...], program: Program, today: date) -> GroupRow:
    next_at = group.next_at  # type: ignore[attr-defined]
    return GroupRow(
        url=reverse("groups:group", args=[program.public_id, group.public_id]),
        name=group.name,
        kind=kind_look(group.kind),
        format=group.get_format_display(),
        slots=slots,
        members=group.members,  # type: ignore[attr-defined]
        capacity=group.capacity,
        next_session=f"{day_words(local_date(next_at, program.zone), today)}, "
        f"{clock(next_at, program.zone)}"
        if next_at
        else "",
    )
