"""The changes of the whole clinic: what was told, what is true, and the rows that tell of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from programs.models import ConsentPurpose
from programs.weeks import DAYS
from reminders.expected import Starts, first_starts
from reminders.models import Reason, Reminder, ReminderKind, ReminderStatus
from reminders.planning.clinic import ClinicNow
from reminders.planning.days import why_unreached
from reminders.planning.differences import Difference, is_told_by_a_reminder
from reminders.planning.keeping import ADDED, BATCH, CHANGED, Counts, Step, called_off, take
from reminders.planning.moments import Moment, change_moment
from reminders.planning.telling import PersonDay, Told, Word, as_told, kept_key, last_words
from reminders.reach import Reach, reach_of

TOO_LATE = "too_late"
# What had no effect is not tried again in the same words.
WITHOUT_EFFECT = (ReminderStatus.FAILED, ReminderStatus.SKIPPED, ReminderStatus.EXPIRED)


@dataclass(frozen=True)
class Change:
    """What is to be told of one date; without a moment it comes too late, and shows as such."""

    program_id: int
    channel: str
    told: Told
    moment: Moment | None

    def fields(self, clinic: ClinicNow) -> dict[str, Any]:
        """Return what its row holds."""
        held = {"program_id": self.program_id, "channel": self.channel, "told": self.told}
        if self.moment:
            return held | {"due_at": self.moment.due_at, "expires_at": self.moment.expires_at}
        over = {"due_at": clinic.now, "expires_at": clinic.now, "status": ReminderStatus.EXPIRED}
        return held | over


@dataclass(frozen=True)
class Heard:
    """What everybody heard of the dates to come, and what is true of them."""

    clinic: ClinicNow
    rows: Mapping[PersonDay, Sequence[Reminder]]
    words: Mapping[PersonDay, Word]
    starts: Starts
    reaches: Mapping[int, Reach]

    def difference(self, key: PersonDay) -> Difference:
        """Return how the two differ about somebody's date."""
        word, start = self.words.get(key), self.starts.get(key)
        true = start.at if start else None
        return Difference(word.starts_at if word else true, true)

    def change(self, key: PersonDay) -> Change | None:
        """Return what is to be told of somebody's date by itself, None for nothing."""
        difference, now = self.difference(key), self.clinic.now
        until, reach = difference.left_until(now), self.reaches.get(key[0])
        channel = reach.channel_for(ConsentPurpose.REMINDERS) if reach else None
        if until is None or reach is None or channel is None:
            return None
        start = self.starts.get(key)
        program = start.program_id if start else self.words[key].program_id
        moments = self.clinic.moments(program, key[1], start.at, reach) if start else ()
        settled = {each.kind for each in self.rows[key] if each.status != ReminderStatus.PLANNED}
        if is_told_by_a_reminder(difference, moments, settled, now=now):
            return None
        zone, rule = self.clinic.zone(reach, program), self.clinic.rules[program]
        moment = change_moment(now, before=until, zone=zone, rule=rule)
        return Change(program, channel, as_told(key[1], start.at if start else None), moment)

    def why_not(self, key: PersonDay) -> Reason | None:
        """Return why a planned change is not needed; None where it only comes too late now."""
        reach, difference = self.reaches.get(key[0]), self.difference(key)
        if difference.told != difference.true and not difference.left_until(self.clinic.now):
            return None
        return (why_unreached(reach, ConsentPurpose.REMINDERS) if reach else None) or (
            Reason.NOT_NEEDED
        )


def read_heard(clinic: ClinicNow) -> Heard:
    """Return what was heard of today and later, anywhere, and what is true; three statements."""
    first_on = min((clinic.today(key) for key in clinic.programs), default=clinic.now.date())
    found = (
        Reminder.objects.filter(
            program__in=clinic.programs, for_on__gte=first_on - timedelta(days=DAYS - 1)
        )
        .exclude(kind=ReminderKind.RESPONSE)
        .select_related("participant", "program__site")
        .defer("subject", "body")
    )
    rows: dict[PersonDay, list[Reminder]] = defaultdict(list)
    for each in found.order_by("round", "pk"):
        rows[kept_key(each), each.for_on].append(each)
    words = {
        key: word
        for key, word in last_words(each for some in rows.values() for each in some).items()
        if key[1] >= clinic.today(word.program_id)
    }
    people = {person for person, _day in words}
    starts = first_starts(people, {day for _person, day in words})
    return Heard(clinic, rows, words, starts, reach_of(people))


def tell_changes(heard: Heard) -> Counts:
    """Write, change and call off the rows that tell of a change, and return how many of each."""
    steps: dict[int, Step] = {}
    fresh: list[Reminder] = []
    pending = {key for key, rows in heard.rows.items() if _planned(rows)}
    for key in sorted(pending | set(heard.words)):
        rows, change = heard.rows[key], heard.change(key)
        if planned := _planned(rows):
            steps |= _steps(planned, change, heard, key)
        elif change and not _was_in_vain(rows, change):
            fresh.append(_row(key, change, rows, heard.clinic))
    counts = take(steps, {each.pk: each for rows in heard.rows.values() for each in rows})
    Reminder.objects.bulk_create(fresh, batch_size=BATCH)
    is_late = ReminderStatus.EXPIRED
    counts += Counter(
        (each.program_id, TOO_LATE if each.status == is_late else ADDED) for each in fresh
    )
    return counts


def _changes(rows: Iterable[Reminder]) -> list[Reminder]:
    return [each for each in rows if each.kind == ReminderKind.CHANGE]


def _planned(rows: Iterable[Reminder]) -> list[Reminder]:
    return [each for each in _changes(rows) if each.status == ReminderStatus.PLANNED]


def _steps(
    planned: Sequence[Reminder], change: Change | None, heard: Heard, key: PersonDay
) -> dict[int, Step]:
    """Return what becomes of the rows that have not gone yet: as a rule of one."""
    if change is None:
        reason = heard.why_not(key)
        return {each.pk: called_off(reason) for each in planned} if reason else {}
    *others, row = planned
    steps = {each.pk: called_off(Reason.NOT_NEEDED) for each in others}
    fields = change.fields(heard.clinic)
    if row.told == change.told:
        # The same words keep the moment that they were given.
        fields = {name: fields[name] for name in ("program_id", "channel")}
    fields = {name: value for name, value in fields.items() if getattr(row, name) != value}
    step = Step(CHANGED if change.moment else TOO_LATE, fields)
    return steps | ({row.pk: step} if fields else {})


def _was_in_vain(rows: Iterable[Reminder], change: Change) -> bool:
    """Return whether the last attempt to tell just this did not reach anybody."""
    last = _changes(rows)[-1:]
    return any(
        each.status in WITHOUT_EFFECT
        and each.reason != Reason.NOT_NEEDED
        and each.told == change.told
        for each in last
    )


def _row(key: PersonDay, change: Change, rows: Iterable[Reminder], clinic: ClinicNow) -> Reminder:
    fields = change.fields(clinic)
    return Reminder(
        participant_id=key[0],
        for_on=key[1],
        kind=ReminderKind.CHANGE,
        round=max((each.round for each in _changes(rows)), default=0) + 1,
        try_at=fields["due_at"],
        **fields,
    )
