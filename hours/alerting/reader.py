"""Who reads about which program's alerts, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from programs.access import Access
from programs.models import Program
from programs.weeks import local_date


@dataclass(frozen=True)
class Reader:
    """One person at one moment."""

    access: Access
    program: Program
    now: datetime

    @property
    def today(self) -> date:
        """The date at the program's site."""
        return local_date(self.now, self.program.zone)

    @property
    def may_manage(self) -> bool:
        """Whether they may give alerts to somebody, and put them off."""
        return self.may("alerts.manage")

    def may(self, action: str) -> bool:
        """Return whether the line of the who-may table is theirs at all."""
        return self.access.scope(action, self.program) is not None
