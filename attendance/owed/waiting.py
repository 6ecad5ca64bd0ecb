"""What waits in a program at a moment, and who owes it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from attendance.owed.reading import facts_of, open_sessions, with_facts
from attendance.owed.rule import Debt, Facts, OwedKind, what_is_owed
from attendance.owed.staff import Colleague, Colleagues, colleagues_in
from groups.models import GroupSession
from groups.readable import leaders_of, led_by
from programs.access import Access
from programs.models import Program
from programs.who_may import Scope


@dataclass(frozen=True)
class Ower:
    """Who owes something, by the public id as text."""

    key: str
    name: str


@dataclass(frozen=True)
class Waiting:
    """One session with what it owes next, and who owes that; nobody where nobody leads it."""

    session: GroupSession
    facts: Facts
    debt: Debt
    owers: tuple[Ower, ...]

    @property
    def kind(self) -> OwedKind:
        return self.debt.kind

    def is_owed_by(self, key: str) -> bool:
        """Whether it is this person's to do."""
        return any(each.key == key for each in self.owers)


def waiting_for(access: Access, program: Program, *, now: datetime) -> list[Waiting]:
    """Return what waits as far as this person may see it, the oldest first; two queries at most.

    Whoever marks their own sessions sees what they owe themselves. The others see everything,
    co-signatures where they may give some.
    """
    sessions = open_sessions(program, now=now)
    if access.scope("attendance.mark", program) is Scope.OWN:
        sessions = led_by(access.user, sessions)
    found = waiting_among(sessions, program, now=now)
    if access.scope("notes.cosign", program) is None:
        return [each for each in found if each.kind is not OwedKind.COSIGN]
    return found


def owed_by(user: User, waiting: Iterable[Waiting]) -> list[Waiting]:
    """Return what of it is this person's to do."""
    return [each for each in waiting if each.is_owed_by(str(user.public_id))]


def waiting_among(
    sessions: QuerySet[GroupSession], program: Program, *, now: datetime
) -> list[Waiting]:
    """Return what these sessions of the program owe; a second query where one is to co-sign."""
    facts = [(each, facts_of(each)) for each in with_facts(sessions)]
    owing = [
        (session, said, debt)
        for session, said in facts
        if (debt := what_is_owed(said, zone=program.zone, now=now))
    ]
    asks_who = any(debt.kind is OwedKind.COSIGN for _, _, debt in owing)
    colleagues = colleagues_in(program) if asks_who else {}
    return [
        Waiting(session, said, debt, owers_of(session, debt.kind, colleagues))
        for session, said, debt in owing
    ]


def owers_of(session: Any, kind: OwedKind, colleagues: Colleagues) -> tuple[Ower, ...]:
    """Return who owes it: the session's leaders; who co-signs under the rule of its day."""
    if kind is not OwedKind.COSIGN:
        return tuple(Ower(each.key, each.name) for each in leaders_of(session))
    return tuple(Ower(each.key, each.name) for each in cosigners_of(session, colleagues))


def cosigners_of(session: Any, colleagues: Colleagues) -> list[Colleague]:
    """Return whom the rule names, while they may co-sign here; else the directors.

    Nobody co-signs what they signed.
    """
    signer = str(session.notes_signer)
    others = [each for each in colleagues.values() if each.key != signer]
    named = str((session.rule_facts or {}).get("cosigner"))
    chosen = [each for each in others if each.key == named and each.may_cosign]
    return chosen or [each for each in others if each.is_director]
