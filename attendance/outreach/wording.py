"""How outreach is written: why, until when, and how it ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from attendance.models import AttemptOutcome, ContactWay, Outreach, OutreachKind, OutreachOutcome
from groups.wording import clock, day_words
from programs.weeks import local_date

OUTCOMES = {
    OutreachOutcome.COMING_BACK: ("ok", "phone-call"),
    OutreachOutcome.NEEDS_MORE: ("go", "life-buoy"),
    OutreachOutcome.LEAVING: ("warn", "log-out"),
    OutreachOutcome.NOT_REACHED: ("lost", "phone-missed"),
    OutreachOutcome.EXPLAINED: ("calm", "mail"),
}
TRIED = {
    AttemptOutcome.REACHED: ("ok", "phone-call"),
    AttemptOutcome.LEFT_MESSAGE: ("go", "voicemail"),
    AttemptOutcome.NO_ANSWER: ("warn", "phone-missed"),
    AttemptOutcome.WRONG_NUMBER: ("lost", "phone-off"),
}
WAYS = {
    ContactWay.PHONE: "phone",
    ContactWay.TEXT: "message-square-text",
    ContactWay.EMAIL: "mail",
    ContactWay.IN_PERSON: "users-round",
    ContactWay.CONTACT_PERSON: "contact-round",
}


@dataclass(frozen=True)
class Chip:
    """Icon and word of one fact."""

    tone: str
    icon: str
    label: str


def why_words(outreach: Outreach, *, may_read_notes: bool) -> str:
    """Return why to get in touch. That there was a safety answer is for those who read notes."""
    if outreach.kind == OutreachKind.AFTER_SAFETY and not may_read_notes:
        return _("Missed a session, call soon")
    return str(outreach.get_kind_display())


def due_chip(outreach: Outreach, now: datetime, zone: ZoneInfo) -> Chip:
    """Return by when it is to be done, the more urgent the louder; how it ended once it has."""
    if outreach.closed_at:
        outcome = OutreachOutcome(outreach.outcome)
        return Chip(*OUTCOMES[outcome], str(outcome.label))
    if outreach.is_overdue(now):
        return Chip("lost", "circle-alert", _overdue(now - outreach.due_at))
    when = {"when": moment_words(outreach.due_at, now, zone)}
    is_today = local_date(outreach.due_at, zone) == local_date(now, zone)
    return Chip("warn" if is_today else "go", "clock", _("Due %(when)s") % when)


def _overdue(late: timedelta) -> str:
    hours = int(late.total_seconds()) // 3600
    if hours >= 24:
        days = hours // 24
        return ngettext("%(n)s day overdue", "%(n)s days overdue", days) % {"n": days}
    if hours >= 1:
        return ngettext("%(n)s hour overdue", "%(n)s hours overdue", hours) % {"n": hours}
    return _("Overdue")


def moment_words(moment: datetime, now: datetime, zone: ZoneInfo) -> str:
    """Return a moment as it is said from now: `today at 5:30 PM`, `Mon Nov 23 at 9:00 AM`."""
    day = day_words(local_date(moment, zone), local_date(now, zone))
    return _("%(day)s at %(time)s") % {"day": day, "time": clock(moment, zone)}


def missed_words(outreach: Outreach, now: datetime, zone: ZoneInfo) -> str:
    """Return the session that was missed: its group and its day."""
    session = outreach.session
    day = day_words(session.held_on, local_date(now, zone))
    return _("%(group)s, %(day)s") % {"group": session.group.name, "day": day}


def closed_words(outreach: Outreach) -> str:
    """Return who closed it, when, and with which outcome; it comes with who and its program."""
    at, zone = outreach.closed_at, outreach.enrollment.program.zone
    when = date_format(at.astimezone(zone), "DATETIME_FORMAT") if at else ""
    if outreach.closed_by is None:
        return _("This closed by itself on %(when)s: the absence was explained.") % {"when": when}
    return _("%(name)s closed this on %(when)s: %(outcome)s.") % {
        "name": outreach.closed_by.display_name,
        "when": when,
        "outcome": outreach.get_outcome_display(),
    }


def tries_words(count: int) -> str:
    """Return how often somebody has tried."""
    if not count:
        return _("nobody has tried yet")
    return ngettext("%(n)s attempt", "%(n)s attempts", count) % {"n": count}
