"""Notices to staff as they are about to go: whether their reader is still here, and where."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import QuerySet

from programs.models import Channel, StaffAssignment
from reminders.channels.line import Parcel
from reminders.models import NoticeHours, NoticeKind, Reason, StaffNotice
from reminders.notices.keeping import news_until
from reminders.notices.timing import end_of_quiet
from reminders.notices.wording import letter_of
from reminders.reach import is_set_up
from reminders.sending.verdicts import TOO_LATE, Elsewhere, Later, Ready, Verdict, skipped


class ToStaff:
    """What a sweep asks of each notice."""

    name = "notice"

    def due(self, channel: str, now: datetime) -> QuerySet[Any]:
        """Return what is due by the channel, the oldest first."""
        return StaffNotice.objects.due(now).filter(channel=channel)

    def take(self, channel: str, now: datetime, leaving: Collection[int]) -> StaffNotice | None:
        """Return the oldest that is due and nobody else has in hand, locked."""
        rows = self.due(channel, now).select_related("user__notice_hours", "program__site")
        free = rows.select_for_update(skip_locked=True, no_key=True, of=("self",))
        return free.exclude(pk__in=leaving).first()

    def expires_at(self, row: StaffNotice) -> datetime:
        """Return from when on it does not go out any more."""
        return news_until(row)

    def about(self, row: StaffNotice) -> dict[str, Any]:
        """Return what the trail says of it whatever became of it."""
        return {"program_id": row.program.public_id, "kind": row.kind}

    def read_again(self, row: StaffNotice, now: datetime) -> Verdict:
        """Return what is to become of the row, which is locked."""
        if self.expires_at(row) <= now:
            return TOO_LATE
        if not _works_there(row):
            return skipped(Reason.HAS_LEFT)
        if quiet_until := _quiet_until(row, now):
            return Later(quiet_until) if quiet_until < self.expires_at(row) else TOO_LATE
        to = _address(row)
        if not to:
            # Everybody has an email address; a number may be taken off again.
            return Elsewhere(Channel.EMAIL)
        return Ready(Parcel(letter_of(row), to, str(row.public_id)))


def _works_there(notice: StaffNotice) -> bool:
    found = StaffAssignment.objects.current().filter(
        user=notice.user_id, user__is_active=True, program=notice.program_id
    )
    return found.exists()


def _hours(notice: StaffNotice) -> NoticeHours:
    """Return their hours, the usual ones where they chose none."""
    try:
        return notice.user.notice_hours
    except ObjectDoesNotExist:
        return NoticeHours()


def _quiet_until(notice: StaffNotice, now: datetime) -> datetime | None:
    """Return when their quiet hours end, None outside them; no matter where it cannot wait."""
    if notice.kind == NoticeKind.SAFETY:
        return None
    return end_of_quiet(now, _hours(notice), notice.program.zone)


def _address(notice: StaffNotice) -> str:
    """Return where the notice goes by its channel, empty where that leads nowhere."""
    if notice.channel == Channel.EMAIL:
        return notice.user.email
    mobile = _hours(notice).mobile
    return str(mobile) if mobile and mobile.is_valid() and is_set_up(Channel.SMS) else ""
