"""Where a notice leads: to the page on which what waits can be done."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from programs.models import Disclosure
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

# Where a file that left in an emergency stands, as a record opened in one stands on its page.
LEFT = "disclosures:disclosures"


def link_of(notice: StaffNotice) -> str:
    """Return the whole address, under the one at which staff open the application."""
    kind, program = NoticeKind(notice.kind), notice.program.public_id
    if kind == NoticeKind.OPENED and _is_of_a_file(notice):
        path = reverse(LEFT, args=[program])
    elif kind in OF_A_PROGRAM:
        path = reverse(OF_A_PROGRAM[kind], args=[program]) + _week(notice)
    else:
        path = reverse(OF_ONE[kind], args=[program, notice.about])
    return settings.SITE_URL + path


def _is_of_a_file(notice: StaffNotice) -> bool:
    return Disclosure.objects.filter(public_id=notice.about, program=notice.program).exists()


def _week(notice: StaffNotice) -> str:
    return f"?week={notice.week_on.isoformat()}" if notice.week_on else ""
