"""What a message would be read as: with the site's own sender and phone, and made-up dates."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.urls import reverse

from programs.models import Site
from programs.weeks import DAYS, instant, local_date
from reminders.models import TextKind

USUAL_START = time(17, 30)
# No time of day takes more signs.
LONGEST_START = time(22, 30)
# At the end of an address: as long as a real one, and of no message.
EXAMPLE = "An0example0Of0the0address0in0a0message"
A_WEEKS_WORK = 5
# Far enough ahead to be named by its date.
SOME_DAYS = 3

Told = dict[date, datetime | None]


def told(kind: TextKind, site: Site, now: datetime) -> Told:
    """Return what most messages of this kind tell: of tomorrow, or five days of a week."""
    ahead = range(1, A_WEEKS_WORK + 1) if kind == TextKind.WEEKLY else [1]
    if kind == TextKind.SOON:
        ahead = [0]
    return _told(kind, site, now, ahead, USUAL_START)


def told_at_length(kind: TextKind, site: Site, now: datetime) -> Told:
    """Return what takes the most signs: late at night, some days from now, all days of a week."""
    ahead = range(1, DAYS + 1) if kind == TextKind.WEEKLY else [SOME_DAYS]
    return _told(kind, site, now, ahead, LONGEST_START)


def example_link() -> str:
    """Return an address that is as long as a real one."""
    return settings.LINK_URL + reverse("answers:answer", args=[EXAMPLE])


def _told(kind: TextKind, site: Site, now: datetime, ahead: range | list[int], start: time) -> Told:
    today = local_date(now, site.zone)
    days = [today + timedelta(days=each) for each in ahead]
    is_off = kind == TextKind.CALLED_OFF
    return {day: None if is_off else instant(day, start, site.zone) for day in days}
