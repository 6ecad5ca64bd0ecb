"""What comes of a mark: a change, nothing, a newer record that is kept, or words why not.

A mark is understood against what its writer saw and the moment in which it was made. Whatever was
put on record since, and says something else, stands; a person decides between the two.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _

from attendance.models import Absence
from attendance.sheet.marking import after, is_answered
from attendance.sheet.people import NO_DETAILS, Details, Person
from attendance.sheet.refusals import Problem
from attendance.sheet.session import moment_of
from attendance.sheet.states import Ask, Refused, State
from attendance.sheet.wishes import Clock, RowMarks, Wish, wish_of
from attendance.sheet.writing import Change
from groups.models import GroupSession

if TYPE_CHECKING:
    from accounts.models import User

RELATIVE = (Ask.LEFT, Ask.BACK)
# A tap that waited longer on its device says little of a moment any more.
OLDEST = timedelta(hours=24)


@dataclass(frozen=True)
class Conflict:
    """A newer record was kept; `wanted` is what this mark would have made of it."""

    person: Person
    wanted: State


Outcome = Change | Conflict | Problem


@dataclass(frozen=True)
class Weighing:
    """Who marks which session, and when."""

    session: GroupSession
    by: User
    now: datetime

    def outcome_of(self, mark: RowMarks, people: Mapping[UUID, Person]) -> Outcome:
        """Return what comes of one mark; a Change to the same state changes nothing."""
        person = people.get(mark.participant)
        if person is None:
            words = _("This person is not on the sheet. Add them as a walk-in first.")
            return Problem(mark.participant, "mark", words)
        if mark.mark_id in person.known_taps:
            return Change(person, person.state)
        try:
            return self._change(person, mark, self._made_at(mark))
        except Refused as refused:
            return Problem(mark.participant, refused.field, refused.words)

    def _made_at(self, mark: RowMarks) -> datetime:
        """Return when it was tapped; raises Refused where the device does not say."""
        if mark.age is None or mark.age < timedelta():
            raise Refused(_("The device does not say when this was tapped. Tap it again."))
        if mark.age > OLDEST:
            raise Refused(_("This was tapped more than a day ago. Look at it, and mark it again."))
        return self.now - mark.age

    def _change(self, person: Person, mark: RowMarks, made_at: datetime) -> Change | Conflict:
        session = self.session
        clock = Clock(session.held_on, session.group.program.zone, moment_of(session, made_at))
        wish, current = wish_of(mark, clock), person.state
        if wish is None or wish.target == current:
            return Change(person, current)
        if is_answered(current, wish.ask, mark.seen, clock.moment):
            return Change(person, current)
        if wish.ask is Ask.REST and person.had_said_no(made_at):
            # Everybody at once is not those who said they cannot come: they are marked by hand.
            return Change(person, current)
        if current != mark.seen and self._is_newer(person, mark, wish, made_at):
            return Conflict(person, _made_of(mark.seen, wish, clock))
        to = _made_of(current, wish, clock)
        return Change(person, to, mark.mark_id, _details(person, to, mark, made_at))

    def _is_newer(self, person: Person, mark: RowMarks, wish: Wish, made_at: datetime) -> bool:
        """Say whether the record, which is not what was seen, is to stand."""
        if not person.state.has_record:
            # What was seen is gone: somebody took it back.
            return mark.seen.has_record
        if person.recorded_at and made_at < person.recorded_at:
            return True
        return person.recorded_by_id != self.by.pk or wish.ask in RELATIVE


def _made_of(state: State, wish: Wish, clock: Clock) -> State:
    return wish.target or after(state, wish.ask, clock.moment)


def _details(person: Person, to: State, mark: RowMarks, made_at: datetime) -> Details:
    """Return the notice and the reason that go with a state: an absence keeps its own.

    One that is brought back comes with those it had. One that is excused without any takes what
    the person had said beforehand when it was marked.
    """
    kind, last = person.last_absence
    if not to.absence:
        return NO_DETAILS
    if mark.use is not None:
        return last if not person.state.absence and kind == to.absence else person.details
    is_bare = person.details == NO_DETAILS and to.absence == Absence.EXCUSED
    return person.details_said if is_bare and person.had_said_no(made_at) else person.details
