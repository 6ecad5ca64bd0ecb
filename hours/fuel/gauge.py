"""One authorization as a fuel gauge."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from programs.models import Authorization


@dataclass(frozen=True)
class Gauge:
    """What was approved, what of it is used and scheduled, in the authorization's own unit.

    `used` counts qualifying days, or units of credited minutes, from its first day to today.
    `scheduled` counts what is expected after that to its last day. `runs_out_on` is the date of
    the session on which the last approved unit is used at the scheduled pace; None where the
    units outlast the dates.
    """

    authorization: Authorization
    used: int
    scheduled: int
    runs_out_on: date | None

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
