"""How the messages and the clock of this installation stand: five statements, nobody's data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from celery import current_app
from django.db.models import Count, Min, Q, QuerySet
from kombu.exceptions import OperationalError
from redis import RedisError

from programs.models import Channel, Program
from reminders.models import OUTCOMES, Reminder, ReminderStatus, StaffNotice, Sweep

REMINDER, NOTICE = "reminder", "notice"
# A reminder goes out within a week of the day it is about, and expires with it.
DAYS_BEFORE, DAYS_AFTER = timedelta(days=3), timedelta(days=9)
BROKER_SECONDS = 2


@dataclass(frozen=True)
class Waiting:
    """Messages of one sort on one channel: how many are due, since when, and on their way."""

    what: str
    channel: str
    due: int = 0
    oldest_at: datetime | None = None
    being_sent: int = 0

    def oldest_seconds(self, now: datetime) -> float:
        """Return for how many seconds the oldest has been due; 0 where none is."""
        return max(0.0, (now - self.oldest_at).total_seconds()) if self.oldest_at else 0.0


def waiting(now: datetime) -> list[Waiting]:
    """Return a line for each sort and channel, also where nothing is due."""
    return [
        found.get(channel) or Waiting(what, channel)
        for what, model in ((REMINDER, Reminder), (NOTICE, StaffNotice))
        for found in [_waiting(what, model._default_manager.order_by(), now)]
        for channel in Channel.values
    ]


def _waiting(what: str, rows: QuerySet, now: datetime) -> dict[str, Waiting]:
    due = Q(status=ReminderStatus.PLANNED, try_at__lte=now)
    on_its_way = Q(status=ReminderStatus.CLAIMED)
    found = (
        rows.filter(due | on_its_way)
        .values("channel")
        .annotate(
            due=Count("pk", filter=due),
            oldest_at=Min("try_at", filter=due),
            being_sent=Count("pk", filter=on_its_way),
        )
    )
    return {each["channel"]: Waiting(what, **each) for each in found}


def outcomes(since: datetime, now: datetime) -> dict[tuple[str, str], int]:
    """Return how many messages of each sort came to each outcome since then, zeros included."""
    about = (now.date() - DAYS_BEFORE, now.date() + DAYS_AFTER)
    # By the program, since that is how the index has the days.
    near = Reminder.objects.filter(program__in=Program.objects.values("pk"), for_on__range=about)
    late = Q(status=ReminderStatus.EXPIRED)
    found = {
        REMINDER: _counted(near.filter(_ended(since) | (late & Q(expires_at__gte=since)))),
        NOTICE: _counted(StaffNotice.objects.filter(_ended(since) | (late & _tried(since)))),
    }
    return {
        (what, str(status)): counts.get(str(status), 0)
        for what, counts in found.items()
        for status in OUTCOMES
    }


def _ended(since: datetime) -> Q:
    """Those that ended since then, but for the late ones: as near as the row's moments tell."""
    claimed = Q(claimed_at__gte=since)
    return (
        (Q(status=ReminderStatus.SENT) & Q(sent_at__gte=since))
        | (Q(status=ReminderStatus.UNKNOWN) & claimed)
        | (Q(status__in=[ReminderStatus.FAILED, ReminderStatus.SKIPPED]) & _tried(since))
    )


def _tried(since: datetime) -> Q:
    return Q(try_at__gte=since)


def _counted(rows: QuerySet) -> dict[str, int]:
    counted = rows.order_by().values("status").annotate(count=Count("pk"))
    return dict(counted.values_list("status", "count"))


def sweeps(names: Iterable[str]) -> dict[str, Sweep]:
    """Return what is known of the clock's tasks, by name; who never ran has no row."""
    return {each.name: each for each in Sweep.objects.filter(name__in=names)}


def broker_answers() -> bool:
    """Whether Redis takes messages, asked for two seconds at most."""
    options: dict[str, Any] = {
        **current_app.conf.broker_transport_options,
        "socket_connect_timeout": BROKER_SECONDS,
        "socket_timeout": BROKER_SECONDS,
    }
    try:
        with current_app.connection_for_write(transport_options=options) as connection:
            connection.ensure_connection(max_retries=1, timeout=BROKER_SECONDS)
            connection.default_channel.client.ping()
    except (OperationalError, OSError, RedisError):
        return False
    return True
