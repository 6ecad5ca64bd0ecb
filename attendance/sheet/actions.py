"""Marks go on record, and the facilitator signs for them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.audit import write_audit
from accounts.models import User
from attendance.models import Presence, SignOff
from attendance.sheet.clashes import clashes_of
from attendance.sheet.people import Person, people_of
from attendance.sheet.session import SIGNING_OPENS, Phase, moment_of, phase_of, whole
from attendance.sheet.states import Ask, Refused, State, after, is_answered
from attendance.sheet.walk_ins import as_walk_in, possible_walk_ins
from attendance.sheet.wishes import Clock, RowMarks, Wish, wish_of
from attendance.sheet.writing import Change, write_changes
from groups.models import GroupSession
from groups.models.session import GroupSessionQuerySet

if TYPE_CHECKING:
    from django.utils.functional import Promise

RELATIVE = (Ask.LEFT, Ask.BACK)


class ReadOnly(Exception):
    """This sheet is not to be marked: it is signed, cancelled, closed or far ahead."""


class CannotSign(Exception):
    """The sheet cannot be signed yet; `unmarked` are those without a mark."""

    def __init__(self, words: str, unmarked: tuple[uuid.UUID, ...] = ()) -> None:
        super().__init__(words)
        self.unmarked = unmarked


@dataclass(frozen=True)
class Problem:
    """What is wrong with a row: where, and in words."""

    participant: uuid.UUID
    field: str
    words: str | Promise


class NotRecorded(Exception):
    """Something cannot be true, so nothing of it all was recorded."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(*(str(problem.words) for problem in problems))
        self.problems = tuple(problems)


@dataclass(frozen=True)
class Conflict:
    """Someone else's newer record was kept; `wanted` is what this mark would have made of it."""

    person: Person
    wanted: State


@dataclass(frozen=True)
class Recorded:
    """What came of it: who is on the sheet now, who was changed, whose newer record was kept."""

    session: GroupSession
    people: tuple[Person, ...]
    changed: tuple[uuid.UUID, ...]
    conflicts: dict[uuid.UUID, Conflict]


def record_attendance(
    *, session: GroupSessionQuerySet, marks: Sequence[RowMarks], by: User, now: datetime
) -> Recorded:
    """Put marks on record: all of them, or none where one cannot be true.

    `session` is the one session, as far as `by` may mark it: it is locked as it is read, so that
    two who mark at once do it one after the other. Marking the same again changes nothing.
    Raises GroupSession.DoesNotExist, ReadOnly, NotRecorded.
    """
    changes: list[Change] = []
    try:
        with transaction.atomic():
            locked = _locked(session, now)
            people = _with_walk_ins(people_of(locked), marks, locked, by)
            conflicts = _weigh(locked, people, marks, changes, by=by, now=now)
            if changes:
                write_changes(locked, changes, by=by, now=now)
                _write_trail("attendance.recorded", locked, changes, by=by)
    except IntegrityError as error:
        raise _refusal(error, session, changes, by) from error
    ids = tuple(change.person.id for change in changes)
    return Recorded(locked, _people_after(people, changes, by, now), ids, conflicts)


def sign_session(
    *, session: GroupSessionQuerySet, reason: str, is_substitute: bool, by: User, now: datetime
) -> SignOff:
    """Sign the sheet; whoever is still in the room has stayed until the end.

    Possible from a quarter of an hour before the end. A substitute says why. Raises
    GroupSession.DoesNotExist, ReadOnly, CannotSign.
    """
    with transaction.atomic():
        locked = _locked(session, now)
        people = people_of(locked)
        _check_signable(locked, people, reason if is_substitute else "-", now)
        open_stays = Presence.objects.filter(record__session=locked, left_at=None)
        closed = open_stays.update(left_at=locked.ends_at)
        words = reason.strip() if is_substitute else ""
        signed = SignOff.objects.create(session=locked, signed_by=by, signed_at=now, reason=words)
        facts: dict[str, Any] = {"people": len(people), "stretches_closed": closed}
        facts |= {"is_substitute": is_substitute}
        program_id = locked.group.program.public_id
        write_audit("attendance.signed", by=by, subject=locked, program_id=program_id, **facts)
    return signed


