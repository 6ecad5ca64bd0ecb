"""What a clinic folder cannot say of the demo clinic: signatures and make-up seats."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import User
from attendance.models import AttendanceRecord, SafetyAlert, SignOff
from groups.models import GroupSession, MakeUpSeat, SessionStatus
from iop.demo.folder import ZONE
from iop.demo.people import MAKE_UPS, people
from iop.demo.sign_ins import SIGN_INS
from iop.demo.timetable import LEADS
from programs.models import Enrollment
from programs.weeks import local_date

SIGNED_AFTER = timedelta(minutes=20)
UNSIGNED_DAYS = 2


def let_people_in() -> None:
    """Give the demo's sign-ins their password."""
    for each in SIGN_INS:
        user = User.objects.get(email=each.email)
        user.set_password(each.password)
        user.save(update_fields=["password"])


def sign_older_sessions(now: datetime) -> None:
    """Sign what was held before yesterday; what is younger is still to be recorded and signed."""
    today = local_date(now, ZONE)
    recorded = AttendanceRecord.objects.filter(session=OuterRef("pk"))
    unsigned = GroupSession.objects.filter(
        status=SessionStatus.SCHEDULED, sign_off=None, ends_at__lte=now
    )
    waits = SafetyAlert.objects.open().filter(check_in__session=OuterRef("pk"))
    last = today - timedelta(days=UNSIGNED_DAYS)
    older = unsigned.filter(Exists(recorded), ~Exists(waits), held_on__lte=last)
    leaders = _leaders_of(older)
    SignOff.objects.bulk_create(
        SignOff(
            session=session,
            signed_by=leaders[session.pk],
            signed_at=min(session.ends_at + SIGNED_AFTER, now),
        )
        for session in older
    )
    # The import closes all history; the last two days are still owed.
    unsigned.filter(held_on__gt=last).update(closed_at=None)


def _leaders_of(sessions: QuerySet[GroupSession]) -> dict[int, User]:
    """Return who signs for each session: whoever leads it now, else whoever leads most."""
    signer = User.objects.get(email=LEADS)
    return {
        session.pk: next(
            (each.user for each in session.facilitations.all() if not each.is_former), signer
        )
        for session in sessions.prefetch_related("facilitations__user")
    }


def book_make_ups(anchor: date, now: datetime) -> None:
    """Give the guests their seats, booked by the front desk two days ahead at the latest."""
    desk = User.objects.get(email="admissions@harborstreet.example")
    charts = {each.key: each.chart_number for each in people()}
    for key, group, day in MAKE_UPS:
        held_on = anchor + timedelta(days=day)
        session = GroupSession.objects.get(group__name=group, held_on=held_on)
        guest = Enrollment.objects.covering(held_on).get(participant__chart_number=charts[key])
        booked_at = min(now, session.starts_at - timedelta(days=2))
        MakeUpSeat.objects.create(
            session=session, enrollment=guest, booked_by=desk, booked_at=booked_at
        )
