"""What removing a closure would do: which sessions come back, with what, and which cannot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from groups.bookings import Bookings
from groups.closing.closed_days import brought_back, closure_on
from groups.models import GroupSession, SessionStatus
from groups.schedule.in_the_way import in_the_way, others_of
from groups.schedule.proposal import Proposal, as_proposal, with_leader_keys
from programs.models import Closure


@dataclass(frozen=True)
class Returning:
    """A session that comes back, perhaps without its room or without some who led it (keys)."""

    session: GroupSession
    is_without_room: bool = False
    without: frozenset[int] = frozenset()

    @property
    def is_whole(self) -> bool:
        return not self.is_without_room and not self.without


@dataclass(frozen=True)
class OpeningPlan:
    """What becomes of the sessions cancelled for a closure once it is removed.

    `doubled` cannot come back, as their group meets at that time already; `elsewhere` are also on
    a day of another closure and stay cancelled for that one; `past` would be over.
    """

    closure: Closure
    returning: Sequence[Returning] = ()
    doubled: Sequence[GroupSession] = ()
    elsewhere: Sequence[tuple[GroupSession, Closure]] = ()
    past: Sequence[GroupSession] = ()

    @property
    def counts(self) -> dict[str, int]:
        """How many sessions of each sort there are, by name."""
        return {
            "returning": len(self.returning),
            "without_room": sum(each.is_without_room for each in self.returning),
            "without_facilitator": sum(bool(each.without) for each in self.returning),
            "doubled": len(self.doubled),
            "elsewhere": len(self.elsewhere),
        }


def plan_opening(closure: Closure, now: datetime) -> OpeningPlan:
    """Return what removing the closure would do at this moment; a fixed number of statements."""
    found = with_leader_keys(cancelled_for(closure)).select_related("group__program__site", "room")
    sessions = list(found.order_by("starts_at", "group__name", "pk"))
    coming = [each for each in sessions if each.starts_at > now]
    closed = _closed_elsewhere(closure, coming)
    open_again = [each for each in coming if each.pk not in {one.pk for one, _ in closed}]
    returning, doubled = _fitted(open_again)
    past = [each for each in sessions if each.starts_at <= now]
    return OpeningPlan(closure, returning, doubled, closed, past)


def cancelled_for(closure: Closure) -> QuerySet[GroupSession]:
    """Return the sessions that do not meet because of this closure."""
    return GroupSession.objects.filter(status=SessionStatus.CANCELLED, cancelled_for=closure)


def _closed_elsewhere(
    closure: Closure, sessions: Sequence[GroupSession]
) -> list[tuple[GroupSession, Closure]]:
    """Return those whose date stays closed, but not one that was held in spite of that."""
    others = Closure.objects.in_force().filter(site=closure.site_id).exclude(pk=closure.pk)
    others = others.touching(closure.first_on, closure.last_on).order_by("first_on", "pk")
    closures = list(others)
    held = set(brought_back(cancelled_for(closure)).values_list("pk", flat=True))
    found = ((each, closure_on(closures, each.group.program, each.held_on)) for each in sessions)
    return [(each, other) for each, other in found if other and each.pk not in held]


def _fitted(sessions: Sequence[GroupSession]) -> tuple[list[Returning], list[GroupSession]]:
    """Return the sessions with what is not free any more, and those whose group meets then."""
    proposals = [as_proposal(each) for each in sessions]
    taken, bookings = _taken(proposals), Bookings()
    returning, doubled = [], []
    for session, proposal, gone in zip(sessions, proposals, taken, strict=True):
        times = (proposal.starts_at, proposal.ends_at)
        start = ("start", proposal.group, proposal.starts_at)
        if ("group", None) in gone or not bookings.take(start, *times):
            doubled.append(session)
            continue
        room = ("room", proposal.room)
        is_without_room = proposal.room is not None and (
            ("room", None) in gone or not bookings.take(room, *times)
        )
        without = frozenset(
            user
            for user in proposal.leaders
            if ("user", user) in gone or not bookings.take(("user", user), *times)
        )
        returning.append(Returning(session, is_without_room, without))
    return returning, doubled


def _taken(proposals: Sequence[Proposal]) -> list[set[tuple[str, int | None]]]:
    """Return, session by session, what others have at that time: its room, a leader, its start."""
    found = in_the_way(proposals, ())
    others = others_of({each.session for each in found})
    taken: list[set[tuple[str, int | None]]] = [set() for _ in proposals]
    for each in found:
        proposal, other = proposals[each.index], others[each.session]
        if proposal.starts_at < other.ends_at and other.starts_at < proposal.ends_at:
            taken[each.index].add((each.what, each.user))
    return taken
