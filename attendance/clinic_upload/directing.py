"""Which programs somebody may import into."""

from __future__ import annotations

from accounts.models import User
from programs.access import access_of


def programs_directed_by(user: User) -> frozenset[str]:
    """Return the codes of the programs, as it is now: none for who may not sign in any more."""
    if not user.is_active:
        return frozenset()
    return frozenset(program.code for program in access_of(user).programs_for("clinic.import"))
