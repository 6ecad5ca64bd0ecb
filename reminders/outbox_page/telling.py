"""What a message told, or would have told, in a few words of the page's own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from groups.wording import clock, short_day
from programs.models import Program
from programs.weeks import DAYS
from reminders.expected import Starts, first_starts
from reminders.models import Reminder, ReminderKind
from reminders.planning.telling import kept_key, read_told

OF_ONE_DAY = (ReminderKind.EVENING, ReminderKind.SOON, ReminderKind.CHANGE)


def what_they_tell(reminders: Sequence[Reminder], program: Program) -> dict[int, str]:
    """Return each message's days and times, such as `Mon Nov 23, 5:30 PM`, by its key.

    What was never claimed would have told what the calendar says; two statements.
    """
    untold = [each for each in reminders if not each.told and each.kind in OF_ONE_DAY]
    starts = first_starts(map(kept_key, untold), (each.for_on for each in untold))
    return {each.pk: _tells(each, starts, program.zone) for each in reminders}


def last_day_of(reminder: Reminder) -> date:
    """Return the last date that the message is about; once it is over a call is no use."""
    days = DAYS if reminder.kind == ReminderKind.WEEKLY else 1
    return reminder.for_on + timedelta(days=days - 1)


def _tells(reminder: Reminder, starts: Starts, zone: ZoneInfo) -> str:
    told = read_told(reminder.told)
    start = starts.get((kept_key(reminder), reminder.for_on))
    if not told and start and reminder.kind in OF_ONE_DAY:
        told = {reminder.for_on: start.at}
    return "; ".join(_of_day(day, at, zone) for day, at in sorted(told.items()))


def _of_day(day: date, at: datetime | None, zone: ZoneInfo) -> str:
    if at is None:
        return _("%(day)s, nothing after all") % {"day": short_day(day)}
    return f"{short_day(day)}, {clock(at, zone)}"
