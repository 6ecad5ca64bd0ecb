"""How large a made-up clinic is, and which dates it lives through."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from programs.weeks import DAYS

WEEKS_AHEAD = 12


@dataclass(frozen=True)
class Size:
    """What alone decides every row: the same size gives the same rows, public ids included."""

    today: date
    sites: int = 1
    programs_per_site: int = 2
    # Enrolled in one program on any day.
    participants: int = 25
    weeks: int = 52
    seed: int = 1

    @property
    def first_on(self) -> date:
        """The Monday on which the calendar begins."""
        this_monday = self.today - timedelta(days=self.today.weekday())
        return this_monday - timedelta(days=DAYS * self.weeks)

    @property
    def last_on(self) -> date:
        """The last date with sessions."""
        return self.today + timedelta(days=DAYS * WEEKS_AHEAD)

    @property
    def dates(self) -> list[date]:
        """Every date of the calendar."""
        days = (self.last_on - self.first_on).days + 1
        return [self.first_on + timedelta(days=day) for day in range(days)]

    def age(self, day: date) -> int:
        """Return how many days ago a date was; negative ahead."""
        return (self.today - day).days


# A clinic, an operator with a dozen sites, and a chain of 150 with 7,500 people enrolled.
PRESETS = {"clinic": 1, "operator": 12, "chain": 150}
