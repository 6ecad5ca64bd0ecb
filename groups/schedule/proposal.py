"""A session as it would be after a change: plain values, stored or not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q, QuerySet

from groups.meeting_dates import Span
from groups.models import GroupSession


@dataclass(frozen=True)
class Proposal:
    """A session to be held. `key` is the stored session's primary key, None for a new one.

    `group`, `room` and `leaders` are primary keys too; instants are in UTC.
    """

    key: int | None
    group: int
    held_on: date
    starts_at: datetime
    ends_at: datetime
    breaks: tuple[Span, ...] = ()
    room: int | None = None
    leaders: tuple[int, ...] = ()
    # Enrollments expected here beside the members: the people of a session combined into this.
    guests: tuple[int, ...] = ()

    def overlaps(self, other: Proposal) -> bool:
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


def with_leader_keys(sessions: QuerySet[GroupSession]) -> QuerySet[GroupSession]:
    """Annotate each session with `leader_keys`, the users who lead it, in order."""
    leading = Q(facilitations__is_former=False)
    keys = ArrayAgg(
        "facilitations__user", filter=leading, default=[], order_by="facilitations__user"
    )
    return sessions.annotate(leader_keys=keys)


def as_proposal(session: GroupSession) -> Proposal:
    """Return the stored session as it is; it was read `with_leader_keys`."""
    leaders: Sequence[int] = session.leader_keys  # type: ignore[attr-defined]
    return Proposal(
        key=session.pk,
        group=session.group_id,
        held_on=session.held_on,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        breaks=tuple(session.breaks),
        room=session.room_id,
        leaders=tuple(leaders),
    )


def proposals_of(sessions: Iterable[int]) -> list[Proposal]:
    """Return the stored sessions (primary keys) as they are, by start; one query."""
    found = with_leader_keys(GroupSession.objects.filter(pk__in=list(sessions)))
    return [as_proposal(session) for session in found.order_by("starts_at", "pk")]
