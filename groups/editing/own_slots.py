"""Whether a slot lies over another one of its own group."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import takewhile

from django.utils.translation import gettext as _

from groups.meeting_dates import WeeklySlot, dates_of, first_date_of, meets_on
from groups.models import MeetingPattern, TherapyGroup
from groups.models.group import MOST_WEEKS_APART
from groups.schedule.edit import SlotWish
from groups.wording import short_day, slot_words

# After so many weeks any two intervals, of up to 12 weeks each, have met on every date they can.
ALL_WAYS = timedelta(weeks=MOST_WEEKS_APART * (MOST_WEEKS_APART - 1))


def overlap_words(
    wishes: Iterable[SlotWish], group: TherapyGroup, *, instead_of: MeetingPattern | None = None
) -> Iterator[str]:
    """Yield in words which of the wishes the group meets at already; one query."""
    stored = group.patterns.in_force().order_by("first_on")
    others = [each for each in stored if each != instead_of]
    for wish in wishes:
        for other in others:
            day = first_shared_date(wish, other)
            if day is not None:
                yield _("The group meets %(slot)s already, first on %(day)s") % {
                    "slot": slot_words([other.weekday], other.starts, other.ends),
                    "day": short_day(day),
                }


def first_shared_date(one: WeeklySlot, other: WeeklySlot) -> date | None:
    """Return the first date on which both are held at the same time; None where there is none."""
    if one.weekday != other.weekday or one.starts >= other.ends or other.starts >= one.ends:
        return None
    if not 1 <= one.every_weeks <= MOST_WEEKS_APART:
        return None  # refused in words of its own
    begins = max(first_date_of(one), first_date_of(other))
    until = begins + ALL_WAYS
    days = takewhile(lambda day: day <= until, dates_of(one, until=until))
    return next((day for day in days if day >= begins and meets_on(other, day)), None)
