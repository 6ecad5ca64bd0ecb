"""Who looks at which program's day, and when: what every line of Today needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from groups.models import GroupSession
from groups.wording import clock
from programs.access import Access
from programs.models import Program


@dataclass(frozen=True)
class Desk:
    """One person's place at one program, now."""

    access: Access
    program: Program
    now: datetime
    is_mine: bool = False

    def clock(self, moment: datetime) -> str:
        """The time at the program's site."""
        return clock(moment, self.program.zone)

    def is_running(self, session: GroupSession) -> bool:
        return session.starts_at <= self.now < session.ends_at

    def participant_url(self, participant: Any) -> str:
        """Where a name leads."""
        return reverse("people:participant", args=[self.program.public_id, participant.public_id])
