"""Until when a notice is news: after that it is not sent any more."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from programs.weeks import instant, local_date
from reminders.models import NoticeKind, StaffNotice
from reminders.notices.counts import AN_HOUR

# After that the list of what is owed has it. It also keeps a mail server that is back after days
# from sending everything at once.
KEEPS = timedelta(days=3)


def news_until(notice: StaffNotice) -> datetime:
    """Return the moment from which the notice tells nobody anything; its `program` is loaded.

    Who leads sessions today knows of them once the first has begun.
    """
    if notice.kind != NoticeKind.TODAY:
        return notice.due_at + KEEPS
    hour, minute = divmod(notice.counts["first"], AN_HOUR)
    zone = notice.program.zone
    return instant(local_date(notice.due_at, zone), time(hour, minute), zone)
