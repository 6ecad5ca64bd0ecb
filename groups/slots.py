"""When groups meet, week after week, in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, time

from django.utils.translation import gettext as _

from groups.models import MeetingPattern
from groups.wording import short_day, slot_words, with_rhythm


def slots_of(group_ids: Iterable[int], *, today: date) -> dict[int, tuple[str, ...]]:
    """Return each group's weekly slots in force or still to come; one query for all of them."""
    patterns = MeetingPattern.objects.meeting_since(today).filter(group__in=group_ids)
    days: dict[int, dict[tuple[date, time, time, int], list[int]]] = defaultdict(dict)
    for each in patterns.order_by("weekday", "starts"):
        slot = (max(each.first_on, today), each.starts, each.ends, each.every_weeks)
        days[each.group_id].setdefault(slot, []).append(each.weekday)
    return {
        group: tuple(
            _said(with_rhythm(slot_words(weekdays, starts, ends), every_weeks), since, today)
            for (since, starts, ends, every_weeks), weekdays in sorted(slots.items())
        )
        for group, slots in days.items()
    }


def _said(slot: str, since: date, today: date) -> str:
    if since <= today:
        return slot
    return _("%(slot)s, from %(day)s") % {"slot": slot, "day": short_day(since)}
