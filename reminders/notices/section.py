"""The outbox's section of notices to staff: who is told of what kind of thing, and the outcome."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groups.wording import clock
from programs.models import Channel, Program
from programs.weeks import instant, local_date
from reminders.looks import AGAIN, LOOKS, Look
from reminders.models import NoticeKind, Reason, ReminderStatus, StaffNotice

A_DAY = timedelta(days=1)
# What one can read; whatever needs a look stands further up.
MOST = 40


@dataclass(frozen=True)
class NoticeLine:
    """To whom, of what kind, by which channel, in which minute, what became of it; how many."""

    name: str
    kind: str
    channel: str
    note: str
    moment: datetime
    label: str
    look: Look
    times: int = 1


@dataclass(frozen=True)
class NoticeSection:
    """Notices of yesterday and today, and whatever still waits."""

    lines: tuple[NoticeLine, ...]
    trouble: int
    left_out: int


def notice_section(*, program: Program, now: datetime) -> NoticeSection:
    """Return the program's notices, those that need a look first; one query."""
    since = instant(local_date(now, program.zone) - A_DAY, time(), program.zone)
    found = (
        StaffNotice.objects.filter(
            Q(try_at__gte=since) | Q(claimed_at__gte=since) | Q(status=ReminderStatus.PLANNED),
            program=program,
        )
        .select_related("user")
        .order_by("-try_at", "pk")
    )
    lines = sorted(_lines(found, program), key=lambda line: line.look.order)
    return NoticeSection(
        lines=tuple(lines[:MOST]),
        trouble=sum(line.times for line in lines if line.look.order <= 1),
        left_out=sum(line.times for line in lines[MOST:]),
    )


def _lines(notices: Iterable[StaffNotice], program: Program) -> list[NoticeLine]:
    """Return a line for each, and one for all that would read the same."""
    alike = Counter(_line(each, program) for each in notices)
    return [replace(line, times=times) for line, times in alike.items()]


def _line(notice: StaffNotice, program: Program) -> NoticeLine:
    status = ReminderStatus(notice.status)
    is_tried_again = status == ReminderStatus.PLANNED and notice.attempts > 0
    return NoticeLine(
        name=notice.user.display_name,
        kind=str(NoticeKind(notice.kind).label),
        channel=str(Channel(notice.channel).label),
        note=_again(notice, program) if is_tried_again else _note(notice),
        moment=(notice.sent_at or notice.claimed_at or notice.try_at).replace(
            second=0, microsecond=0
        ),
        label=_("Trying again") if is_tried_again else str(status.label),
        look=AGAIN if is_tried_again else LOOKS[status],
    )


def _note(notice: StaffNotice) -> str:
    if notice.status == ReminderStatus.UNKNOWN:
        return _("Sending began and was cut off. It may have arrived; it is not sent again.")
    return str(Reason(notice.reason).label) if notice.reason else ""


def _again(notice: StaffNotice, program: Program) -> str:
    times = ngettext("Tried once", "Tried %(n)s times", notice.attempts) % {"n": notice.attempts}
    again = _("again at %(time)s") % {"time": clock(notice.try_at, program.zone)}
    return f"{Reason(notice.reason).label}. {times}; {again}"
