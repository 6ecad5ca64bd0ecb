"""What stands between somebody and the signature under a sheet."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from attendance.sheet.refusals import CannotSign
from attendance.sheet.rows import Row
from groups.models import GroupSession
from programs.access import Access


@dataclass(frozen=True)
class Signing:
    """Who is to be marked, whose safety answer waits, and whether this person may sign."""

    unmarked: tuple[Row, ...]
    alerted: tuple[Row, ...]
    is_possible: bool
    is_substitute: bool
    reason: str
    problem: str
    waits_for_safety: bool

    @property
    def version(self) -> str:
        """A short text that changes with what is to be done."""
        said = [row.seen for row in self.unmarked] + [str(row.who.alert_id) for row in self.alerted]
        return hashlib.sha256(",".join(said).encode()).hexdigest()[:12]


def is_substitute(session: GroupSession, access: Access) -> bool | None:
    """Say whether a signature would be a substitute's; None where this person may not sign."""
    program = session.group.program
    if session.is_mine and access.scope("attendance.sign", program):  # type: ignore[attr-defined]
        return False
    return True if access.scope("attendance.sign_as_substitute", program) else None


def signing_of(
    rows: Sequence[Row], *, substitute: bool | None, reason: str, refused: CannotSign | None
) -> Signing:
    """Return what is to be done before signing; `substitute` as `is_substitute` says."""
    return Signing(
        unmarked=tuple(row for row in rows if not row.is_marked),
        alerted=tuple(row for row in rows if row.who.alert_id),
        is_possible=substitute is not None,
        is_substitute=bool(substitute),
        reason=reason,
        problem=str(refused or ""),
        waits_for_safety=bool(refused and refused.is_for_safety),
    )
