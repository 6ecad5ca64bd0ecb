"""Marks go on record: all that were sent, or none where one cannot be true."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import IntegrityError, transaction

from accounts.audit import write_audit
from accounts.keeping import refused_by
from accounts.models import User
from attendance.sheet.clashes import clashes_of
from attendance.sheet.locking import locked_sheet
from attendance.sheet.people import Person, people_of
from attendance.sheet.refusals import NotRecorded, Problem, ReadOnly
from attendance.sheet.session import Phase
from attendance.sheet.states import Ask, State
from attendance.sheet.walk_ins import as_walk_in, possible_walk_ins
from attendance.sheet.weighing import Conflict, Weighing
from attendance.sheet.wishes import RowMarks
from attendance.sheet.writing import Change, write_changes
from groups.models import GroupSession
from groups.models.session import GroupSessionQuerySet


@dataclass(frozen=True)
class Recorded:
    """What came of it: who is on the sheet now, what changed, whose newer record was kept.

    `before` is what the record of each who was changed said until now.
    """

    session: GroupSession
    people: tuple[Person, ...]
    before: dict[uuid.UUID, State]
    conflicts: dict[uuid.UUID, Conflict]

    @property
    def changed(self) -> tuple[uuid.UUID, ...]:
        return tuple(self.before)


def record_attendance(
    *, session: GroupSessionQuerySet, marks: Sequence[RowMarks], by: User, now: datetime
) -> Recorded:
    """Put marks on record: all of them, or none where one cannot be true.

    `session` is the one session, as far as `by` may mark it: it is locked as it is read, so that
    two who mark at once do it one after the other. Marking the same again changes nothing, nor
    does a tap that row history knows. Raises GroupSession.DoesNotExist, ReadOnly, NotRecorded.
    """
    changes: list[Change] = []
    try:
        with transaction.atomic():
            locked = locked_sheet(session, now)
            people = _everyone(locked, marks, by)
            conflicts = _weigh(Weighing(locked, by, now), people, marks, changes)
            if changes:
                write_changes(locked, changes, by=by, now=now)
                _write_trail("attendance.recorded", locked, changes, by=by)
    except IntegrityError as error:
        raise _refusal(error, session, changes, by) from error
    before = {change.person.id: change.person.state for change in changes}
    return Recorded(locked, _people_after(people, changes, by, now), before, conflicts)


def _everyone(
    session: GroupSession, marks: Sequence[RowMarks], by: User
) -> dict[uuid.UUID, Person]:
    """Return everyone who may be marked; a walk-in is one who may be found by the search."""
    taps = {mark.mark_id for mark in marks if mark.mark_id}
    has_use = any(mark.use is not None for mark in marks)
    people = people_of(session, taps=taps, with_last_absence=has_use)
    found = {person.id: person for person in people}
    new = [mark.participant for mark in marks if mark.act == Ask.WALK_IN]
    new = [each for each in new if each not in found]
    if new:
        for participant in possible_walk_ins(session, by).filter(public_id__in=new):
            found[participant.public_id] = as_walk_in(participant)
    return found


def _weigh(
    weighing: Weighing,
    people: dict[uuid.UUID, Person],
    marks: Sequence[RowMarks],
    changes: list[Change],
) -> dict[uuid.UUID, Conflict]:
    """Fill in the changes that the marks make, and return those that somebody was before."""
    outcomes = [weighing.outcome_of(mark, people) for mark in marks]
    problems = [each for each in outcomes if isinstance(each, Problem)]
    if problems:
        raise NotRecorded(problems)
    changes += [
        each for each in outcomes if isinstance(each, Change) and each.to != each.person.state
    ]
    return {each.person.id: each for each in outcomes if isinstance(each, Conflict)}


def _people_after(
    people: dict[uuid.UUID, Person], changes: Sequence[Change], by: User, now: datetime
) -> tuple[Person, ...]:
    """Return everyone on the sheet as they are on record now, without reading them again."""
    changed = {
        each.person.id: replace(
            each.person,
            state=each.to,
            details=each.details_after,
            recorded_by_id=by.pk,
            recorded_by=by.name,
            recorded_at=now,
            first_recorded_at=each.person.first_recorded_at or now,
        )
        for each in changes
    }
    everyone = (people | changed).values()
    return tuple(each for each in everyone if each.is_expected or each.state.has_record)


def _write_trail(verb: str, session: GroupSession, changes: Sequence[Change], *, by: User) -> None:
    """One line for the session; it names a single participant, or lists the several."""
    ids = [change.person.id for change in changes]
    write_audit(
        verb,
        by=by,
        subject=session,
        participant_id=ids[0] if len(ids) == 1 else None,
        program_id=session.group.program.public_id,
        people=len(ids),
        participants=[str(each) for each in ids],
    )


def _refusal(
    error: IntegrityError, session: GroupSessionQuerySet, changes: Sequence[Change], by: User
) -> Exception:
    """Say in words what the database refused; what it should never have to refuse is a fault."""
    name = refused_by(error)
    if name in ("signed_record_stays", "signed_presence_stays"):
        return ReadOnly(Phase.SIGNED)
    if name != "presence_no_minute_twice":
        return error
    wanted = [(change.person.participant, change.to) for change in changes]
    said = clashes_of(session.get(), wanted, by)
    return NotRecorded([Problem(person, "arrived", words) for person, words in said.items()])
