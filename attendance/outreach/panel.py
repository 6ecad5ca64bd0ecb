"""What of one's own outreach is due today or overdue, for a panel on another page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Count
from django.urls import reverse

from attendance.outreach.page import Reader, Row, names_of, row_of
from attendance.outreach.whose import outreach_of, with_facts
from programs.access import Access
from programs.models import Program
from programs.weeks import instant, local_date

AT_MOST = 8


@dataclass(frozen=True)
class OutreachPanel:
    """The people to call today; blank where there is nobody."""

    rows: tuple[Row, ...]
    url: str


def outreach_panel(access: Access, program: Program, now: datetime) -> OutreachPanel | None:
    """Return one's own that is due by tonight, the most overdue first; one statement.

    None for those to whom outreach is no business, and where nothing is due.
    """
    if access.scope("outreach.manage", program) is None:
        return None
    tomorrow = local_date(now, program.zone) + timedelta(days=1)
    due = (
        outreach_of(access, program)
        .open()
        .filter(owned_by=access.user, due_at__lt=instant(tomorrow, time(), program.zone))
    )
    found = list(with_facts(due).annotate(tries=Count("attempts"))[:AT_MOST])
    if not found:
        return None
    names, reader = names_of(found), Reader(access, program, now)
    rows = tuple(row_of(each, names, reader) for each in found)
    return OutreachPanel(rows, reverse("outreach:outreach", args=[program.public_id]))
