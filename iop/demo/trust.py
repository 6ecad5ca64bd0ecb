"""What the demo's director has to look at: records opened in an emergency, and an unusual trail."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from accounts.audit import audit_event, write_audits
from accounts.models import AuditEvent, User
from attendance.emergency.actions import close_record, open_record, review_access
from iop.demo.folder import ZONE
from iop.demo.sign_ins import SIGN_INS
from iop.demo.timetable import CLINICIAN, LEADS
from programs.models import EmergencyAccess, Enrollment, Program, TrailReview
from programs.trail.actions import sign_off_trail
from programs.trail.reading import Span
from programs.weeks import instant, local_date
from reminders.models import StaffNotice

DIRECTOR = SIGN_INS[0].email
REVIEWED_AGO, WAITING_AGO, SIGNED_AGO = timedelta(days=9), timedelta(hours=20), timedelta(days=12)
MONTH = timedelta(days=30)
ADDRESS = "203.0.113.24"


def open_in_emergencies(now: datetime) -> None:
    """Open two records, a while ago and yesterday; the director has reviewed the first; once."""
    if EmergencyAccess.objects.exists():
        return
    by, director = (User.objects.get(email=email) for email in (LEADS, DIRECTOR))
    first, second = _episodes(now)[:2]
    older = _open(first, "Fainted in the lobby; the paramedics ask what we know.", now, by)
    review_access(
        access=older,
        note="Right to do so. The paramedics’ report is on file.",
        now=now - REVIEWED_AGO + timedelta(hours=15),
        by=director,
    )
    # What was told nine days ago is not told today.
    StaffNotice.objects.filter(about=older.public_id).withdraw()
    open_record(
        person=second.participant.kept,
        program=second.program,
        reason="Called the desk in distress and hung up; the clinician on call is not reached.",
        now=now - WAITING_AGO,
        by=by,
    )


def sign_off_an_unusual_trail(now: datetime) -> None:
    """Sign the trail off as of twelve days ago, and let a few things stand out since; once."""
    if TrailReview.objects.exists():
        return
    director = User.objects.get(email=DIRECTOR)
    for program in Program.objects.order_by("code"):
        last_on = local_date(now - SIGNED_AGO, ZONE)
        sign_off_trail(
            program=program,
            span=Span(last_on - MONTH, last_on, ZONE),
            lines=4_180,
            unusual={"night": 2},
            note="Both nights were the clinician on call, who wrote notes. Nothing else.",
            now=now - SIGNED_AGO + timedelta(days=1),
            by=director,
        )
    write_audits(_lines(now))


def _open(episode: Enrollment, reason: str, now: datetime, by: User) -> EmergencyAccess:
    opened_at = now - REVIEWED_AGO
    access = open_record(
        person=episode.participant.kept,
        program=episode.program,
        reason=reason,
        now=opened_at,
        by=by,
    )
    close_record(access=access, now=opened_at + timedelta(minutes=14), by=by)
    return access


def _episodes(now: datetime) -> list[Enrollment]:
    in_force = Enrollment.objects.begun().covering(local_date(now, ZONE))
    rows = in_force.select_related("participant__merged_into", "program__site")
    return list(rows.order_by("program__code", "participant__chart_number")[:6])


def _lines(now: datetime) -> list[AuditEvent]:
    """Return lines of the small hours, and of a password tried six times."""
    today = local_date(now, ZONE)
    clinician, leads = (User.objects.get(email=email) for email in (CLINICIAN, LEADS))
    night = instant(today - timedelta(days=3), time(2, 10), ZONE)
    lines = [
        _at(
            night + timedelta(minutes=4 * place),
            audit_event(
                "participant.read",
                by=clinician,
                participant_id=episode.participant.public_id,
                program_id=episode.program.public_id,
                page="people:participant",
            ),
        )
        for place, episode in enumerate(_episodes(now))
    ]
    morning = instant(today - timedelta(days=2), time(7, 40), ZONE)
    refused = [audit_event("user.sign_in_refused", by=None, subject=leads) for _ in range(6)]
    lines += [_at(morning + timedelta(minutes=n), each) for n, each in enumerate(refused)]
    came = audit_event("user.signed_in", by=leads, subject=leads)
    return [*lines, _at(morning + timedelta(minutes=9), came)]


def _at(moment: datetime, line: AuditEvent) -> AuditEvent:
    line.at, line.address = moment, ADDRESS
    return line
