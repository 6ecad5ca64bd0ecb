"""The one way in which a notice to staff is planned: by whom it is for, once, as they chose.

What somebody does not want to be told is written all the same, as not sent: planners know by the
row that it was settled, the outbox shows it, and who turns a kind on again is not told at once of
everything they had not wanted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from accounts.models import User
from programs.models import Program
from reminders.models import Reason, ReminderStatus, StaffNotice, StaffNoticeQuerySet
from reminders.notices.readers import readers_of

AS_CHOSEN = ("status", "reason", "channel", "due_at", "try_at", "attempts")


def tell(notices: Iterable[StaffNotice], *, now: datetime | None = None) -> int:
    """Write the notices that nobody else has written yet, and return how many they are.

    Each comes unsaved, with `user`, `program`, `kind`, `about` and `due_at`: the moment from which
    it is true, which may be past; `now` is that moment itself where none is given. When and where
    it goes out is its reader's choice. The same few statements for any number.
    """
    rows = list(notices)
    if not rows:
        return 0
    _as_chosen(rows, now)
    StaffNotice.objects.bulk_create(rows, ignore_conflicts=True)
    return StaffNotice.objects.filter(public_id__in=[each.public_id for each in rows]).count()


def tell_again(
    notices: StaffNoticeQuerySet, *, now: datetime, since: datetime | None = None
) -> int:
    """Plan those of them again that had been taken back; return how many.

    They are true since then; since now, where that is not given.
    """
    taken_back = notices.filter(status=ReminderStatus.SKIPPED, reason=Reason.NOT_NEEDED)
    rows = list(taken_back)
    for row in rows:
        row.due_at = since or now
    return _move(rows, taken_back, now)


def tell_anew(*, user: User, now: datetime) -> int:
    """Let what has not gone out to somebody go as they choose now; return how many that moves."""
    waiting = StaffNotice.objects.planned().filter(user=user)
    return _move(list(waiting), waiting, now)


def _move(rows: Collection[StaffNotice], still: StaffNoticeQuerySet, now: datetime) -> int:
    """Write the rows as their readers chose, but those that somebody else has moved on."""
    if not rows:
        return 0
    _as_chosen(rows, now)
    return still.bulk_update(rows, AS_CHOSEN)


def _as_chosen(rows: Collection[StaffNotice], now: datetime | None) -> None:
    """Set when and where each goes out, or that it does not; three statements."""
    readers = readers_of(each.user_id for each in rows)
    programs = Program.objects.select_related("site").in_bulk({each.program_id for each in rows})
    for row in rows:
        zone, reader = programs[row.program_id].zone, readers[row.user_id]
        moment = reader.moment(row.kind, since=row.due_at, now=now or row.due_at, zone=zone)
        row.channel = reader.channel(row.kind)
        row.try_at, row.attempts = moment or row.due_at, 0
        row.status = ReminderStatus.PLANNED if moment else ReminderStatus.SKIPPED
        row.reason = "" if moment else Reason.NOT_WANTED
