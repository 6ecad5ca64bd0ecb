"""How what became of a message is shown."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from reminders.models import ReminderStatus


@dataclass(frozen=True)
class Look:
    """How a state is shown; a smaller `order` stands further up."""

    order: int
    tone: str
    icon: str


LOOKS = {
    ReminderStatus.FAILED: Look(0, "lost", "circle-x"),
    ReminderStatus.CLAIMED: Look(2, "go", "send"),
    ReminderStatus.PLANNED: Look(3, "", "clock"),
    ReminderStatus.SENT: Look(4, "ok", "circle-check"),
    ReminderStatus.WITHDRAWN: Look(5, "calm", "circle-minus"),
}
UNKNOWN = Look(1, "risk", "circle-question-mark")
UNKNOWN_LABEL = gettext_lazy("Outcome unknown")
