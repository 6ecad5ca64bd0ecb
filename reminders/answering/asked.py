"""What somebody was asked about: the messages that ask, and the last that was told of a date."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from reminders.expected import first_starts
from reminders.models import Answer, Reminder, ReminderKind
from reminders.models.reminder import ReminderQuerySet
from reminders.planning.telling import kept_key, read_told

# A week ahead is not asked about, and a response asks about nothing new.
ASKING = (ReminderKind.EVENING, ReminderKind.SOON, ReminderKind.CHANGE)


@dataclass(frozen=True)
class Day:
    """A date as somebody knows it: when it begins, None where nobody has said so."""

    on: date
    starts_at: datetime | None
    is_called_off: bool


def messages_to(people: Iterable[int]) -> ReminderQuerySet:
    """Return what may have reached these people (primary keys of kept records), the latest first.

    Without responses; with their participants, programs and sites.
    """
    keys = list(people)
    theirs = Q(participant__in=keys) | Q(participant__merged_into__in=keys)
    gone = Reminder.objects.may_have_arrived().filter(theirs, claimed_at__isnull=False)
    found = gone.exclude(kind=ReminderKind.RESPONSE).order_by("-claimed_at", "-pk")
    return found.select_related("participant__merged_into", "program__site")


def day_as_told(reminder: Reminder) -> Day:
    """Return the day of this message by the last word that the person had of it.

    Where they have had none yet, as with a link that staff try out, it is the day as it stands.
    """
    day, person = reminder.for_on, kept_key(reminder)
    for each in messages_to([person]).filter(for_on=day, kind__in=ASKING):
        told = read_told(each.told)
        if day in told:
            return Day(day, told[day], is_called_off=told[day] is None)
    start = first_starts([person], [day]).get((person, day))
    return Day(day, start.at if start else None, is_called_off=False)


def answer_about(reminder: Reminder) -> Answer | None:
    """Return what the person said last about the day of this message."""
    said = Answer.objects.of([kept_key(reminder)], reminder.for_on)
    return said.order_by("-answered_at", "-pk").first()
