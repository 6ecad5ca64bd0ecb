"""What messages say of each date: now, as they go out, and what was said before.

What a message told is kept with it as {"2026-11-24": "2026-11-24T23:30:00+00:00"}: when the day
begins, or null where there is nothing on it after all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q

from programs.models import Participant
from programs.weeks import DAYS, local_date
from reminders.expected import Starts, first_starts
from reminders.models import Reminder, ReminderKind, ReminderStatus

Told = dict[str, str | None]
# Of whom (the record that is kept) and of which date.
PersonDay = tuple[int, date]
ARRIVED = (ReminderStatus.SENT, ReminderStatus.CLAIMED, ReminderStatus.UNKNOWN)


@dataclass(frozen=True)
class Word:
    """The last that somebody heard of a date: when it begins, None for not at all."""

    starts_at: datetime | None
    program_id: int


def told_now(reminders: Iterable[Reminder], *, now: datetime) -> dict[int, Told]:
    """Return what each of these (unsettled) messages would say now, by primary key.

    An empty one has nothing to say any more: nobody is expected, the day has begun, or the change
    was taken back. Each comes with its `participant`; two statements for any number of them.
    """
    rows = [each for each in reminders if each.kind != ReminderKind.RESPONSE]
    days = {each.pk: _days_of(each) for each in rows}
    people = {kept_key(each) for each in rows}
    starts = first_starts(people, {day for each in rows for day in days[each.pk]})
    changes = [each for each in rows if each.kind == ReminderKind.CHANGE]
    heard = last_words(_around(changes)) if changes else {}
    return {each.pk: _told(each, days[each.pk], starts, heard, now) for each in rows}


def read_told(told: Mapping[str, str | None]) -> dict[date, datetime | None]:
    """Return what a message told as dates and instants."""
    return {
        date.fromisoformat(day): datetime.fromisoformat(at) if at else None
        for day, at in told.items()
    }


def as_told(day: date, starts_at: datetime | None) -> Told:
    """Return what one date is told as."""
    return {day.isoformat(): starts_at.isoformat() if starts_at else None}


def last_words(rows: Iterable[Reminder]) -> dict[PersonDay, Word]:
    """Return the last word on each date, of those rows that were read or may have been.

    Each comes with its `participant` and `program__site`. The week ahead has also told of the
    dates that it does not name, those after the day on which it went out: there was nothing then.
    """
    gone = [
        (each.claimed_at, each.pk, each)
        for each in rows
        if each.status in ARRIVED and each.claimed_at
    ]
    words: dict[PersonDay, Word] = {}
    for said_at, _pk, each in sorted(gone):
        for day, starts_at in (_unnamed(each, said_at) | read_told(each.told)).items():
            words[kept_key(each), day] = Word(starts_at, each.program_id)
    return words


def kept_key(reminder: Reminder) -> int:
    """Return the primary key of the record that is kept of whom the message is to."""
    return reminder.participant.merged_into_id or reminder.participant_id


def _days_of(reminder: Reminder) -> tuple[date, ...]:
    length = DAYS if reminder.kind == ReminderKind.WEEKLY else 1
    return tuple(reminder.for_on + timedelta(days=ahead) for ahead in range(length))


def _unnamed(reminder: Reminder, said_at: datetime) -> dict[date, datetime | None]:
    if reminder.kind != ReminderKind.WEEKLY:
        return {}
    went_on = local_date(said_at, reminder.program.zone)
    return {day: None for day in _days_of(reminder) if day > went_on}


def _around(changes: Iterable[Reminder]) -> Iterable[Reminder]:
    """Return what may have told these people of these dates; not the changes themselves."""
    people = {kept_key(each) for each in changes}
    days = {each.for_on for each in changes}
    theirs = Participant.objects.filter(Q(pk__in=people) | Q(merged_into__in=people))
    rows = Reminder.objects.may_have_arrived().exclude(pk__in=[each.pk for each in changes])
    return rows.filter(
        participant__in=theirs,
        for_on__gte=min(days) - timedelta(days=DAYS - 1),
        for_on__lte=max(days),
    ).select_related("participant", "program__site")


def _told(
    reminder: Reminder,
    days: Iterable[date],
    starts: Starts,
    heard: Mapping[PersonDay, Word],
    now: datetime,
) -> Told:
    person, told = kept_key(reminder), Told()
    for day in days:
        start = starts.get((person, day))
        if start is not None and start.at > now:
            told |= as_told(day, start.at)
        elif start is None and reminder.kind == ReminderKind.CHANGE:
            told |= as_told(day, None)
    if reminder.kind == ReminderKind.CHANGE:
        word = heard.get((person, reminder.for_on))
        is_known = word is not None and as_told(reminder.for_on, word.starts_at) == told
        return {} if is_known else told
    return told
