"""Where a notice leads: to the page on which what waits can be done."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from reminders.models import NoticeKind, StaffNotice

# Pages of one session, or of one alert, by its public id.
OF_ONE = {
    NoticeKind.RECORD: "sheet:sheet",
    NoticeKind.SIGN: "sheet:sheet",
    NoticeKind.NOTES: "notes:notes",
    NoticeKind.COSIGN: "notes:notes",
    NoticeKind.ALERT: "alerts:one",
}
# Lists of a program; of one week, where the notice carries its numbers.
OF_A_PROGRAM = {
    NoticeKind.SAFETY: "check_ins:safety",
    NoticeKind.OUTREACH: "outreach:outreach",
    NoticeKind.DIGEST: "hours:board",
    NoticeKind.CLOSED: "hours:board",
    NoticeKind.TODAY: "today:today",
    NoticeKind.FAILURES: "reminders:failures",
    NoticeKind.OPENED: "emergency:review",
}


def link_of(notice: StaffNotice) -> str:
    """Return the whole address, under the one at which staff open the application."""
    kind, program = NoticeKind(notice.kind), notice.program.public_id
    if kind in OF_A_PROGRAM:
        path = reverse(OF_A_PROGRAM[kind], args=[program]) + _week(notice)
    else:
        path = reverse(OF_ONE[kind], args=[program, notice.about])
    return settings.SITE_URL + path


def _week(notice: StaffNotice) -> str:
    return f"?week={notice.week_on.isoformat()}" if notice.week_on else ""
