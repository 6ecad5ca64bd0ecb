"""How times, days and weekly slots are written wherever groups are shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.utils.formats import date_format, time_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from programs.models import Weekday


def clock(moment: datetime, zone: ZoneInfo) -> str:
    """Return the local time, such as `5:30 PM`."""
    return date_format(moment.astimezone(zone), "TIME_FORMAT")


def bare_clock(moment: datetime, zone: ZoneInfo) -> str:
    """Return the local time for narrow places, such as `5:30`."""
    return date_format(moment.astimezone(zone), pgettext("time format: 5:30", "g:i"))


def half_day(moment: datetime, zone: ZoneInfo) -> str:
    """Return what the bare clock leaves out: AM or PM, nothing in languages that count to 24."""
    return date_format(moment.astimezone(zone), pgettext("time format: PM", "A"))


def hour_label(hour: int) -> str:
    """Return the label of a full hour beside the calendar, such as `9 AM`."""
    return time_format(time(hour), pgettext("time format: 9 AM", "g A"))


def times(starts_at: datetime, ends_at: datetime, zone: ZoneInfo) -> str:
    """Return `9:00 AM to 10:30 AM`."""
    return _("%(start)s to %(end)s") % {
        "start": clock(starts_at, zone),
        "end": clock(ends_at, zone),
    }


def slot_words(weekdays: Iterable[int], starts: time, ends: time) -> str:
    """Return a weekly slot, such as `Monday and Wednesday, 9:00 AM to noon`."""
    names = [str(Weekday(day).label) for day in sorted(set(weekdays))]
    return _("%(days)s, %(start)s to %(end)s") % {
        "days": get_text_list(names, _("and")),
        "start": time_format(starts, "TIME_FORMAT"),
        "end": time_format(ends, "TIME_FORMAT"),
    }


def with_rhythm(slot: str, every_weeks: int) -> str:
    """Return the words of a slot with how often it meets, where that is not each week."""
    if every_weeks == 1:
        return slot
    return _("%(slot)s, every %(n)s weeks") % {"slot": slot, "n": every_weeks}


def short_day(day: date) -> str:
    """Return `Mon Nov 23`."""
    return date_format(day, pgettext("date format: Mon Nov 23", "D M j"))


def day_words(day: date, today: date) -> str:
    """Return a day as it is said from today: today, tomorrow, yesterday, or its date."""
    near = {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}
    return near.get((day - today).days) or short_day(day)


def dates(days: Sequence[date]) -> str:
    """Return `November 23 to 29`, or `November 30 to December 6`."""
    long = pgettext("date format: November 23", "F j")
    first, last = days[0], days[-1]
    if first == last:
        return date_format(first, long)
    same_month = first.month == last.month
    return _("%(first)s to %(last)s") % {
        "first": date_format(first, long),
        "last": date_format(last, pgettext("date format: 29", "j") if same_month else long),
    }


def place_name(zone: ZoneInfo) -> str:
    """Return the city whose clock a zone follows."""
    return zone.key.rpartition("/")[2].replace("_", " ")


def surname(name: str) -> str:
    """Return the last word of a name, for narrow places."""
    return name.rpartition(" ")[2]
