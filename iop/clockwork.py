"""The clock's table: what begins when, in words for people, and when it is late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from celery.schedules import crontab
from django.utils.translation import gettext_lazy

HOUR, DAY = 60 * 60, 24 * 60 * 60
# A sender's turn is most of a minute, and a queue may be a turn long: that is not late yet.
GRACE = timedelta(minutes=2)


@dataclass(frozen=True)
class Rhythm:
    """When something begins, and after how many seconds a message about it is of no use.

    Messages that nobody took for so long are dropped, so that an hour's outage of all workers does
    not leave sixty of them for the moment they are back.
    """

    schedule: crontab
    keeps_seconds: int


EVERY_MINUTE = Rhythm(crontab(), keeps_seconds=2 * 60)
EVERY_TEN_MINUTES = Rhythm(crontab(minute="*/10"), keeps_seconds=10 * 60)


def every_hour(minute: int) -> Rhythm:
    """Return the rhythm of something that begins each hour at this minute."""
    return Rhythm(crontab(minute=str(minute)), keeps_seconds=HOUR)


def every_day(hour: int, minute: int) -> Rhythm:
    """Return the rhythm of something that begins each day at this time (UTC)."""
    return Rhythm(crontab(hour=str(hour), minute=str(minute)), keeps_seconds=DAY)


@dataclass(frozen=True)
class Turn:
    """One line of the table: a task with what it is told, which is a channel's name at most."""

    label: Any
    task: str
    rhythm: Rhythm
    args: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The name of its row among the sweeps."""
        return turn_key(self.task, self.args)

    def after(self, moment: datetime) -> datetime:
        """Return the first moment after this one at which it begins."""
        last, wait, _now = self.rhythm.schedule.remaining_delta(moment)
        return last + wait

    def is_late(self, began_at: datetime | None, now: datetime) -> bool:
        """Whether it should have begun again by now.

        What never began is late where it begins every few minutes; else its first time may be
        still to come.
        """
        if began_at is None:
            return self.rhythm.keeps_seconds < HOUR
        return self.after(began_at) + GRACE < now


def turn_key(task: str, args: tuple[str, ...]) -> str:
    """Return the name that a task goes by together with what it is told."""
    return " ".join((task, *args))


CLOCKWORK = (
    Turn(gettext_lazy("Reminders planned"), "reminders.plan_reminders", EVERY_TEN_MINUTES),
    Turn(gettext_lazy("Changes found"), "reminders.plan_changes", EVERY_MINUTE),
    Turn(gettext_lazy("Emails sent"), "reminders.send_due", EVERY_MINUTE, ("email",)),
    Turn(gettext_lazy("Text messages sent"), "reminders.send_due", EVERY_MINUTE, ("sms",)),
    Turn(gettext_lazy("Outcomes settled"), "reminders.settle", EVERY_MINUTE),
    Turn(gettext_lazy("Failures told"), "reminders.plan_failure_digests", EVERY_TEN_MINUTES),
    Turn(gettext_lazy("Days told to staff"), "reminders.plan_today_notices", EVERY_TEN_MINUTES),
    Turn(gettext_lazy("Notices planned"), "attendance.plan_notices", EVERY_TEN_MINUTES),
    Turn(gettext_lazy("Missed people found"), "attendance.open_outreach", EVERY_TEN_MINUTES),
    Turn(gettext_lazy("Uploads checked"), "attendance.check_uploads", EVERY_MINUTE),
    Turn(gettext_lazy("Uploads imported"), "attendance.import_uploads", EVERY_MINUTE),
    Turn(gettext_lazy("Old uploads cleared"), "attendance.sweep_uploads", every_hour(50)),
    Turn(gettext_lazy("Calendar filled"), "groups.generate_sessions", every_day(8, 10)),
    Turn(gettext_lazy("Free seats given"), "groups.promote_waiting", every_hour(20)),
    Turn(gettext_lazy("Old drafts cleared"), "groups.sweep_drafts", every_day(3, 40)),
    Turn(gettext_lazy("Weekly hours checked"), "hours.check_weekly_hours", every_hour(5)),
    Turn(gettext_lazy("Care dates checked"), "hours.check_care", every_hour(10)),
    # After the check, so that the numbers are the hour's.
    Turn(gettext_lazy("Weeks in numbers planned"), "hours.plan_digests", every_hour(20)),
    # Past midnight at every site, Hawaii's too.
    Turn(gettext_lazy("Weeks closed"), "hours.close_weeks", every_day(10, 40)),
    Turn(gettext_lazy("Trail sealed"), "accounts.seal_trail", EVERY_MINUTE),
    Turn(gettext_lazy("Trail gone through"), "accounts.seal_whole_trail", every_day(7, 30)),
    Turn(gettext_lazy("Trail's months made"), "accounts.make_partitions", every_day(7, 50)),
)


def beat_schedule() -> dict[str, dict[str, Any]]:
    """Return the table as Celery's beat reads it."""
    return {
        turn.key: {
            "task": turn.task,
            "schedule": turn.rhythm.schedule,
            "args": turn.args,
            "options": {"expires": turn.rhythm.keeps_seconds},
        }
        for turn in CLOCKWORK
    }
