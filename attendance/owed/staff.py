"""Who works in a program now, and who of them may co-sign."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from programs.models import Program, Role, StaffAssignment
from programs.who_may import WHO_MAY

MAY_COSIGN = frozenset(WHO_MAY["notes.cosign"])


@dataclass(frozen=True)
class Colleague:
    """One who works in the program, by the public id as text."""

    key: str
    user_id: int
    name: str
    roles: frozenset[Role]

    @property
    def may_cosign(self) -> bool:
        return bool(self.roles & MAY_COSIGN)

    @property
    def is_director(self) -> bool:
        return Role.DIRECTOR in self.roles


Colleagues = dict[str, Colleague]


def colleagues_in(program: Program) -> Colleagues:
    """Return who works in the program and may sign in, by public id; one query."""
    found = StaffAssignment.objects.current().filter(program=program, user__is_active=True)
    roles: dict[tuple[int, str, str], set[Role]] = defaultdict(set)
    named = ("user_id", "user__public_id", "user__name", "user__email", "role")
    for user_id, public_id, name, email, role in found.values_list(*named):
        roles[user_id, str(public_id), name or email].add(Role(role))
    return {
        key: Colleague(key, user_id, name, frozenset(each))
        for (user_id, key, name), each in roles.items()
    }
