"""Which sessions and groups a person may read, and what every page tells of a session."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.shortcuts import get_object_or_404

from accounts.models import User
from groups.models import (
    Facilitation,
    GroupSession,
    PatternFacilitator,
    SessionLesson,
    TherapyGroup,
)
from groups.wording import surname
from programs.access import Access
from programs.models import Program
from programs.who_may import Scope

# How long after its last session a group stays with the person who led it.
STILL_THEIRS = timedelta(days=14)


@dataclass(frozen=True)
class Leader:
    """Who leads a session, as colleagues know them."""

    key: str
    name: str
    initials: str

    @property
    def short(self) -> str:
        """The last name, for narrow places."""
        return surname(self.name)


def readable_sessions(access: Access, program: Program) -> QuerySet[GroupSession]:
    """Return the program's sessions that this person may read: all, or those they lead."""
    return readable_in(access, [program])


def readable_in(access: Access, programs: Iterable[Program]) -> QuerySet[GroupSession]:
    """Return the sessions of some programs that this person may read: all, or those they lead."""
    by_scope = defaultdict(list)
    for program in programs:
        by_scope[access.scope("groups.read", program) is Scope.OWN].append(program)
    visible = GroupSession.objects.visible_to(access.user).in_calendar()
    return visible.filter(
        Q(group__program__in=by_scope[False])
        | Q(_leads(access.user), group__program__in=by_scope[True])
    )


def led_by(user: User, sessions: QuerySet[GroupSession]) -> QuerySet[GroupSession]:
    """Return those sessions that the person leads."""
    return sessions.filter(_leads(user))


def _leads(user: User) -> Exists:
    return Exists(Facilitation.objects.filter(session=OuterRef("pk"), user=user, is_former=False))


def readable_groups(access: Access, program: Program, *, today: date) -> QuerySet[TherapyGroup]:
    """Return the program's groups that this person may read: all, or those they lead.

    One leads a group by a slot in force, or by a session ahead or within the last two weeks.
    """
    groups = TherapyGroup.objects.visible_to(access.user).filter(program=program)
    if access.scope("groups.read", program) is not Scope.OWN:
        return groups
    slot = PatternFacilitator.objects.filter(
        Q(pattern__last_on=None) | Q(pattern__last_on__gte=today),
        pattern__withdrawn_at=None,
        pattern__group=OuterRef("pk"),
        user=access.user,
        is_former=False,
    )
    session = Facilitation.objects.filter(
        session__group=OuterRef("pk"),
        session__held_on__gte=today - STILL_THEIRS,
        user=access.user,
        is_former=False,
    )
    return groups.filter(Exists(slot) | Exists(session))


def group_to_read(
    access: Access, program: Program, public_id: uuid.UUID, *, today: date
) -> TherapyGroup:
    """Return the group: 404 outside the program, 403 where it is not one of this person's."""
    visible = TherapyGroup.objects.visible_to(access.user).filter(program=program)
    related = visible.select_related("default_room", "teaches")
    group = get_object_or_404(related, public_id=public_id)
    if not readable_groups(access, program, today=today).filter(pk=group.pk).exists():
        raise PermissionDenied
    return group


def with_leaders(sessions: QuerySet[GroupSession]) -> QuerySet[GroupSession]:
    """Annotate each session with `leader_facts`, which `leaders_of` reads."""
    leading = Facilitation.objects.filter(session=OuterRef("pk"), is_former=False)
    facts = JSONObject(key="user__public_id", name="user__name", email="user__email")
    return sessions.annotate(
        leader_facts=ArraySubquery(leading.order_by("user__name", "user_id").values(json=facts))
    )


def with_lessons(sessions: QuerySet[GroupSession]) -> QuerySet[GroupSession]:
    """Annotate each session with `lesson_names`, in the order of the curriculum."""
    taught = SessionLesson.objects.filter(session=OuterRef("pk"))
    order = ("lesson__module", "lesson__position", "lesson__name")
    return sessions.annotate(
        lesson_names=ArraySubquery(taught.order_by(*order).values("lesson__name"))
    )


def leaders_of(session: GroupSession) -> tuple[Leader, ...]:
    """Return who leads the session; it was read `with_leaders`."""
    facts: list[dict[str, str]] = session.leader_facts  # type: ignore[attr-defined]
    return tuple(_leader(**each) for each in facts)


def _leader(key: str, name: str, email: str) -> Leader:
    return Leader(key=key, name=name or email, initials=User(name=name, email=email).initials)
