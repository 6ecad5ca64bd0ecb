"""A change of the calendar as plain values, planned but not carried out.

The same edit is shown in a preview and, planned anew under the lock, carried out.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from groups.models import ChangeKind, ClashKind, SessionStatus
from groups.schedule.proposal import Proposal
from programs.models import Program

TimeSpan = tuple[time, time]


@dataclass(frozen=True)
class Placement:
    """Where one session is to be held, on the site's wall clock; `leaders` are users' keys."""

    held_on: date
    starts: time
    ends: time
    breaks: tuple[TimeSpan, ...] = ()
    room: int | None = None
    leaders: tuple[int, ...] = ()


@dataclass(frozen=True)
class SlotWish:
    """What a weekly slot is to be. It reads as a meeting pattern (`meeting_dates.WeeklySlot`)."""

    weekday: int
    starts: time
    ends: time
    first_on: date
    last_on: date | None = None
    every_weeks: int = 1
    breaks: tuple[TimeSpan, ...] = ()
    room: int | None = None
    leaders: tuple[int, ...] = ()


@dataclass(frozen=True)
class SessionEdit:
    """One session as it is to be; `slot` is the index of a new slot of the edit, or None."""

    proposal: Proposal
    status: SessionStatus = SessionStatus.SCHEDULED
    slot: int | None = None
    slot_on: date | None = None
    cancelled_for: int | None = None
    cancelled_reason: str = ""
    combined_into: int | None = None


@dataclass(frozen=True)
class SlotEdit:
    """A slot that begins, in the place of one that ends the day before (`follows`) or of none."""

    group: int
    wish: SlotWish
    follows: int | None = None


class Why(TextChoices):
    """Why a session stays as it is."""

    RECORDED = "recorded", _("attendance is recorded")
    BEGUN = "begun", _("it has begun already")
    BY_HAND = "by_hand", _("it was moved by hand")
    CANCELLED = "cancelled", _("it is cancelled")
    TOO_LATE = "too_late", _("its new time has passed")


@dataclass(frozen=True)
class Kept:
    """A session that stays as it is, and why; it fills a date of a new slot all the same."""

    key: int
    held_on: date
    why: Why
    slot: int | None = None
    slot_on: date | None = None


@dataclass(frozen=True)
class StandIn:
    """Who leads a session (its key) in whose place (both users' keys)."""

    session: int
    instead_of: int
    leader: int


@dataclass(frozen=True)
class Edit:
    """Everything one change does. `ends` gives slots (keys) a last day; None withdraws them."""

    kind: ChangeKind
    program: Program
    sessions: Sequence[SessionEdit] = ()
    slots: Sequence[SlotEdit] = ()
    ends: Mapping[int, date | None] = field(default_factory=dict)
    kept: Sequence[Kept] = ()
    stand_ins: Sequence[StandIn] = ()

    @property
    def held(self) -> list[Proposal]:
        """The sessions that are to be held."""
        return [each.proposal for each in self.sessions if each.status == SessionStatus.SCHEDULED]

    @property
    def touched(self) -> frozenset[int]:
        """The stored sessions (keys) that the edit changes, cancelled and withdrawn ones too."""
        return frozenset(
            each.proposal.key for each in self.sessions if each.proposal.key is not None
        )


class CannotSchedule(Exception):
    """The change was refused: words by field of its form, and the clashes that stopped it."""

    def __init__(
        self, words: Mapping[str, Sequence[str]] | None = None, clashes: Collection = ()
    ) -> None:
        super().__init__(words or clashes)
        self.words, self.clashes = dict(words or {}), tuple(clashes)

    @property
    def needs_reason(self) -> bool:
        """Whether a reason would let it through: nothing but warnings stands in the way."""
        return not self.words and not any(each.is_hard for each in self.clashes)


def kinds(clashes: Collection) -> frozenset[ClashKind]:
    """Return the kinds among the clashes."""
    return frozenset(each.kind for each in clashes)
