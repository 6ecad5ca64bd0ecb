"""Says a day in words: minutes of how many, and what is missing, session by session."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from attendance.marks import ABSENCES, MARK_LOOKS, Mark
from attendance.models import Absence
from hours.days.qualifying import DayState, PersonDay, Reason, Why
from hours.wording import clock


@dataclass(frozen=True)
class DayLook:
    """Tone, icon and word of a day's state, and the word for it in a file."""

    tone: str
    icon: str
    label: str | Promise
    in_file: str | Promise


LOOKS: dict[DayState, DayLook] = {
    DayState.QUALIFIES: DayLook(
        "ok", "circle-check", gettext_lazy("Qualifies"), gettext_lazy("yes")
    ),
    DayState.OPEN: DayLook("guest", "hourglass", gettext_lazy("Not yet"), gettext_lazy("not yet")),
    DayState.SHORT: DayLook(
        "lost", "circle-x", gettext_lazy("Does not qualify"), gettext_lazy("no")
    ),
}


def why(day: PersonDay, zone: ZoneInfo) -> str:
    """Return `165 of 180 min: left 11:45 AM`; empty where the day qualifies."""
    if day.qualifies:
        return ""
    return _("%(credited)s of %(least)s min: %(reasons)s") % {
        "credited": day.credited,
        "least": day.least,
        "reasons": _reasons(day, zone),
    }


def notes(not_counted: Sequence[str], amended_on: date | None) -> tuple[str, ...]:
    """Return what else is to be known of a day: a group that does not count, an amendment."""
    said = [_("%(group)s does not count") % {"group": group} for group in not_counted]
    if amended_on:
        said.append(_("amended %(day)s") % {"day": _short_date(amended_on)})
    return tuple(said)


def weekday_and_date(day: date) -> str:
    """Return a date such as `Mon Nov 23`."""
    return date_format(day, pgettext("date format: Mon Nov 23", "D M j"))


def _short_date(day: date) -> str:
    return date_format(day, pgettext("date format: Nov 16", "M j"))


def _reasons(day: PersonDay, zone: ZoneInfo) -> str:
    """Return the reasons joined; each session is named where there are several."""
    has_several = len(day.lines) > 1
    parts = []
    for line, reasons in groupby(day.reasons, key=lambda reason: reason.line):
        said = ", ".join(_said(reasons, zone))
        if line and has_several:
            said = _("%(group)s: %(reasons)s") % {"group": line.group, "reasons": said}
        parts.append(said)
    return "; ".join(parts)


def _said(reasons: Iterable[Reason], zone: ZoneInfo) -> list[str]:
    return [SAID[reason.why](reason, zone) for reason in reasons]


def _absent(reason: Reason, zone: ZoneInfo) -> str:
    kind = reason.line.absence if reason.line else ""
    if not kind:
        return str(MARK_LOOKS[Mark.UNEXPLAINED].label).lower()
    return _("absent, %(kind)s") % {"kind": str(MARK_LOOKS[ABSENCES[Absence(kind)]].label).lower()}


def _at(words: str | Promise) -> Callable[[Reason, ZoneInfo], str]:
    """Return what says words with the reason's times in them."""

    def said(reason: Reason, zone: ZoneInfo) -> str:
        times = {"at": reason.at, "until": reason.until}
        return str(words) % {name: clock(at, zone) for name, at in times.items() if at}

    return said


SAID: dict[Why, Callable[[Reason, ZoneInfo], str]] = {
    Why.ABSENT: _absent,
    Why.UNRECORDED: lambda reason, zone: _("not recorded yet"),
    Why.TO_COME: _at(gettext_lazy("to come at %(at)s")),
    Why.RUNNING: _at(gettext_lazy("still there, until %(until)s")),
    Why.CAME: _at(gettext_lazy("came %(at)s")),
    Why.OUT: _at(gettext_lazy("out %(at)s – %(until)s")),
    Why.LEFT: _at(gettext_lazy("left %(at)s")),
    Why.TOO_LITTLE: lambda reason, zone: (
        _("only %(minutes)s min were planned") % {"minutes": reason.minutes}
    ),
}
