"""What a proposal chooses from, and what comes out: plain values, sessions and lessons by key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

Key = int
# Which lesson each free session teaches; one that is not named teaches none.
Plan = Mapping[Key, Key]


@dataclass(frozen=True)
class FreeSlot:
    """A coming session of the group whose lesson may be chosen; `minutes` are net of breaks."""

    session: Key
    starts_at: datetime
    minutes: int


@dataclass(frozen=True)
class Teachable:
    """A lesson that the group teaches, and those that come before it; minutes may be unknown."""

    lesson: Key
    minutes: int | None = None
    needs: frozenset[Key] = frozenset()


@dataclass(frozen=True)
class Attendee:
    """Somebody of the group.

    `at`: the free slots at which they are expected, on or before they leave. `missing`: the core
    lessons they neither received nor need not hear. `had`: the lessons of which that is not so,
    electives too. `elsewhere`: lessons they get anyway, outside the free slots, and when.
    """

    key: Key
    at: frozenset[Key]
    missing: frozenset[Key] = frozenset()
    had: frozenset[Key] = frozenset()
    elsewhere: Mapping[Key, datetime] = field(default_factory=dict)


@dataclass(frozen=True)
class Problem:
    """Free slots in order of time, what they may teach, and who is there.

    `heard`: lessons the group has been taught. `given`: lessons of its sessions that are not free,
    and when first. `plans`: the plan as it stands, then others to be no worse than.
    """

    slots: Sequence[FreeSlot]
    lessons: Sequence[Teachable]
    people: Sequence[Attendee]
    heard: frozenset[Key] = frozenset()
    given: Mapping[Key, datetime] = field(default_factory=dict)
    plans: Sequence[Plan] = ()


@dataclass(frozen=True)
class Proposal:
    """The best plan found, and how sure it is that none is better.

    `is_most`: it is proven that with no plan more people finish, else at most `most_finish` do.
    `is_best`: and that none has more core lessons received with as many finishing. `is_closest`:
    and that none of those leaves out fewer lessons of the plan as it stands, then changes fewer of
    its sessions.
    """

    plan: Plan
    most_finish: int
    is_most: bool = True
    is_best: bool = True
    is_closest: bool = True
