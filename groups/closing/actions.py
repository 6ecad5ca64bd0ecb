"""What changes when days are closed, or opened again: sessions fall, and come back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.audit import write_audit
from accounts.models import User
from groups.closing.answers import Answer, Outcome, ProgramOutcome, outcome_of, words_for
from groups.closing.closed_days import sessions_on
from groups.closing.closing_plan import ClosingPlan, plan_closing
from groups.closing.opening_plan import OpeningPlan, Returning, cancelled_for, plan_opening
from groups.models import Facilitation, GroupSession, SessionStatus
from groups.rotation.follow_up import follow_up
from groups.schedule.actions import carry_out
from groups.schedule.clashes import Clash
from groups.schedule.edit import CannotSchedule, Edit
from groups.schedule.exceptions import record_exceptions
from groups.schedule.fixed import fixed_among
from groups.schedule.lock import schedule_lock
from programs.models import Closure, Program
from programs.weeks import local_date

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class CannotClose(Exception):
    """Why not, in words, by the field where it can be put right; and what stands in the way."""

    def __init__(
        self, words: Mapping[str, Iterable[StrOrPromise]], clashes: Collection[Clash] = ()
    ) -> None:
        super().__init__(words)
        self.words, self.clashes = words, tuple(clashes)


class CannotOpen(Exception):
    """The closure stays; says why."""


def close_days(*, closure: Closure, answer: Answer, now: datetime, by: User | None) -> Closure:
    """Store the closure and cancel what it closes, with what the answer says: all or nothing.

    Where somebody's offered hours drop below what they need, the answer says what is done about
    it, and whoever stays below is put on the director's list with its reason. Raises CannotClose.
    """
    try:
        with transaction.atomic():
            schedule_lock()
            _lock(sessions_on(closure))
            return _close(closure, answer, now, by)
    except CannotSchedule as refused:
        words = refused.words or {"why": [_("Say why this is all right.")]}
        raise CannotClose(words, refused.clashes) from refused
    except IntegrityError as refused:
        # Something that does not wait for the lock, such as an import, was quicker.
        words = {NON_FIELD_ERRORS: [_("The calendar has just changed. Look at it and try again.")]}
        raise CannotClose(words) from refused


def _close(closure: Closure, answer: Answer, now: datetime, by: User | None) -> Closure:
    plan = plan_closing(closure, now)
    outcome = _checked(plan, answer if plan.short else Answer(), now)
    _store(closure)
    keys = [each.pk for each in plan.falling]
    falling = GroupSession.objects.filter(pk__in=keys)
    falling.update(status=SessionStatus.CANCELLED, cancelled_for=closure)
    for each in outcome.programs:
        _answer(each, closure, answer.why, now, by)
    follow_up(groups={each.group_id for each in plan.falling}, now=now, by=by)
    _tell("closure.made", closure, [each.program for each in plan.programs], by, falling=len(keys))
    return closure


def _checked(plan: ClosingPlan, answer: Answer, now: datetime) -> Outcome:
    """Return what closing and the answer do. Raises CannotClose where the answer does not do."""
    outcome = outcome_of(plan, answer, now)
    hard = [each for each in outcome.clashes if each.is_hard]
    if hard:
        raise CannotClose({"answer": [_("Something stands in the way of this answer.")]}, hard)
    if words := words_for(answer, outcome, plan):
        raise CannotClose(words)
    return outcome


def _store(closure: Closure) -> None:
    """Store the closure. Raises CannotClose with words where the database would refuse it."""
    try:
        closure.full_clean()
    except ValidationError as refused:
        words = refused.message_dict
        words["first_on"] = words.pop(NON_FIELD_ERRORS, []) + words.get("first_on", [])
        raise CannotClose({name: said for name, said in words.items() if said}) from refused
    closure.save()


def _answer(
    outcome: ProgramOutcome, closure: Closure, why: str, now: datetime, by: User | None
) -> None:
    """Extend or add what the answer says, and record who stays below what they need."""
    edit = outcome.edit
    if edit is not None:
        plan = partial(_unless_recorded, edit)
        carry_out(plan=plan, reason=closure.reason, override=why, now=now, by=by)
    record_exceptions(
        clashes=outcome.short_weeks, reason=why, program=outcome.program, now=now, by=by
    )


def _unless_recorded(edit: Edit) -> Edit:
    """Return the edit, asked for again under the lock, unless somebody was marked meanwhile."""
    if fixed_among(edit.touched):
        words = _("The calendar has just changed. Look at it and try again.")
        raise CannotSchedule({"__all__": [words]})
    return edit


@transaction.atomic
def open_again(*, closure: Closure, now: datetime, by: User | None) -> OpeningPlan:
    """Remove the closure; its sessions still to come are held again, as far as they can be.

    A date that another closure holds too stays closed, for that one. Returns what has been done.
    Raises CannotOpen where the days are over or the closure is removed already.
    """
    schedule_lock()
    _lock(cancelled_for(closure))
    today = local_date(now, closure.site.zone)
    standing = Closure.objects.in_force().filter(pk=closure.pk)
    if not standing.exists():
        raise CannotOpen(_("This closure is removed already."))
    if not standing.filter(last_on__gte=today).update(removed_at=now, removed_by=by):
        raise CannotOpen(_("These days are over: what was closed stays closed."))
    plan = plan_opening(closure, now)
    _bring_back(plan.returning)
    for session, other in plan.elsewhere:
        GroupSession.objects.filter(pk=session.pk).update(cancelled_for=other)
    follow_up(groups={each.session.group_id for each in plan.returning}, now=now, by=by)
    programs = [each.session.group.program for each in plan.returning]
    _tell("closure.removed", closure, programs, by, **plan.counts)
    return plan


def _bring_back(returning: Iterable[Returning]) -> None:
    """Hold the sessions again, those whose room or leader is taken without it."""
    returning = list(returning)
    for each in returning:
        if each.without:
            leading = Facilitation.objects.filter(session=each.session, user__in=each.without)
            leading.update(is_former=True)
    sessions = GroupSession.objects.filter(pk__in=[each.session.pk for each in returning])
    roomless = [each.session.pk for each in returning if each.is_without_room]
    sessions.filter(pk__in=roomless).update(room=None)
    sessions.update(status=SessionStatus.SCHEDULED, cancelled_for=None)


def _lock(sessions: QuerySet[GroupSession]) -> None:
    """Lock the sessions: from here on nobody records attendance in them."""
    locked = sessions.select_for_update(of=("self",)).order_by("pk")
    list(locked.values_list("pk", flat=True))


def _tell(
    verb: str, closure: Closure, programs: Iterable[Program], by: User | None, **counts: int
) -> None:
    """Write a line into the trail of every program that it touches, at least its own."""
    touched: set[UUID | None] = {each.public_id for each in programs}
    if closure.program is not None:
        touched.add(closure.program.public_id)
    dates = {"first_on": closure.first_on.isoformat(), "last_on": closure.last_on.isoformat()}
    detail: dict[str, Any] = {**dates, **counts}
    for program_id in touched or {None}:
        write_audit(verb, by=by, subject=closure, program_id=program_id, **detail)
