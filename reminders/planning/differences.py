"""What somebody was told and is true no longer: which of it is said at once, and how.

The rule, in one place. A date of which somebody heard, and which now begins at another time or not
at all, is told by a change, unless a reminder will tell it in time: the one of the evening before,
since the day is planned by it; or the one shortly before, where it goes out within the hour and in
the first half of the time until the first of both beginnings, the old and the new. Nobody is
reminded of a day that was called off, so that is always told. It is told as long as the day has not
begun: neither as it was told, where it was called off, nor as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass
from datetime import datetime, timedelta

from reminders.models import ReminderKind
from reminders.planning.moments import Moment

SOON_ENOUGH = timedelta(hours=1)


@dataclass(frozen=True)
class Difference:
    """When a day begins, as it was told and as it is; None for not at all."""

    told: datetime | None
    true: datetime | None

    @property
    def first(self) -> datetime:
        """The first of both beginnings; there is at least one where they differ."""
        return min(at for at in (self.told, self.true) if at)

    def left_until(self, now: datetime) -> datetime | None:
        """Return until when it can be told; None where it is no news, or too late."""
        if self.told == self.true or (self.true and self.true <= now):
            return None
        return min((at for at in (self.told, self.true) if at and at > now), default=None)


def is_told_by_a_reminder(
    difference: Difference, moments: Iterable[Moment], settled: Set[str], *, now: datetime
) -> bool:
    """Return whether one of a day's reminders tells of the difference in time.

    `moments` are those of the day as it is now, none where it was called off; `settled` the kinds
    of which the person's row has an outcome already.
    """
    soon = now + min(SOON_ENOUGH, (difference.first - now) / 2)
    return any(
        each.kind not in settled
        and each.expires_at > now
        and (each.kind == ReminderKind.EVENING or each.due_at <= soon)
        for each in moments
    )
