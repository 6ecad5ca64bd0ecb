"""Which stored sessions have the room, the people who lead, or the group at a proposed time."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from groups.models import GroupSession
from groups.readable import leaders_of, with_leaders
from groups.schedule.people import PROPOSED, rows_of, values_of
from groups.schedule.proposal import Proposal

# Sessions last less than a day, and rooms rest for a few hours at most: what can be in the way
# begins within 30 hours before. Every part is one range of an index.
IN_THE_WAY = f"""
WITH {PROPOSED}
SELECT p.index, 'room', s.id, NULL
  FROM proposed p
  JOIN programs_room room ON room.id = p.room_id
  JOIN groups_groupsession s
    ON s.room_id = p.room_id AND s.status = 'scheduled'
   AND s.starts_at > p.starts_at - interval '30 hours'
   AND s.starts_at < p.ends_at + make_interval(mins => room.turnover_minutes)
   AND s.ends_at > p.starts_at - make_interval(mins => room.turnover_minutes)
 WHERE s.id <> ALL(%(replaced)s)
UNION ALL
SELECT p.index, 'user', f.session_id, f.user_id
  FROM proposed p
  JOIN led l ON l.index = p.index
  JOIN groups_facilitation f
    ON f.user_id = l.user_id AND f.span && tstzrange(p.starts_at, p.ends_at)
 WHERE f.session_id <> ALL(%(replaced)s)
UNION ALL
SELECT p.index, 'group', s.id, NULL
  FROM proposed p
  JOIN groups_groupsession s
    ON s.group_id = p.group_id AND s.status = 'scheduled'
   AND s.starts_at > p.starts_at - interval '30 hours'
   AND s.starts_at < p.ends_at AND s.ends_at > p.starts_at
 WHERE s.id <> ALL(%(replaced)s)
 ORDER BY 1, 2, 3
"""


@dataclass(frozen=True)
class InTheWay:
    """A stored session (its key) that has what a proposal (its index) wants: room, user, group."""

    index: int
    what: str
    session: int
    user: int | None


@dataclass(frozen=True)
class Other:
    """The session that stands in the way, as it may be told to who may see its program."""

    key: int
    group: str
    program: int
    starts_at: datetime
    ends_at: datetime
    room: str
    leaders: tuple[str, ...]


def in_the_way(proposals: Sequence[Proposal], replaced: Collection[int]) -> list[InTheWay]:
    """Return the stored sessions in the way; `replaced` ones give way. One statement."""
    if not proposals:
        return []
    values = values_of(proposals) | {"replaced": list(replaced)}
    return [InTheWay(*row) for row in rows_of(IN_THE_WAY, values)]


def others_of(keys: Collection[int]) -> dict[int, Other]:
    """Return these stored sessions by key; one statement."""
    found = with_leaders(GroupSession.objects.filter(pk__in=keys))
    return {each.pk: _other(each) for each in found.select_related("group", "room")}


def _other(session: GroupSession) -> Other:
    return Other(
        key=session.pk,
        group=session.group.name,
        program=session.group.program_id,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        room=session.room.name if session.room else "",
        leaders=tuple(leader.name for leader in leaders_of(session)),
    )
