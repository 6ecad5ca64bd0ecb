"""What the demo's clinic put right, and whom it is getting in touch with."""

from __future__ import annotations

from datetime import datetime, timedelta

from accounts.models import User
from attendance.amending.actions import amend_record
from attendance.models import AttendanceRecord, Outreach, OutreachAttempt
from attendance.outreach.actions.sweeping import open_outreach
from attendance.sheet.states import present
from groups.models import GroupSession
from iop.demo.folder import ZONE
from iop.demo.sign_ins import SIGN_INS
from iop.demo.timetable import CLINICIAN
from programs.weeks import local_date

DIRECTOR = SIGN_INS[0].email
WEEKS_AGO = timedelta(days=8)
EARLIER = timedelta(minutes=25)


def correct_a_record(now: datetime) -> None:
    """Amend one signed record of last week: they left earlier than the sheet said."""
    held_by = local_date(now, ZONE) - WEEKS_AGO
    record = (
        AttendanceRecord.objects.filter(
            absence="",
            session__held_on__lte=held_by,
            session__sign_off__isnull=False,
            presences__left_at__isnull=False,
        )
        .select_related("session", "participant")
        .order_by("-session__starts_at", "participant__chart_number")
        .first()
    )
    if record is None:
        return
    first = record.presences.order_by("arrived_at")[0]
    amend_record(
        session=GroupSession.objects.filter(pk=record.session_id),
        participant=record.participant,
        target=present((first.arrived_at, record.session.ends_at - EARLIER)),
        reason="The sign-out list at the desk shows that they left before the closing round.",
        by=User.objects.get(email=DIRECTOR),
        now=now,
    )


def get_in_touch(now: datetime) -> None:
    """Open what the sweep would open, and log a first attempt."""
    open_outreach(now=now, by=None)
    first = Outreach.objects.open().first()
    if first is not None:
        OutreachAttempt.objects.create(
            outreach=first,
            tried_at=now.replace(second=0, microsecond=0),
            way="phone",
            outcome="left_message",
            note="Asked to call back; said nothing of the program.",
            entered_by=User.objects.get(email=CLINICIAN),
            entered_at=now,
        )
