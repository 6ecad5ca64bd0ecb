"""One authorization as a fuel gauge."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from programs.models import Authorization


@dataclass(frozen=True)
class Gauge:
    """What was approved, what of it is used and scheduled, in the authorization's own unit.

    `used` counts qualifying days, or units of credited minutes, from its first day to today.
    `waiting` counts what would be used as well if everything not recorded yet was attended.
    `scheduled` counts what is expected after that to its last day. `runs_out_on` is the date of
    the session on which the last approved unit is used at the scheduled pace; None where the
    units outlast the dates.

    `calendar_ends_on` is set where the calendar ends before the authorization does: after that
    date, `scheduled` and `runs_out_on` go on at the pace of its last four weeks. `weeks_over` are
    the first dates of the weeks, from the running one on, with more days than the payer allows.
    """

    authorization: Authorization
    used: int
    scheduled: int
    runs_out_on: date | None
    waiting: int = 0
    calendar_ends_on: date | None = None
    weeks_over: tuple[date, ...] = ()

    @property
    def approved(self) -> int:
        return self.authorization.approved_units or 0

    @property
    def left(self) -> int:
        """Units left; negative where more was used than approved."""
        return self.approved - self.used

    @property
    def ends_on(self) -> date:
        """The first of the two ends: of the units, or of the dates."""
        last_on = self.authorization.last_on
        return min(self.runs_out_on, last_on) if self.runs_out_on else last_on

    @property
    def is_projected(self) -> bool:
        """Whether the run-out date lies behind the calendar's end."""
        ends_on = self.calendar_ends_on
        return bool(ends_on and self.runs_out_on and self.runs_out_on > ends_on)
