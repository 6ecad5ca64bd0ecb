"""What becomes of a message that is due, as plain values: it goes, it waits, or it is settled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from reminders.channels.line import Parcel
from reminders.models import Reason, ReminderStatus


@dataclass(frozen=True)
class Outcome:
    """It is settled: `reason` if it failed or was skipped, `sent_at` and `ref` if it was sent."""

    status: ReminderStatus
    reason: Reason | None = None
    sent_at: datetime | None = None
    ref: str = ""

    @property
    def fields(self) -> dict[str, Any]:
        """What its row says then; what is not said here stays as it is."""
        said = {"reason": self.reason, "sent_at": self.sent_at, "gateway_ref": self.ref}
        return {"status": self.status} | {name: value for name, value in said.items() if value}

    @property
    def detail(self) -> dict[str, str]:
        """What the trail says of it beside the status."""
        return {"reason": str(self.reason)} if self.reason else {}


@dataclass(frozen=True)
class Later:
    """It may not go out now; at that moment it is asked again."""

    try_at: datetime


@dataclass(frozen=True)
class Elsewhere:
    """It goes by another channel, whose sender takes it up."""

    channel: str


@dataclass(frozen=True)
class Ready:
    """It goes out now; `kept` is what its row keeps with the claim."""

    parcel: Parcel
    kept: Mapping[str, Any] = field(default_factory=dict)


Verdict = Outcome | Later | Elsewhere | Ready

TOO_LATE = Outcome(ReminderStatus.EXPIRED)


def skipped(reason: Reason) -> Outcome:
    """Return that it is not sent, and why."""
    return Outcome(ReminderStatus.SKIPPED, reason)
