"""What the forms of the page do: each reads its form and acts, or says what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from attendance.teaching.actions import (
    add_taught,
    change_other,
    complete_taught,
    confirm_taught,
    withdraw_taught,
)
from attendance.teaching.checking import Taught
from attendance.teaching.forms import CompleteForm, WithdrawForm
from attendance.teaching.outdated import outdated_words, plan_changed
from attendance.teaching.page import Room, add_form, confirm_form, other_form
from attendance.teaching.reading import InSession, lessons_of
from attendance.teaching.refusals import AlreadyConfirmed, AlreadyWithdrawn, CannotConfirm
from groups.rotation.actions import reflow


@dataclass(frozen=True)
class Outcome:
    """What came of it: words where it is done, the form with what is wrong where it is not.

    `act` is what the form does. `is_late`: somebody else was first, `said` says so.
    """

    said: str = ""
    act: str = ""
    form: Form | None = None
    is_late: bool = False
    dropped: int = 0


def act(room: Room, data: QueryDict) -> Outcome:
    """Do what the form asks for. Raises Http404 for what there is not, PermissionDenied."""
    what, _colon, whose = data.get("act", "").partition(":")
    if not room.may_confirm:
        raise PermissionDenied
    if what not in ACTS:
        raise Http404
    try:
        return ACTS[what](room, data, whose)
    except AlreadyConfirmed as refused:
        return Outcome(said=_first(refused), is_late=True)
    except AlreadyWithdrawn:
        return Outcome(said=_("This lesson was withdrawn meanwhile."), is_late=True)


def _as_planned(room: Room, data: QueryDict, _whose: str) -> Outcome:
    """Confirm the plan as it was shown: times laid out, homework as written, no step ticked."""
    lessons = [each for each in lessons_of(room.session) if not each.is_taught]
    shown = data.getlist("lesson")
    has_changed = [str(each.row.public_id) for each in lessons] != shown
    # An empty plan is no word that nothing was taught; one that was confirmed says so below.
    if (has_changed or not lessons) and (lessons or not room.is_confirmed):
        return Outcome(said=plan_changed(), is_late=True)
    if not all(each.span for each in lessons):
        words = _("The session has fewer minutes than lessons. Say which of them were taught.")
        return Outcome(said=words, is_late=True)
    taught = [_planned(each) for each in lessons]
    form = confirm_form(room, None, lessons)
    return _confirm(room, form, taught, "", planned=len(lessons))


def _planned(each: InSession) -> Taught:
    homework = each.version.homework if each.version else ""
    return Taught(each.lesson, *each.span, homework=homework)  # type: ignore[misc]


def _confirmed(room: Room, data: QueryDict, _whose: str) -> Outcome:
    lessons = lessons_of(room.session)
    form = confirm_form(room, data, lessons)
    if form.is_valid() and not room.is_confirmed and (words := outdated_words(form, data)):
        form.add_error(None, words)
    if not form.is_valid():
        return Outcome(act="confirm", form=form)
    said = form.cleaned_data
    return _confirm(room, form, said["taught"], said["other"], planned=len(form.planned))


def _confirm(room: Room, form: Any, taught: list[Taught], other: str, *, planned: int) -> Outcome:
    try:
        confirm_taught(
            session=room.session, taught=taught, other=other, by=room.access.user, now=room.now
        )
    except CannotConfirm as refused:
        return _refused("confirm", form, refused)
    plan_follows(room)
    kept = {each.lesson.pk for each in taught}
    dropped = sum(each.lesson.pk not in kept for each in form.planned.values()) if planned else 0
    return Outcome(said=_("What was taught is on record."), dropped=dropped)


def _added(room: Room, data: QueryDict, _whose: str) -> Outcome:
    form = add_form(room, data, lessons_of(room.session))
    if not form.is_valid():
        return Outcome(act="add", form=form)
    taught = form.cleaned_data["taught"]
    try:
        add_taught(session=room.session, taught=taught, by=room.access.user, now=room.now)
    except CannotConfirm as refused:
        return _refused("add", form, refused)
    plan_follows(room)
    return Outcome(said=_("The lesson is on record."))


def _completed(room: Room, data: QueryDict, whose: str) -> Outcome:
    taught = _taught(room, whose)
    form, by = CompleteForm(data, taught=taught), room.access.user
    if not form.is_valid():
        return Outcome(act=f"complete:{whose}", form=form)
    homework = form.cleaned_data["homework"]
    try:
        complete_taught(taught=taught.row, steps_done=form.steps_done(), homework=homework, by=by)
    except CannotConfirm as refused:
        return _refused(f"complete:{whose}", form, refused)
    return Outcome(said=_("Checklist and homework are saved."))


def _withdrawn(room: Room, data: QueryDict, whose: str) -> Outcome:
    taught = _taught(room, whose)
    form = WithdrawForm(data, taught=taught)
    if not form.is_valid():
        return Outcome(act=f"withdraw:{whose}", form=form)
    reason, by = form.cleaned_data["reason"], room.access.user
    withdraw_taught(taught=taught.row, reason=reason, by=by, now=room.now)
    plan_follows(room)
    return Outcome(said=_("The lesson is withdrawn from this session."))


def _other(room: Room, data: QueryDict, _whose: str) -> Outcome:
    form = other_form(room, data)
    if not form.is_valid():
        return Outcome(act="other", form=form)
    other, by = form.cleaned_data["other"], room.access.user
    try:
        change_other(session=room.session, other=other, by=by, now=room.now)
    except CannotConfirm as refused:
        return _refused("other", form, refused)
    return Outcome(said=_("The words are saved."))


ACTS: dict[str, Callable[[Room, QueryDict, str], Outcome]] = {
    "planned": _as_planned,
    "confirm": _confirmed,
    "add": _added,
    "complete": _completed,
    "withdraw": _withdrawn,
    "other": _other,
}


def _taught(room: Room, whose: str) -> InSession:
    """Return the lesson on record that the form is about. Raises Http404, AlreadyWithdrawn."""
    for each in lessons_of(room.session):
        if each.is_taught and str(each.row.public_id) == whose:
            return each
    if any(str(each) == whose for each in room.session.lessons.values_list("public_id", flat=True)):
        raise AlreadyWithdrawn
    raise Http404


def _refused(what: str, form: Form, refused: CannotConfirm) -> Outcome:
    if not form.is_bound:
        return Outcome(said=refused.words, is_late=True)
    form.add_error(None, refused.words)
    return Outcome(act=what, form=form)


def _first(refused: AlreadyConfirmed) -> str:
    if refused.teaching is None:
        return _("What this session taught is on record already. It is shown below.")
    name = refused.teaching.confirmed_by.display_name
    words = _("%(name)s has confirmed this session already. What is on record is shown below.")
    return words % {"name": name}


def dropped_words(count: int) -> str:
    """Say how many planned lessons were not taught, and what became of them."""
    return ngettext(
        "%(n)s planned lesson was not taught: it is off this session's plan.",
        "%(n)s planned lessons were not taught: they are off this session's plan.",
        count,
    ) % {"n": count}


def plan_follows(room: Room) -> None:
    """Give the group's coming sessions their lessons anew, now that it is known what was taught.

    In a transaction of its own: a session's lock comes after the calendar's, never before. Lost
    in between, the nightly sweep does it.
    """
    reflow(group=room.session.group, by=room.access.user, now=room.now)
