"""Who could lead a session instead of who does: ranked by free, credentialed, fewest hours.

Free is who leads nothing at that time anywhere, is not on leave, and works at that hour.
Credentialed is who holds a license in force that day for one of the credentials that the program's
schedule rule asks for this kind of group; anybody is where it asks for none.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db.models import Q

from accounts.models import License, User
from groups.leading.led_hours import LedSession, led_of
from groups.models import ClashKind, Facilitation, GroupSession, SessionStatus
from groups.schedule.placing import may_lead
from groups.schedule.staff_facts import (
    Leading,
    ScheduleRules,
    StaffFacts,
    staff_facts,
    staff_warnings,
)
from programs.models import StaffLeave

NOT_FREE = frozenset({ClashKind.STAFF_AWAY, ClashKind.UNAVAILABLE})


@dataclass(frozen=True)
class Candidate:
    """Somebody who could lead, with what speaks against it. `minutes` are led that week already.

    `needs` are the credentials of which one is asked for, `licenses` all on record.
    """

    user: User
    minutes: int
    busy: tuple[LedSession, ...]
    warnings: frozenset[ClashKind]
    leave: StaffLeave | None
    needs: tuple[str, ...]
    licenses: tuple[License, ...]

    @property
    def is_free(self) -> bool:
        return not self.busy and not self.warnings & NOT_FREE

    @property
    def is_credentialed(self) -> bool:
        return ClashKind.CREDENTIAL not in self.warnings

    @property
    def rank(self) -> tuple:
        """What sorts the best first; who is busy, and so cannot be chosen, comes last."""
        return (
            not self.is_free,
            bool(self.busy),
            not self.is_credentialed,
            self.minutes,
            self.user.name.casefold(),
            self.user.pk,
        )


def candidates_for(session: GroupSession, *, besides: Collection[int] = ()) -> list[Candidate]:
    """Return who could lead the session, the best first, but for these users (keys).

    The session was read with its group, program and site. A fixed number of statements, however
    many people work in the program and however much they lead.
    """
    program = session.group.program
    who = User.objects.filter(pk__in=may_lead(program)).exclude(pk__in=besides)
    users = {user.pk: user for user in who}
    facts = staff_facts(users, session.held_on, session.held_on)
    rules, led = ScheduleRules(program), _led_around(session, users)
    found = [_candidate(user, session, facts, rules, led) for user in users.values()]
    return sorted(found, key=lambda each: each.rank)


def _candidate(
    user: User,
    session: GroupSession,
    facts: StaffFacts,
    rules: ScheduleRules,
    led: Sequence[LedSession],
) -> Candidate:
    program, day, kind = session.group.program, session.held_on, session.group.kind
    week = program.week_of(day)
    leading = Leading(user.pk, kind, day, session.starts_at, session.ends_at)
    return Candidate(
        user=user,
        minutes=led_of(led, user.pk, week, program=program).total,
        busy=tuple(each for each in led if each.user == user.pk and _overlaps(each, session)),
        warnings=frozenset(staff_warnings(leading, facts, rules, program.zone)),
        leave=next(iter(facts.leaves.get(user.pk, ())), None),
        needs=rules.credentials(kind, day),
        licenses=tuple(facts.licenses.get(user.pk, ())),
    )


def _overlaps(led: LedSession, session: GroupSession) -> bool:
    return led.starts_at < session.ends_at and session.starts_at < led.ends_at


def _led_around(session: GroupSession, users: Collection[int]) -> list[LedSession]:
    """Return what these users lead in the session's week, and at its time; one statement."""
    week = session.group.program.week_of(session.held_on)
    at_its_time = Q(session__starts_at__lt=session.ends_at, session__ends_at__gt=session.starts_at)
    in_its_week = Q(session__held_on__range=(week.first_on, week.last_on))
    found = (
        Facilitation.objects.filter(at_its_time | in_its_week, user__in=users, is_former=False)
        .filter(session__status=SessionStatus.SCHEDULED)
        .exclude(session=session)
        .order_by("session__starts_at", "pk")
    )
    return [
        LedSession(user, program, starts_at, ends_at, breaks, ZoneInfo(zone), group)
        for user, program, starts_at, ends_at, breaks, zone, group in found.values_list(
            "user",
            "session__group__program",
            "session__starts_at",
            "session__ends_at",
            "session__breaks",
            "session__group__program__site__timezone",
            "session__group__name",
        )
    ]
