"""Whose an outreach is: who led the session, else somebody of the program."""

from __future__ import annotations

from collections.abc import Iterable

from accounts.models import User
from groups.models import Facilitation
from programs.models import Program, Role, StaffAssignment
from programs.who_may import WHO_MAY

# Who is asked where nobody leads the session any more, in this order.
ELSE = (Role.CLINICIAN, Role.DIRECTOR, Role.ADMISSIONS)
MAY = tuple(WHO_MAY["outreach.manage"])


def staff_of(program: Program) -> list[User]:
    """Return who may be given an outreach of the program, by name."""
    current = StaffAssignment.objects.current().filter(program=program, role__in=MAY)
    people = User.objects.filter(pk__in=current.values("user"), is_active=True)
    return list(people.order_by("name", "email"))


def owners_of(program: Program, sessions: Iterable[int]) -> dict[int, int]:
    """Return the owner (both as primary keys) of what was missed in each session.

    The first who leads it now and works in the program; a session for which nobody is found at
    all is left out.
    """
    by_role = _staff_by_role(program)
    working = {user for users in by_role.values() for user in users}
    fallback = next((by_role[role][0] for role in ELSE if by_role.get(role)), None)
    wanted = list(sessions)
    leading = Facilitation.objects.filter(session__in=wanted, is_former=False, user__in=working)
    owners = dict.fromkeys(wanted, fallback)
    for session, user in leading.order_by("-pk").values_list("session", "user"):
        owners[session] = user
    return {session: owner for session, owner in owners.items() if owner is not None}


def _staff_by_role(program: Program) -> dict[str, list[int]]:
    rows = (
        StaffAssignment.objects.current()
        .filter(program=program, role__in=MAY, user__is_active=True)
        .order_by("user__name", "user_id")
        .values_list("role", "user")
    )
    found: dict[str, list[int]] = {}
    for role, user in rows:
        found.setdefault(role, []).append(user)
    return found
