"""When somebody is told of what they owe: the rule, over plain values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from attendance.owed.rule import Debt, Facts, OwedKind, what_is_owed
from programs.weeks import instant
from reminders.models import NoticeKind

# Time to finish the sheet before anybody asks.
AFTER_THE_END = timedelta(minutes=30)
# At the program's site. Attendance is signed on its day; there is still time for it then, and the
# usual quiet hours have not begun.
EVENING = time(20, 30)
# What waited longer when it is first seen is left to the list: who begins to use the program, or
# starts it again after days, is not written to about all that lies behind.
LOOKS_BACK = timedelta(days=3)


@dataclass(frozen=True)
class Telling:
    """One thing to be told of, from a moment on."""

    kind: NoticeKind
    due_at: datetime

    def is_news(self, now: datetime) -> bool:
        """Whether it may still be told where nobody was told yet."""
        return self.due_at >= now - LOOKS_BACK


def to_be_told(facts: Facts, *, zone: ZoneInfo, now: datetime) -> tuple[Telling, ...]:
    """Return what whoever owes it should have been told of by now, for the session's debt."""
    debt = what_is_owed(facts, zone=zone, now=now)
    if debt is None:
        return ()
    return tuple(each for each in _tellings(debt, facts, zone) if each.due_at <= now)


def _tellings(debt: Debt, facts: Facts, zone: ZoneInfo) -> Iterator[Telling]:
    if debt.kind is OwedKind.COSIGN and facts.notes_signed_at:
        yield Telling(NoticeKind.COSIGN, facts.notes_signed_at)
    elif debt.kind is OwedKind.NOTES and facts.signed_at and debt.due_at:
        yield Telling(NoticeKind.NOTES, max(debt.due_at, facts.signed_at))
    else:
        yield from _of_attendance(debt, facts, zone)


def _of_attendance(debt: Debt, facts: Facts, zone: ZoneInfo) -> Iterator[Telling]:
    """After the end where somebody is not recorded; in the evening where it is not signed.

    Late sessions have both moments in one; whoever has not recorded is told of that alone.
    """
    soon = facts.ends_at + AFTER_THE_END
    evening = max(instant(facts.held_on, EVENING, zone), soon)
    if debt.kind is OwedKind.RECORD:
        yield Telling(NoticeKind.RECORD, soon)
    if debt.kind is OwedKind.SIGN or evening > soon:
        yield Telling(NoticeKind.SIGN, evening)
