"""What an amendment changes in the person's week: the same statements, asked before and after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from attendance.amending.actions import amend_record
from attendance.models import Amendment
from attendance.sheet.session import whole
from attendance.sheet.states import State
from groups.models import GroupSession
from groups.models.session import GroupSessionQuerySet
from hours.facts import PersonWeek, ProgramWeek, SessionLine
from hours.program_week import program_week
from hours.weekly_hours import WeeklyHours, weekly_hours_of
from programs.models import Participant


@dataclass(frozen=True)
class Correction:
    """What a record is to say, and why; `session` as far as its writer may amend it.

    `seen` is what the record said when they were shown what would change.
    """

    session: GroupSessionQuerySet
    participant: Participant
    target: State
    reason: str
    seen: State | None = None


@dataclass(frozen=True)
class Side:
    """The week as it is, or as it would be; minutes as the program's rule counts them.

    Without `facts` no rule covers the week. Without `row` the person is not enrolled there on
    that day. Without `line` the session counts for nothing, or they were not in it.
    """

    facts: ProgramWeek | None
    row: WeeklyHours | None
    line: SessionLine | None
    on_day: int

    @property
    def credited(self) -> int:
        """Minutes credited in the session."""
        return self.line.credited if self.line else 0

    @property
    def qualifies(self) -> bool:
        """Whether the day reaches the rule's minutes."""
        return self.facts is not None and self.on_day >= self.facts.rule.min_minutes_per_day


@dataclass(frozen=True)
class Effect:
    """Both sides of an amendment."""

    before: Side
    after: Side

    @property
    def line(self) -> SessionLine | None:
        """The session as it counts for this person, where it does on either side."""
        return self.after.line or self.before.line


def carried_out(correction: Correction, *, by: User, now: datetime) -> tuple[Amendment, Effect]:
    """Amend, and return what came of it; to be called in a transaction, which holds the session.

    Raises GroupSession.DoesNotExist, NotAmended.
    """
    session = whole(correction.session).select_for_update(of=("self",), no_key=True).get()
    before = side_of(session, correction.participant, now)
    amendment = amend_record(
        session=correction.session,
        participant=correction.participant,
        target=correction.target,
        reason=correction.reason,
        seen=correction.seen,
        by=by,
        now=now,
    )
    return amendment, Effect(before, side_of(session, correction.participant, now))


def side_of(session: GroupSession, participant: Participant, now: datetime) -> Side:
    """Return the week of the session as it stands for the person under this very record."""
    program = session.group.program
    facts = program_week(program, week=program.week_of(session.held_on), as_of=now)
    person = _person_of(facts, participant, session) if facts else None
    if facts is None or person is None:
        return Side(facts, None, None, on_day=0)
    line = next((each for each in person.lines if each.session_id == session.public_id), None)
    on_day = sum(each.credited for each in person.lines if each.held_on == session.held_on)
    return Side(facts, weekly_hours_of(person, facts), line, on_day)


def _person_of(
    facts: ProgramWeek, participant: Participant, session: GroupSession
) -> PersonWeek | None:
    """Return the enrollment that covers the session's date; a week may hold two of one person."""
    day = session.held_on
    for person in facts.people:
        is_begun = person.admitted_on <= day
        is_over = person.discharged_on is not None and person.discharged_on < day
        if person.chart_number == participant.chart_number and is_begun and not is_over:
            return person
    return None
