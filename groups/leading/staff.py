"""The staff of a program: who works in it now, or leads one of its sessions to come."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from groups.models import Facilitation, SessionStatus
from programs.models import Program, Role, StaffAssignment


def staff_of(program: Program, *, now: datetime) -> QuerySet[User]:
    """Return the people by name: also one who left while sessions ahead still name them."""
    works_here = StaffAssignment.objects.current().filter(program=program, user=OuterRef("pk"))
    leads_here = Facilitation.objects.filter(
        user=OuterRef("pk"),
        is_former=False,
        session__group__program=program,
        session__status=SessionStatus.SCHEDULED,
        session__ends_at__gt=now,
    )
    found = User.objects.filter(Q(Exists(works_here)) | Q(Exists(leads_here)))
    return found.order_by("name", "email", "pk")


def roles_of(users: Collection[int], program: Program) -> dict[int, list[Role]]:
    """Return each user's roles in the program now, in the order of their table."""
    found: dict[int, set[str]] = defaultdict(set)
    current = StaffAssignment.objects.current().filter(program=program, user__in=users)
    for user, role in current.values_list("user_id", "role"):
        found[user].add(role)
    return {user: [role for role in Role if role in found[user]] for user in users}
