"""When a notice goes out: the rule, over its reader's choice and hours, at the site's clock."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from programs.weeks import instant, local_date
from reminders.models import NoticeHours, NoticeKind, Timing
from reminders.quiet import quiets_around

# Between these a morning may be chosen. What is told of a day is planned from the first on, so
# that nobody's morning comes before it.
FIRST_MORNING, LAST_MORNING = time(5), time(12)
A_DAY = timedelta(days=1)


def when(
    kind: NoticeKind,
    timing: Timing,
    hours: NoticeHours,
    *,
    since: datetime,
    now: datetime,
    zone: ZoneInfo,
) -> datetime | None:
    """Return when a notice goes out that is true since a moment, None where it never does.

    At any hour where it cannot wait; else at once or in the morning, but not in quiet hours: then
    when they end. A morning that has passed while nobody looked counts for the rest of its day.
    """
    if kind == NoticeKind.SAFETY:
        return since
    if timing == Timing.NEVER:
        return None
    moment = _morning(hours, since, now, zone) if timing == Timing.MORNING else since
    return end_of_quiet(max(moment, now), hours, zone) or moment


def end_of_quiet(moment: datetime, hours: NoticeHours, zone: ZoneInfo) -> datetime | None:
    """Return when the quiet hours end that the moment falls into, None where it is in none."""
    begins, ends = hours.quiet_from, hours.quiet_until
    around = quiets_around(moment, begins=begins, ends=ends, zone=zone)
    return next((each.ends_at for each in around if each.holds(moment)), None)


def _morning(hours: NoticeHours, since: datetime, now: datetime, zone: ZoneInfo) -> datetime:
    today = local_date(now, zone)
    first = next(_mornings(since, hours, zone))
    return first if local_date(first, zone) >= today else next(_mornings(now, hours, zone))


def _mornings(since: datetime, hours: NoticeHours, zone: ZoneInfo) -> Iterator[datetime]:
    """Yield the next morning from the moment on, that itself included."""
    today = local_date(since, zone)
    for day in (today, today + A_DAY):
        if (moment := instant(day, hours.morning_at, zone)) >= since:
            yield moment
