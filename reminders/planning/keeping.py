"""Brings the rows that have not gone out in line with what should go out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Case, F, Value, When
from django.db.models.functions import Greatest

from reminders.models import Reason, Reminder, ReminderStatus
from reminders.planning.telling import kept_key

BATCH = 1000
# What was called off for one of these goes out again once that is no longer so.
MAY_COME_BACK = (Reason.NOT_EXPECTED, Reason.NO_CONSENT, Reason.NO_ADDRESS, Reason.NOT_NEEDED)
OPEN = (ReminderStatus.PLANNED, ReminderStatus.SKIPPED, ReminderStatus.EXPIRED)
ADDED, CHANGED, WITHDRAWN, AGAIN = "added", "changed", "withdrawn", "again"


class Key(NamedTuple):
    """One message: to whom (the record that is kept), about which date, of which kind."""

    person: int
    for_on: date
    kind: str


@dataclass(frozen=True)
class Wish:
    """How a message should go out: on whose behalf, where and when."""

    program_id: int
    channel: str
    due_at: datetime
    expires_at: datetime


class Step(NamedTuple):
    """What becomes of one row, and by which word that is counted."""

    word: str
    fields: dict[str, Any]


Wishes = Mapping[Key, Wish]
# How many rows of each program were added, changed, withdrawn or planned again.
Counts = Counter[tuple[int, str]]
WhyNot = Callable[[Key], Reason | None]


def keep_to(wishes: Wishes, known: Iterable[Reminder], why_not: WhyNot, now: datetime) -> Counts:
    """Write what is missing, change what is planned, call off what is not wished for any more.

    `known` is every row that the wishes are about, with its `participant`. Whatever has gone out,
    or failed, stays as it is and is wished for no more. `why_not` says why a message that is not
    wished for is called off; None leaves it.
    """
    rows: dict[Key, list[Reminder]] = defaultdict(list)
    for each in known:
        rows[Key(kept_key(each), each.for_on, each.kind)].append(each)
    steps: dict[int, Step] = {}
    for key, found in rows.items():
        steps |= _steps(wishes.get(key), found, why_not(key), now)
    fresh = {key: each for key, each in wishes.items() if key not in rows and each.expires_at > now}
    counts = take(steps, {each.pk: each for found in rows.values() for each in found})
    _add(fresh)
    counts.update((each.program_id, ADDED) for each in fresh.values())
    return counts


def take(steps: Mapping[int, Step], known: Mapping[int, Reminder]) -> Counts:
    """Take the steps, by primary key, of those rows that still stand where they were read.

    A message that a worker is just sending is left to that worker. One statement for all rows that
    become the same, and one before that locks them.
    """
    rows = Reminder.objects.filter(pk__in=list(steps)).select_for_update(no_key=True)
    locked = rows.order_by("pk").values_list("pk", "status") if steps else ()
    alike: dict[str, list[int]] = defaultdict(list)
    counts: Counts = Counter()
    for key, status in locked:
        if status == known[key].status:
            step = steps[key]
            alike[str(step)].append(key)
            counts[step.fields.get("program_id", known[key].program_id), step.word] += 1
    for keys in alike.values():
        fields = steps[keys[0]].fields
        Reminder.objects.filter(pk__in=keys).update(**fields, **_next_try(fields))
    return counts


def _next_try(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return that a row is tried when it is due; one tried in vain, not before its turn."""
    if "due_at" not in fields:
        return {}
    due_at = Value(fields["due_at"])
    later = Greatest(due_at, F("try_at"))
    if fields.get("attempts") == 0:
        return {"try_at": fields["due_at"]}
    return {"try_at": Case(When(attempts=0, then=due_at), default=later)}


def called_off(reason: Reason) -> Step:
    """Return the step of a planned row that is not to go out."""
    return Step(WITHDRAWN, {"status": ReminderStatus.SKIPPED, "reason": reason})


def _steps(
    wish: Wish | None, found: list[Reminder], reason: Reason | None, now: datetime
) -> dict[int, Step]:
    """Return what becomes of the rows of one message: as a rule one, after a merge maybe two."""
    planned = [each for each in found if each.status == ReminderStatus.PLANNED]
    if wish is None:
        return {each.pk: called_off(reason) for each in planned} if reason else {}
    # Of two that are planned the kept record's is left; none where one has gone out already.
    has_gone = any(each.status not in OPEN for each in found)
    first = None if has_gone else min(planned or found, key=_duplicates_last)
    steps = {each.pk: called_off(Reason.NOT_NEEDED) for each in planned if each is not first}
    step = _step(first, wish, now) if first else None
    return steps | ({first.pk: step} if first and step else {})


def _duplicates_last(row: Reminder) -> tuple[bool, int]:
    return (row.participant_id != kept_key(row), row.pk)


def _step(row: Reminder, wish: Wish, now: datetime) -> Step | None:
    """Return what brings a row that has not gone out to what is wished for; None for nothing."""
    fields = {name: value for name, value in vars(wish).items() if getattr(row, name) != value}
    if row.status == ReminderStatus.PLANNED:
        return Step(CHANGED, fields) if fields else None
    is_over = wish.expires_at <= now
    if row.status == ReminderStatus.SKIPPED:
        is_over = is_over or row.reason not in MAY_COME_BACK
    else:
        # Too late once; on time again only where all of it was moved to a later hour.
        is_over = is_over or wish.due_at < row.expires_at
    if is_over:
        return None
    back = {"status": ReminderStatus.PLANNED, "reason": "", "attempts": 0}
    return Step(AGAIN, fields | back)


def _add(fresh: Wishes) -> None:
    Reminder.objects.bulk_create(
        (
            Reminder(
                participant_id=key.person,
                for_on=key.for_on,
                kind=key.kind,
                try_at=wish.due_at,
                **vars(wish),
            )
            for key, wish in sorted(fresh.items())
        ),
        batch_size=BATCH,
    )
