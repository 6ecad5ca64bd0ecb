"""What the calendar reads: the week's sessions, its closures, a day's rooms, clashes of people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _

from groups.calendar.asked import Asked, View
from groups.calendar.twice import InTwo, people_in_two
from groups.models import GroupSession, SessionStatus
from groups.readable import readable_in, with_leaders
from groups.roster import with_expected_count
from programs.access import Access
from programs.models import Closure, Program, Room
from programs.who_may import Scope


@dataclass(frozen=True)
class Busy:
    """A time at which a room is used by a session that this page does not show.

    `group` is empty where the session is not this person's to know of.
    """

    starts_at: datetime
    ends_at: datetime
    group: str


@dataclass(frozen=True)
class RoomOfDay:
    """A room, and when others have it on the day shown."""

    room: Room
    busy: tuple[Busy, ...]


@dataclass(frozen=True)
class Found:
    """What was read, whatever the filters. Each session's group has its program, with the site."""

    programs: tuple[Program, ...]
    sessions: tuple[GroupSession, ...]
    closures: tuple[Closure, ...]
    rooms: tuple[RoomOfDay, ...]
    in_two: tuple[InTwo, ...]

    @property
    def sites(self) -> frozenset[int]:
        """The sites (keys) of the programs shown."""
        return frozenset(each.site_id for each in self.programs)

    def closures_on(self, day: date) -> list[Closure]:
        """Return what closes one of the programs shown on that date."""
        return [each for each in self.closures if each.first_on <= day <= each.last_on]

    def is_closed_on(self, day: date) -> bool:
        """Return whether all programs shown are closed on that date."""
        closures = self.closures_on(day)
        return all(any(_closes(each, program) for each in closures) for program in self.programs)

    def closed_for(self, day: date) -> str:
        """Return why that date is closed, and for which programs where not for all shown."""
        reasons = [self._reason(each) for each in self.closures_on(day)]
        return "; ".join(dict.fromkeys(reasons))

    def _reason(self, closure: Closure) -> str:
        closed = [each for each in self.programs if _closes(closure, each)]
        if len(closed) == len(self.programs):
            return closure.reason
        names = ", ".join(each.name for each in closed)
        return _("%(reason)s (%(programs)s)") % {"reason": closure.reason, "programs": names}


def read(access: Access, program: Program, asked: Asked, now: datetime) -> Found:
    """Return what the calendar shows: four statements at most."""
    readable = access.programs_for("groups.read")
    programs = tuple(readable) if asked.is_of_all else (program,)
    sessions = _sessions(access, programs, asked)
    ahead = [each for each in sessions if is_ahead(each, now) and each.held_on in asked.dates]
    return Found(
        programs=programs,
        sessions=sessions,
        closures=_closures(programs, asked),
        rooms=_rooms(access, programs, asked, sessions) if asked.view is View.ROOMS else (),
        in_two=people_in_two(ahead),
    )


def is_ahead(session: GroupSession, now: datetime) -> bool:
    """Return whether it is to be held and not over: what clashes in it can still be settled."""
    return session.status == SessionStatus.SCHEDULED and session.ends_at > now


def may_know(access: Access, program: int) -> bool:
    """Return whether this person may read every session of the program (its key)."""
    return any(
        each.pk == program and access.scope("groups.read", each) is Scope.PROGRAM
        for each in access.programs
    )


def _sessions(
    access: Access, programs: Sequence[Program], asked: Asked
) -> tuple[GroupSession, ...]:
    dates = (asked.week.first_on, asked.week.last_on)
    readable = readable_in(access, programs).filter(held_on__range=dates)
    found = with_leaders(with_expected_count(readable))
    related = found.select_related("group", "room", "cancelled_for", "combined_into__group")
    sessions = tuple(related.order_by("starts_at", "group__name"))
    known = {each.pk: each for each in programs}
    for session in sessions:
        session.group.program = known[session.group.program_id]
    return sessions


def _closures(programs: Iterable[Program], asked: Asked) -> tuple[Closure, ...]:
    found = Closure.objects.in_force().touching(asked.week.first_on, asked.week.last_on)
    at_sites = found.filter(site__in={each.site_id for each in programs}).order_by("first_on", "pk")
    return tuple(each for each in at_sites if any(_closes(each, one) for one in programs))


def _closes(closure: Closure, program: Program) -> bool:
    return closure.site_id == program.site_id and closure.program_id in (None, program.pk)


def _rooms(
    access: Access, programs: Iterable[Program], asked: Asked, sessions: Iterable[GroupSession]
) -> tuple[RoomOfDay, ...]:
    others = (
        GroupSession.objects.filter(
            room=OuterRef("pk"), held_on=asked.day, status=SessionStatus.SCHEDULED
        )
        .exclude(pk__in=[each.pk for each in sessions])
        .order_by("starts_at")
    )
    facts = JSONObject(
        starts_at="starts_at", ends_at="ends_at", group="group__name", program="group__program"
    )
    rooms = Room.objects.filter(site__in={each.site_id for each in programs})
    found = rooms.select_related("site").annotate(busy=ArraySubquery(others.values(json=facts)))
    return tuple(
        RoomOfDay(each, tuple(_busy(access, **one) for one in each.busy))
        for each in found.order_by("site__name", "name")
    )


def _busy(access: Access, **facts: Any) -> Busy:
    return Busy(
        starts_at=datetime.fromisoformat(facts["starts_at"]),
        ends_at=datetime.fromisoformat(facts["ends_at"]),
        group=facts["group"] if may_know(access, facts["program"]) else "",
    )
