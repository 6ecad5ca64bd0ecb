"""What somebody overrode, and why: rows on the director's list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from accounts.models import User
from groups.models import GroupMembership, ScheduleChange, ScheduleException
from groups.schedule.clashes import Clash
from programs.models import Program


def record_exceptions(
    *,
    clashes: Collection[Clash],
    reason: str,
    program: Program,
    now: datetime,
    by: User | None,
    change: ScheduleChange | None = None,
    membership: GroupMembership | None = None,
) -> list[ScheduleException]:
    """Write one row for each kind and person or facilitator, however many dates it holds for.

    Call it inside the action's own transaction.
    """
    shared = {
        "program": program,
        "change": change,
        "membership": membership,
        "reason": reason.strip(),
        "made_by": by,
        "made_at": now,
    }
    return ScheduleException.objects.bulk_create(
        ScheduleException(**_about(same), **shared) for same in _alike(clashes)
    )


def _about(same: list[Clash]) -> dict[str, Any]:
    """Return what clashes of one kind and person are about, together."""
    first = same[0]
    return {
        "kind": first.kind,
        "session_id": _only_session(same),
        "participant": first.person,
        "user_id": first.user[0] if first.user else None,
        "first_on": min(each.held_on for each in same),
        "last_on": max(_last_on(each) for each in same),
        "times": len(same),
        "detail": first.numbers,
    }


def _alike(clashes: Collection[Clash]) -> Collection[list[Clash]]:
    """Return the clashes of one kind, facilitator and person together."""
    found: dict[tuple, list[Clash]] = defaultdict(list)
    for clash in clashes:
        user = clash.user[0] if clash.user else None
        person = clash.person.pk if clash.person else None
        found[clash.kind, user, person].append(clash)
    return found.values()


def _only_session(clashes: Collection[Clash]) -> int | None:
    """Return the one stored session they are about, if it is one."""
    sessions = {each.proposal.key if each.proposal else None for each in clashes}
    return sessions.pop() if len(sessions) == 1 else None


def _last_on(clash: Clash) -> date:
    until = clash.numbers.get("until")
    return date.fromisoformat(str(until)) if until else clash.held_on
