"""What a reminder rule means, said for people whose first appointment is early or late."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programs.models import Weekday
from programs.weeks import instant, local_date
from reminders.models import ReminderKind, ReminderRule
from reminders.models.rule import QUIET_FROM, QUIET_UNTIL
from reminders.planning.moments import is_quiet, moments_of

STARTS = (time(8), time(17, 30), time(20))


@dataclass(frozen=True)
class Example:
    """What somebody gets whose first appointment of a day is at a time."""

    start: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Meaning:
    """The rule in words: for some people, for everybody, and what to think twice about."""

    examples: tuple[Example, ...]
    lines: tuple[str, ...]
    cautions: tuple[str, ...]


@dataclass(frozen=True)
class Case:
    """A day that begins at a time, for somebody in the site's own zone."""

    day: date
    start: time
    zone: ZoneInfo
    rule: ReminderRule

    @property
    def starts_at(self) -> datetime:
        return instant(self.day, self.start, self.zone)


def meaning_of(rule: ReminderRule, *, day: date, zone: ZoneInfo) -> Meaning:
    """Return what the rule means for a day at the site."""
    cases = [Case(day, start, zone, rule) for start in STARTS]
    return Meaning(
        examples=tuple(Example(_clock(each.start), tuple(_lines(each))) for each in cases),
        lines=tuple(_for_everybody(rule)),
        cautions=tuple(_cautions(rule)),
    )


def _lines(case: Case) -> Iterator[str]:
    rule, zone = case.rule, case.zone
    moments = moments_of(case.day, case.starts_at, site_zone=zone, zone=zone, rule=rule)
    if not moments:
        yield _("No message.")
    for each in moments:
        said = {"time": _local(each.due_at, zone), "day": _how_long_before(each.due_at, case)}
        yield _("A message at %(time)s %(day)s.") % said
        if each.kind == ReminderKind.EVENING and each.due_at != _asked_for(case):
            yield _why_earlier(case)
    if rule.minutes_before is not None and is_quiet(_soon_at(case), zone, rule):
        yield _left_out(case)


def _why_earlier(case: Case) -> str:
    if case.rule.evening_at is None:
        return _("That is there because of the one that is left out.")
    said = {"time": _clock(case.rule.evening_at)}
    return _("It would be at %(time)s, in quiet hours, so it goes out before them.") % said


def _left_out(case: Case) -> str:
    said = {"before": _length(case.rule.minutes_before), "time": _local(_soon_at(case), case.zone)}
    return (
        _("The one %(before)s before would be at %(time)s, in quiet hours, so it is left out.")
        % said
    )


def _for_everybody(rule: ReminderRule) -> Iterator[str]:
    if rule.weekly_on is None:
        yield _("Nobody gets the week ahead.")
    else:
        said = {"day": Weekday(rule.weekly_on).label, "time": _clock(rule.weekly_at)}
        yield _("The week ahead goes out on %(day)s at %(time)s, to those who asked for it.") % said
    said = {"from": _clock(rule.quiet_from), "until": _clock(rule.quiet_until)}
    yield _("Nothing goes out from %(from)s to %(until)s, where the person is.") % said
    counts = {"day": rule.most_a_day, "week": rule.most_a_week}
    yield _("Nobody gets more than %(day)s a day and %(week)s a week.") % counts


def _cautions(rule: ReminderRule) -> Iterator[str]:
    if rule.evening_at is None and rule.minutes_before is None:
        yield _("Nobody is reminded of an appointment under this rule.")
    if not _is_as_quiet_as_usual(rule):
        said = {"from": _clock(QUIET_FROM), "until": _clock(QUIET_UNTIL)}
        yield (
            _(
                "These quiet hours leave out some of %(from)s to %(until)s, in which the rules for"
                " calls and text messages (47 CFR 64.1200) want nobody disturbed."
            )
            % said
        )


def _is_as_quiet_as_usual(rule: ReminderRule) -> bool:
    """Whether the usual quiet hours, over midnight, lie within those of the rule."""
    over_midnight = rule.quiet_from > rule.quiet_until
    return over_midnight and rule.quiet_from <= QUIET_FROM and rule.quiet_until >= QUIET_UNTIL


def _soon_at(case: Case) -> datetime:
    return case.starts_at - timedelta(minutes=case.rule.minutes_before or 0)


def _asked_for(case: Case) -> datetime | None:
    if case.rule.evening_at is None:
        return None
    return instant(case.day - timedelta(days=1), case.rule.evening_at, case.zone)


def _how_long_before(moment: datetime, case: Case) -> str:
    days = (case.day - local_date(moment, case.zone)).days
    return (_("the same day"), _("the day before"), _("two days before"))[days]


def _length(minutes: int | None) -> str:
    whole, rest = divmod(minutes or 0, 60)
    parts = []
    if whole:
        parts.append(ngettext("%(n)s hour", "%(n)s hours", whole) % {"n": whole})
    if rest:
        parts.append(ngettext("%(n)s minute", "%(n)s minutes", rest) % {"n": rest})
    return " ".join(parts)


def _local(moment: datetime, zone: ZoneInfo) -> str:
    return _clock(moment.astimezone(zone).time())


def _clock(at: time) -> str:
    return time_format(at, "TIME_FORMAT")
