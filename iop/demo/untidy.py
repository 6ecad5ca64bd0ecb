"""What is not neat on record in the demo: one person twice, a request pending, a safe word."""

from __future__ import annotations

from datetime import datetime, timedelta

from accounts.models import User
from iop.demo.episodes import ADMISSIONS, PAYERS
from iop.demo.folder import ZONE
from iop.demo.timetable import EVENING
from programs.models import (
    Authorization,
    AuthorizationStatus,
    DuplicateReport,
    Enrollment,
    Participant,
    Program,
    Referral,
)
from programs.weeks import local_date

# On record already, and called again under a name that is spelled otherwise.
TWICE, AS_SPELLED = ("Marisol", "Quintana"), ("Marysol", "Quintana")
CAREFUL = ("Aoife", "Brannigan")


def leave_things_untidy(now: datetime) -> None:
    """Write what a director, billing and admissions still have to look at."""
    by = User.objects.get(email=ADMISSIONS)
    _call_twice(now, by)
    _ask_for_more(now, by)
    Participant.objects.filter(first_name=CAREFUL[0], last_name=CAREFUL[1]).update(
        pronouns="she/her",
        emergency_name="Niamh Brannigan",
        emergency_relationship="Sister",
        emergency_phone="+13125550190",
        safe_contact="Text only. Leave no voicemail, and say nothing to whoever else answers.",
    )


def _call_twice(now: datetime, by: User) -> None:
    known = Participant.objects.get(first_name=TWICE[0], last_name=TWICE[1])
    program = Program.objects.get(code=EVENING)
    entered = Participant.objects.create(
        chart_number="N-0191",
        first_name=AS_SPELLED[0],
        last_name=AS_SPELLED[1],
        birth_date=known.birth_date,
        phone="+13125550191",
    )
    called_on = local_date(now, ZONE) - timedelta(days=2)
    Referral.objects.create(
        participant=entered, program=program, referred_on=called_on, source="self"
    )
    DuplicateReport.objects.create(
        entered=entered,
        known=known,
        program=program,
        reported_at=now - timedelta(days=2),
        reported_by=by,
    )


def _ask_for_more(now: datetime, by: User) -> None:
    """Ask a payer for whoever has no authorization and came last."""
    today = local_date(now, ZONE)
    lacking = Enrollment.objects.covering(today).filter(authorizations=None)
    Authorization.objects.create(
        enrollment=lacking.order_by("-admitted_on", "pk")[0],
        payer=PAYERS[0],
        requested_units=12,
        first_on=today,
        last_on=today + timedelta(weeks=4),
        status=AuthorizationStatus.PENDING,
        entered_at=now,
        entered_by=by,
    )
