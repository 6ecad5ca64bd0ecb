"""What the rule of a rotation reads and returns: steps, slots, and the flow of lessons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

# A session and a lesson by their keys.
Key = int


@dataclass(frozen=True)
class Step:
    """A lesson of the rotation, and those that have to be taught before it."""

    lesson: Key
    minutes: int | None = None
    needs: frozenset[Key] = frozenset()


@dataclass(frozen=True)
class Slot:
    """A coming session: its net minutes; `planned` as it stands; `fixed` was chosen by hand."""

    session: Key
    starts_at: datetime
    minutes: int
    is_cancelled: bool = False
    planned: tuple[Key, ...] = ()
    fixed: tuple[Key, ...] = ()


@dataclass(frozen=True)
class Flow:
    """What each session is to teach, and everything about it that somebody has to be told."""

    teaches: Mapping[Key, tuple[Key, ...]] = field(default_factory=dict)
    # (lesson, from this session or None, to this session)
    moved: Sequence[tuple[Key, Key | None, Key]] = ()
    # Planned once more although it was taught or planned before in this round.
    repeated: Sequence[tuple[Key, Key]] = ()
    # Left out: was planned (or its turn) and has no session any more.
    dropped: Sequence[Key] = ()
    # No session is long enough, or what it needs is never taught before it.
    refused: Sequence[tuple[Key, str]] = ()
    # The lessons whose turn passes in a cancelled session, by that session.
    passed: Mapping[Key, tuple[Key, ...]] = field(default_factory=dict)
    # Chosen by hand for a session that is cancelled: they stay chosen, in this one.
    carried: Mapping[Key, tuple[Key, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Turn:
    """A lesson that had its turn: taught, or passed over with a cancelled session."""

    lesson: Key
    is_taught: bool = True
    # Chosen by hand: teaching it once more is no sign that a round has begun.
    is_by_hand: bool = False
