"""How what became of a message is shown, and in which words."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groups.wording import clock
from reminders.failures.which import BARRED
from reminders.models import Reason, Reminder, ReminderStatus


@dataclass(frozen=True)
class Look:
    """How a state is shown; a smaller `order` stands further up."""

    order: int
    tone: str
    icon: str


LOOKS = {
    ReminderStatus.FAILED: Look(0, "lost", "circle-x"),
    ReminderStatus.EXPIRED: Look(1, "risk", "alarm-clock-off"),
    ReminderStatus.UNKNOWN: Look(1, "risk", "circle-question-mark"),
    ReminderStatus.CLAIMED: Look(2, "go", "send"),
    ReminderStatus.PLANNED: Look(3, "", "clock"),
    ReminderStatus.SENT: Look(4, "ok", "circle-check"),
    ReminderStatus.SKIPPED: Look(5, "calm", "circle-minus"),
}
KEPT_BACK = Look(1, "risk", "circle-minus")
AGAIN = Look(2, "warn", "rotate-cw")
DELIVERED = Look(4, "ok", "check-check")


@dataclass(frozen=True)
class State:
    """What became of one message: a word, how it looks, and why."""

    label: str
    look: Look
    why: str = ""


def state_of(reminder: Reminder, zone: ZoneInfo) -> State:
    """Return what became of the message; clock times are the zone's."""
    status = ReminderStatus(reminder.status)
    why = str(Reason(reminder.reason).label) if reminder.reason else ""
    if reminder.delivered_at:
        return State(_("Delivered"), DELIVERED)
    if status == ReminderStatus.PLANNED and reminder.attempts:
        return State(_("Trying again"), AGAIN, _again(reminder, why, zone))
    if status == ReminderStatus.UNKNOWN:
        may_be = _("Sending was cut off. It may have arrived; it is not sent again.")
        return State(str(status.label), LOOKS[status], _together(why, may_be))
    if status == ReminderStatus.EXPIRED:
        over = _("At %(time)s it was too late for it") % {"time": clock(reminder.expires_at, zone)}
        return State(str(status.label), LOOKS[status], _together(why, over))
    look = KEPT_BACK if reminder.reason in BARRED else LOOKS[status]
    return State(str(status.label), look, why)


def _again(reminder: Reminder, why: str, zone: ZoneInfo) -> str:
    times = ngettext("Tried once", "Tried %(n)s times", reminder.attempts)
    next_at = _("again at %(next)s, until %(last)s at the latest") % {
        "next": clock(reminder.try_at, zone),
        "last": clock(reminder.expires_at, zone),
    }
    return _together(why, f"{times % {'n': reminder.attempts}}; {next_at}")


def _together(*parts: str) -> str:
    return ". ".join(each.rstrip(".") for each in parts if each)
