"""Where a notice leads: to the page on which what waits can be done."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from reminders.models import NoticeKind, StaffNotice

# Pages of one session, by its public id.
OF_A_SESSION = {
    NoticeKind.RECORD: "sheet:sheet",
    NoticeKind.SIGN: "sheet:sheet",
    NoticeKind.NOTES: "notes:notes",
    NoticeKind.COSIGN: "notes:notes",
}
# Lists of a program.
OF_A_PROGRAM = {
    NoticeKind.SAFETY: "check_ins:safety",
    NoticeKind.OUTREACH: "outreach:outreach",
}


def link_of(notice: StaffNotice) -> str:
    """Return the whole address, under the one at which staff open the application."""
    kind, program = NoticeKind(notice.kind), notice.program.public_id
    if kind in OF_A_PROGRAM:
        path = reverse(OF_A_PROGRAM[kind], args=[program])
    else:
        path = reverse(OF_A_SESSION[kind], args=[program, notice.about])
    return settings.SITE_URL + path
