"""Sending what is due, one message at a time, and settling what was left behind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from itertools import cycle
from typing import Any

import structlog
from django.db import transaction
from django.db.models import QuerySet

from accounts.audit import write_audits
from accounts.models import User
from reminders.channels.carriers import open_line
from reminders.channels.line import Line
from reminders.models import UNKNOWN_AFTER, Reminder, ReminderStatus, StaffNotice
from reminders.notices.keeping import news_until
from reminders.reach import is_set_up
from reminders.sending.once import (
    Claimed,
    MakesNoSense,
    Post,
    audit_line,
    claim_next,
    hand_over,
    settle,
)
from reminders.sending.people import ToPeople, ToWhoWrote
from reminders.sending.staff import ToStaff
from reminders.sending.standing import Standing
from reminders.sending.verdicts import TOO_LATE, Outcome

log = structlog.get_logger(__name__)

Clock = Callable[[], datetime]
# So many of one kind go out before the next has its turn: none waits for all of another.
A_TURN = 25
# As many as are settled in one transaction.
BATCH = 500
UNKNOWN = Outcome(ReminderStatus.UNKNOWN)


@dataclass
class _Sweep:
    """One worker's round over one channel, and what it has come to."""

    channel: str
    line: Line
    clock: Clock
    until: datetime
    send: Callable[..., bool | None]
    settled: int = 0
    no_sense: list[MakesNoSense] = field(default_factory=list)

    def take_a_turn(self, post: Post) -> bool:
        """Send some of one kind; return whether there may be more of it."""
        if not post.due(self.channel, self.clock()).exists():
            return False
        return all(self._goes_on() and self._sends_one(post) for _ in range(A_TURN))

    def _goes_on(self) -> bool:
        """Return whether there is time left, and somebody at the other end.

        Where the channel is not set up nothing is claimed either, but rows find another way.
        """
        has_time = self.clock() < self.until
        return has_time and (self.line.is_open() or not is_set_up(self.channel))

    def _sends_one(self, post: Post) -> bool:
        leaving = {each.key for each in self.no_sense if each.name == post.name}
        try:
            is_settled = self.send(post=post, leaving=leaving)
        except MakesNoSense as error:
            self.no_sense.append(error)
            return True
        self.settled += bool(is_settled)
        return is_settled is not None


def send_due(*, channel: str, clock: Clock, until: datetime, by: User | None = None) -> int:
    """Send what is due by the channel, at most once each; return how many it settled.

    It ends when nothing is due, when `clock()` has reached `until`, or when the other end does
    not answer: then nothing more is claimed, and later sweeps try until messages expire. Any
    number of workers may do so at once. Raises MakesNoSense, once everything else has gone, where
    a row cannot be read; it stays as it was.
    """
    standing = Standing()
    posts: tuple[Post, ...] = (ToStaff(), ToWhoWrote(standing), ToPeople(standing))
    without_more = 0
    with open_line(channel) as line:
        send = partial(send_next, channel=channel, line=line, clock=clock, by=by)
        sweep = _Sweep(channel, line, clock, until, send)
        for post in cycle(posts):
            without_more = 0 if sweep.take_a_turn(post) else without_more + 1
            if without_more == len(posts):
                break
    if sweep.no_sense:
        raise sweep.no_sense[0]
    return sweep.settled


def send_next(
    *,
    post: Post,
    channel: str,
    line: Line,
    clock: Clock,
    leaving: set[int] | frozenset[int] = frozenset(),
    by: User | None = None,
) -> bool | None:
    """Send the oldest of what is due, at most once; None where nothing is.

    Return whether it is settled; one that may not go yet, or goes elsewhere, is not. Consent,
    roster, hours and the rest are read again in the transaction of the claim, which is committed
    before a word goes out. Raises MakesNoSense where the row cannot be read.
    """
    with transaction.atomic(durable=True):
        found = claim_next(post, channel, now=clock(), by=by, leaving=leaving)
    if not isinstance(found, Claimed):
        return None if found is None else isinstance(found, Outcome)
    came = hand_over(found, line)
    with transaction.atomic(durable=True):
        return settle(post, found, came, now=clock(), by=by)


def settle_unknown(*, now: datetime, by: User | None) -> int:
    """Call unknown what was claimed a quarter of an hour ago and not settled; return how many."""
    since = {"status": ReminderStatus.CLAIMED, "claimed_at__lte": now - UNKNOWN_AFTER}
    people = Reminder.objects.filter(**since).select_related("participant")
    staff = StaffNotice.objects.filter(**since).select_related("program")
    return sum(
        _until_nothing(partial(settle_some, post=post, rows=rows, outcome=UNKNOWN, by=by))
        for post, rows in ((ToPeople(), people), (ToStaff(), staff))
    )


def expire_overdue(*, now: datetime, by: User | None) -> int:
    """Let what was not sent in its time expire, also where nobody can send; return how many."""
    people = Reminder.objects.planned().filter(expires_at__lte=now).select_related("participant")
    waiting = StaffNotice.objects.due(now).select_related("program__site")
    old = [each.pk for each in waiting if news_until(each) <= now]
    staff = StaffNotice.objects.planned().filter(pk__in=old).select_related("program")
    return sum(
        _until_nothing(partial(settle_some, post=post, rows=rows, outcome=TOO_LATE, by=by))
        for post, rows in ((ToPeople(), people), (ToStaff(), staff))
    )


@transaction.atomic
def settle_some(*, post: Post, rows: QuerySet[Any], outcome: Outcome, by: User | None) -> int:
    """Settle some of these rows, but none that somebody has in hand; return how many."""
    locked = rows.select_for_update(skip_locked=True, no_key=True, of=("self",))
    some = list(locked.order_by("pk")[:BATCH])
    if some:
        rows.model.objects.filter(pk__in=[each.pk for each in some]).update(**outcome.fields)
        write_audits([audit_line(post, each, outcome, by) for each in some])
        log.info("messages_settled", kind=post.name, status=str(outcome.status), number=len(some))
    return len(some)


def _until_nothing(act: Callable[[], int]) -> int:
    """Act until it comes to nothing; return what it came to."""
    return sum(iter(act, 0))
