"""A person with a row of sessions, marked by one letter each, and the sweep over them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from accounts.models import User
from attendance.models import AttendanceRecord, Outreach, Presence
from attendance.outreach.actions.sweeping import sweep_program
from groups.models import GroupSession, TherapyGroup
from programs.models import Enrollment, Program
from tests import build
from tests.build import MONDAY, moment
from tests.build_records import a_check_in, a_safety_alert

# Monday to Wednesday of the week, in the morning, and the moment after the last of them.
AFTER_ALL = moment(MONDAY + timedelta(days=8), "13:00")
ABSENCES = {"E": "excused", "U": "unexcused", "N": "no_call", "?": ""}


@dataclass(frozen=True)
class Case:
    """One person of a program, their sessions on consecutive days, who leads them."""

    program: Program
    group: TherapyGroup
    enrollment: Enrollment
    sessions: list[GroupSession]
    leader: User

    def mark(self, index: int, letter: str) -> None:
        """Record P present, E excused, U unexcused, N no call, ? absent; `-` takes it away."""
        mark(self.sessions[index], self.enrollment, letter)

    def marks(self, letters: str) -> Case:
        for index, letter in enumerate(letters):
            self.mark(index, letter)
        return self

    def answers_yes(self, index: int) -> None:
        check_in = a_check_in(self.sessions[index], self.enrollment.participant, safety="yes")
        a_safety_alert(check_in)


def a_case(program: Program, leader: User, letters: str = "", *, days: int = 0) -> Case:
    """Return a member with one session a day from MONDAY on, marked by the letters."""
    group = build.a_group(program)
    enrollment = build.an_enrollment(program)
    build.a_membership(group, enrollment)
    sessions = [_session(group, leader, day) for day in range(days or len(letters))]
    return Case(program, group, enrollment, sessions, leader).marks(letters)


def _session(group: TherapyGroup, leader: User, day: int) -> GroupSession:
    hour = 9 + TherapyGroup.objects.filter(program=group.program).count()
    starts, ends = f"{hour:02}:00", f"{hour:02}:50"
    held_on: date = MONDAY + timedelta(days=day)
    return build.a_session(group, held_on, starts, ends, facilitators=[leader])


def mark(session: GroupSession, enrollment: Enrollment, letter: str) -> None:
    person = enrollment.participant
    record = AttendanceRecord.objects.filter(session=session, participant=person).first()
    if record:
        Presence.objects.filter(record=record).delete()
        record.delete()
    if letter == "P":
        here = build.a_record(session, person)
        Presence.objects.create(record=here, arrived_at=session.starts_at, left_at=session.ends_at)
    elif letter != "-":
        build.a_record(session, person, absence=ABSENCES[letter])


def sweep(program: Program, now: datetime = AFTER_ALL) -> None:
    sweep_program(program=program, now=now, by=None)


def opened(case: Case) -> list[tuple[str, int]]:
    """Return kind and number of the session of everything that is open for the person."""
    rows = Outreach.objects.open().filter(enrollment=case.enrollment)
    keys = [each.pk for each in case.sessions]
    return sorted((row.kind, keys.index(row.session_id)) for row in rows)
