"""Who is told that a safety answer waits: the clinicians, and who leads the session."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from attendance.models import SafetyAlert
from groups.models import Facilitation, GroupSession
from programs.models import Program, Role, StaffAssignment
from reminders.models import NoticeKind, StaffNotice
from reminders.notices.telling import tell


def plan_notices(
    alert: SafetyAlert, session: GroupSession, *, knows: User | None, now: datetime
) -> int:
    """Plan a notice for each of them, due now, and return how many; `knows` needs none.

    On the kiosk nobody of the staff has seen the answer, so nobody is left out.
    """
    program = session.group.program
    told = _clinical_staff(program, knows) | _leaders(session, knows)
    tell(
        (
            StaffNotice(
                user_id=user_id,
                program=program,
                kind=NoticeKind.SAFETY,
                about=alert.public_id,
                due_at=now,
            )
            for user_id in sorted(told)
        ),
        now=now,
    )
    return len(told)


def _clinical_staff(program: Program, knows: User | None) -> set[int]:
    """Return the program's clinicians; where there is no other, its directors."""
    working = StaffAssignment.objects.current().filter(program=program, user__is_active=True)
    found = working.filter(role__in=[Role.CLINICIAN, Role.DIRECTOR]).values_list("role", "user_id")
    people = {role: {user for each, user in found if each == role} for role, _user in found}
    known = {knows.pk} if knows else set()
    return people.get(Role.CLINICIAN, set()) - known or people.get(Role.DIRECTOR, set()) - known


def _leaders(session: GroupSession, knows: User | None) -> set[int]:
    leading = Facilitation.objects.filter(session=session, is_former=False, user__is_active=True)
    found = set(leading.values_list("user_id", flat=True))
    return found - ({knows.pk} if knows else set())
