"""When a message goes out: by a program's lead times, at the site, never in quiet hours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from programs.weeks import DAYS, instant
from reminders.models import ReminderKind, ReminderRule
from reminders.models.rule import USUAL_EVENING
from reminders.quiet import Quiet, quiets_around

# What would go out in quiet hours goes out this long before they begin.
BEFORE_QUIET = timedelta(hours=1)


@dataclass(frozen=True)
class Moment:
    """A message of this kind goes out from `due_at` on, and from `expires_at` on no more."""

    kind: ReminderKind
    due_at: datetime
    expires_at: datetime


def zone_of(name: str, site_zone: ZoneInfo) -> ZoneInfo:
    """Return the recipient's zone: their own by its name, the site's where that is empty."""
    return ZoneInfo(name) if name else site_zone


def moments_of(
    day: date, starts_at: datetime, *, site_zone: ZoneInfo, zone: ZoneInfo, rule: ReminderRule
) -> tuple[Moment, ...]:
    """Return when a person is reminded of a day whose first session begins at `starts_at`.

    Once on the evening before, once shortly before; what would come shortly before, but in quiet
    hours of the recipient's `zone`, joins the evening before.
    """
    found = []
    soon_at = starts_at - timedelta(minutes=rule.minutes_before or 0)
    joins = rule.minutes_before is not None and is_quiet(soon_at, zone, rule)
    evening = rule.evening_at or (USUAL_EVENING if joins else None)
    if evening is not None:
        asked = instant(day - timedelta(days=1), evening, site_zone)
        found.append((ReminderKind.EVENING, not_later(asked, zone, rule)))
    if rule.minutes_before is not None and not joins:
        found.append((ReminderKind.SOON, soon_at))
    return tuple(
        Moment(kind, due_at, min(starts_at, next_quiet(due_at, zone, rule)))
        for kind, due_at in found
        if due_at < starts_at
    )


def weekly_moment(
    first_on: date, *, site_zone: ZoneInfo, zone: ZoneInfo, rule: ReminderRule
) -> Moment | None:
    """Return when a person hears of the week from `first_on` on; None where the rule has no day.

    That is the last such weekday up to the first date of the week, which is included: a week that
    begins on a Sunday is told on that Sunday.
    """
    if rule.weekly_on is None:
        return None
    told_on = first_on - timedelta(days=(first_on.weekday() - rule.weekly_on) % DAYS)
    due_at = not_later(instant(told_on, rule.weekly_at, site_zone), zone, rule)
    return Moment(ReminderKind.WEEKLY, due_at, next_quiet(due_at, zone, rule))


def change_moment(
    now: datetime, *, before: datetime, zone: ZoneInfo, rule: ReminderRule
) -> Moment | None:
    """Return when a change is told: now, or when the quiet hours end.

    None where that would not be before the session, as it was or as it is: the change would come
    too late.
    """
    around = next((each for each in _quiets(now, zone, rule) if each.holds(now)), None)
    due_at = around.ends_at if around else now
    if due_at >= before:
        return None
    return Moment(ReminderKind.CHANGE, due_at, min(before, next_quiet(due_at, zone, rule)))


def is_quiet(moment: datetime, zone: ZoneInfo, rule: ReminderRule) -> bool:
    """Return whether nothing may go out to somebody in the zone at this moment."""
    return any(each.holds(moment) for each in _quiets(moment, zone, rule))


def not_later(asked: datetime, zone: ZoneInfo, rule: ReminderRule) -> datetime:
    """Return the moment itself, or one earlier than the quiet hours that it lies in."""
    free_from = None
    for each in _quiets(asked, zone, rule):
        if each.holds(asked):
            earlier = each.starts_at - BEFORE_QUIET
            return max(earlier, free_from) if free_from else earlier
        free_from = each.ends_at
    return asked


def next_quiet(moment: datetime, zone: ZoneInfo, rule: ReminderRule) -> datetime:
    """Return when quiet hours begin next, after a moment that is not in them."""
    quiets = _quiets(moment, zone, rule)
    return next(each.starts_at for each in quiets if each.starts_at > moment)


def _quiets(about: datetime, zone: ZoneInfo, rule: ReminderRule) -> Iterator[Quiet]:
    return quiets_around(about, begins=rule.quiet_from, ends=rule.quiet_until, zone=zone)
