"""One enrollment's week in sums: all that a verdict needs, without its sessions."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from hours.sums.asked import Asked
from hours.verdicts import Flag, Tag, Verdict
from hours.weekly_hours import Amounts, Days, flags_of, is_exempt, verdict_of


@dataclass(frozen=True)
class WeekSums:
    """Amounts in minutes; `unrecorded_since` is when the first session without a record ended."""

    asked: Asked
    as_of: datetime
    enrollment_key: int
    enrollment_id: uuid.UUID
    admitted_on: date
    tag: Tag
    required: int
    amounts: Amounts
    days: Days
    unrecorded_since: datetime | None

    @property
    def week_on(self) -> date:
        return self.asked.week.first_on

    @property
    def possible(self) -> int:
        return self.amounts.possible

    @property
    def short(self) -> int:
        """Minutes that are missing even if everything expected is still attended."""
        return max(0, self.required - self.possible)

    def verdict(self, makeup: int = 0) -> Verdict:
        """Return the verdict; `makeup` matters only where the week runs and is short."""
        return verdict_of(
            is_exempt=is_exempt(self.tag, self.asked.rule),
            is_over=self.asked.is_over(self.as_of),
            required=self.required,
            attended=self.amounts.attended,
            possible=self.possible,
            makeup=makeup,
        )

    def flags(self, verdict: Verdict) -> tuple[Flag, ...]:
        """Return the flags that hold, sorted."""
        return flags_of(verdict, self.required, self.amounts, self.days, self.asked.rule)