def _locked(session: GroupSessionQuerySet, now: datetime) -> GroupSession:
    found = whole(session).select_for_update(of=("self",), no_key=True).get()
    phase = phase_of(found, now)
    if phase is not Phase.OPEN:
        raise ReadOnly(phase)
    return found


def _with_walk_ins(
    people: list[Person], marks: Sequence[RowMarks], session: GroupSession, by: User
) -> dict[uuid.UUID, Person]:
    """Return everyone who may be marked; a walk-in is one who may be found by the search."""
    found = {person.id: person for person in people}
    new = [mark.participant for mark in marks if mark.act == Ask.WALK_IN]
    new = [each for each in new if each not in found]
    if new:
        for participant in possible_walk_ins(session, by).filter(public_id__in=new):
            found[participant.public_id] = as_walk_in(participant)
    return found


def _weigh(
    session: GroupSession,
    people: dict[uuid.UUID, Person],
    marks: Sequence[RowMarks],
    changes: list[Change],
    *,
    by: User,
    now: datetime,
) -> dict[uuid.UUID, Conflict]:
    """Fill in the changes that the marks make, and return those that someone else was before."""
    clock = Clock(session.held_on, session.group.program.zone, moment_of(session, now))
    outcomes = [_outcome(people.get(mark.participant), mark, clock, by) for mark in marks]
    problems = [each for each in outcomes if isinstance(each, Problem)]
    if problems:
        raise NotRecorded(problems)
    changes += [
        each for each in outcomes if isinstance(each, Change) and each.to != each.person.state
    ]
    return {each.person.id: each for each in outcomes if isinstance(each, Conflict)}


def _outcome(
    person: Person | None, mark: RowMarks, clock: Clock, by: User
) -> Change | Conflict | Problem:
    """Return what comes of one mark."""
    if person is None:
        words = _("This person is not on the sheet. Add them as a walk-in first.")
        return Problem(mark.participant, "mark", words)
    try:
        return _change(person, mark, clock, by)
    except Refused as refused:
        return Problem(mark.participant, refused.field, refused.words)


def _change(person: Person, mark: RowMarks, clock: Clock, by: User) -> Change | Conflict:
    """Return what the person's record becomes, or that it was changed by someone else since."""
    wish, current = wish_of(mark, clock), person.state
    if wish is None or wish.target == current:
        return Change(person, current)
    if is_answered(current, wish.ask, mark.seen, clock.moment):
        return Change(person, current)
    if current != mark.seen and current.has_record:
        is_mine = person.recorded_by_id == by.pk
        if not is_mine or wish.ask in RELATIVE:
            return Conflict(person, _wanted(mark.seen, wish, clock))
    return Change(person, wish.target or after(current, wish.ask, clock.moment))


def _wanted(seen: State, wish: Wish, clock: Clock) -> State:
    return wish.target or after(seen, wish.ask, clock.moment)


def _people_after(
    people: dict[uuid.UUID, Person], changes: Sequence[Change], by: User, now: datetime
) -> tuple[Person, ...]:
    """Return everyone on the sheet as they are on record now, without reading them again."""
    changed = {
        each.person.id: replace(
            each.person,
            state=each.to,
            recorded_by_id=by.pk,
            recorded_by=by.name,
            recorded_at=now,
        )
        for each in changes
    }
    everyone = (people | changed).values()
    return tuple(each for each in everyone if each.is_expected or each.state.has_record)


def _check_signable(
    session: GroupSession, people: Sequence[Person], reason: str, now: datetime
) -> None:
    if now < session.ends_at - SIGNING_OPENS:
        raise CannotSign(_("The sheet can be signed from 15 minutes before the session ends."))
    unmarked = tuple(each.id for each in people if not each.state.has_record)
    if unmarked:
        raise CannotSign(_("Mark everyone before you sign."), unmarked)
    if not reason.strip():
        raise CannotSign(_("Say why you sign in the facilitator's place."))


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
    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
    if name in ("signed_record_stays", "signed_presence_stays"):
        return ReadOnly(Phase.SIGNED)
    if name != "presence_no_minute_twice":
        return error
    wanted = [(change.person.participant, change.to) for change in changes]
    said = clashes_of(session.get(), wanted, by)
    return NotRecorded([Problem(person, "arrived", words) for person, words in said.items()])
