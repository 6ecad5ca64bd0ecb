"""The days since the demo was last made: recorded as they would have been, nothing overwritten.

What somebody has recorded, signed, cancelled or moved in the meantime stays as they left it.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime

from django.db.models import Exists, OuterRef, QuerySet

from attendance.models import AttendanceRecord
from groups.models import GroupSession, MeetingPattern, SessionStatus
from iop.demo.folder import ZONE, Files, attendance, lessons
from iop.demo.timetable import Meeting
from iop.demo.visits import Visit
from programs.models import Clinic, Enrollment

Place = tuple[str, datetime]


def stored_anchor() -> date | None:
    """Return the first day of the demo's history: the day its first slot began."""
    first = MeetingPattern.objects.order_by("first_on").values_list("first_on", flat=True)
    return first.first()


def folder_since(anchor: date, now: datetime) -> Files:
    """Return a folder with what has happened since, and what is taught next."""
    recorded = AttendanceRecord.objects.filter(session=OuterRef("pk"))
    ours = GroupSession.objects.filter(status=SessionStatus.SCHEDULED, sign_off=None)
    by_hand = recorded.filter(recorded_by__isnull=False)
    to_record = _places(ours.exclude(Exists(by_hand)).filter(starts_at__lte=now))
    to_teach = _places(ours.filter(lessons=None))
    clinic = Clinic.objects.get()

    here = _days_of_care()

    def is_open(visit: Visit) -> bool:
        meeting = visit.meeting
        return (meeting.group.name, meeting.starts) in to_record and any(
            admitted_on <= meeting.held_on <= (discharged_on or date.max)
            for admitted_on, discharged_on in here[visit.person.chart_number]
        )

    def is_untaught(meeting: Meeting) -> bool:
        return (meeting.group.name, meeting.starts) in to_teach

    return {
        "clinic.toml": f'[clinic]\nname = "{clinic.name}"\n',
        "attendance.csv": attendance(anchor, now, is_open),
        "lessons.csv": lessons(anchor, now, is_untaught),
    }


def _days_of_care() -> dict[str, list[tuple[date, date | None]]]:
    """Return each chart number's episodes: who was discharged at the desk comes no more."""
    found: dict[str, list[tuple[date, date | None]]] = defaultdict(list)
    for chart_number, admitted_on, discharged_on in Enrollment.objects.values_list(
        "participant__chart_number", "admitted_on", "discharged_on"
    ):
        found[chart_number].append((admitted_on, discharged_on))
    return found


def _places(sessions: QuerySet[GroupSession]) -> set[Place]:
    """Return the sessions as their group's name and local start, without a zone."""
    return {
        (group, starts_at.astimezone(ZONE).replace(tzinfo=None))
        for group, starts_at in sessions.values_list("group__name", "starts_at")
    }
