"""The clock's doorway to reminders and notices. A message names a channel at most: due is rows.

Each may run twice at once: rows are planned once by their constraints, and sent by who claims them.
"""

from __future__ import annotations

from datetime import timedelta

import structlog
from celery import shared_task
from django.utils import timezone
from kombu.exceptions import OperationalError

from reminders.failures.digest import plan_failure_digests
from reminders.notices.today import plan_today_notices
from reminders.planning import actions as planning
from reminders.senders import due_on, senders_beside
from reminders.sending import actions as sending

log = structlog.get_logger(__name__)

# A turn is over before the clock begins the next; what is on its way then has until the soft
# limit, at which a slow carrier is hung up on, and its message counts as unknown.
TURN = timedelta(seconds=45)
SOFT_LIMIT_SECONDS, LIMIT_SECONDS = 60, 75


@shared_task(name="reminders.plan_reminders")
def plan_reminders() -> None:
    """Plan what is to go out in the next days, and the week ahead for who asked for it."""
    now = timezone.now()
    planning.plan_reminders(now=now, by=None)
    planning.plan_weekly(now=now, by=None)


@shared_task(name="reminders.plan_changes")
def plan_changes() -> None:
    """Plan words to those who were told something that is no longer true."""
    planning.plan_changes(now=timezone.now(), by=None)


@shared_task(
    name="reminders.send_due", soft_time_limit=SOFT_LIMIT_SECONDS, time_limit=LIMIT_SECONDS
)
def send_due(channel: str) -> None:
    """Send what is due on the channel; where that is much, have others send beside this one."""
    _ask_others(channel)
    _take_a_turn(channel)


@shared_task(
    name="reminders.send_beside", soft_time_limit=SOFT_LIMIT_SECONDS, time_limit=LIMIT_SECONDS
)
def send_beside(channel: str) -> None:
    """Send what is due on the channel, beside others."""
    _take_a_turn(channel)


@shared_task(name="reminders.settle")
def settle() -> None:
    """Say what is not known of messages that were cut off, and let go of what is too late."""
    now = timezone.now()
    sending.settle_unknown(now=now, by=None)
    sending.expire_overdue(now=now, by=None)


@shared_task(name="reminders.plan_failure_digests")
def plan_failures() -> None:
    """Tell staff once a day what did not go out."""
    plan_failure_digests(now=timezone.now(), by=None)


@shared_task(name="reminders.plan_today_notices")
def plan_today() -> None:
    """Tell staff of today's sessions, who want to be told."""
    plan_today_notices(now=timezone.now(), by=None)


def _take_a_turn(channel: str) -> None:
    until = timezone.now() + TURN
    sending.send_due(channel=channel, clock=timezone.now, until=until, by=None)


def _ask_others(channel: str) -> None:
    due = due_on(channel, timezone.now())
    try:
        for _ in range(senders_beside(due)):
            # Who comes too late for this turn is not needed: the next one asks again.
            send_beside.apply_async([channel], expires=TURN.total_seconds())
    except OperationalError as error:
        log.warning("no_senders_beside", channel=channel, error=type(error).__name__)
