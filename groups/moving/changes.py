"""What each form asks of the calendar: the change to plan, and to carry out."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.utils.translation import gettext as _

from groups.models import GroupSession, MeetingPattern
from groups.moving.deciding import Change
from groups.moving.forms import AddForm, CancelForm, CombineForm, HowMuch, MoveForm
from groups.schedule import actions, planning
from groups.schedule.edit import CannotSchedule
from groups.schedule.slot_planning import next_date_of

NOT_SAID_YET = "…"


def move_change(form: MoveForm, now: datetime) -> Change:
    """Return the move of one session, or of its slot from some date on."""
    session, pattern = form.session, form.session.pattern
    if pattern is None or form.moves is HowMuch.THIS:
        to = form.placement(leaders=_leaders(session))
        what = {"session": session, "to": to}
        return Change(planning.plan_move, actions.move_session, what)
    is_whole = form.moves is HowMuch.SERIES
    from_on = next_date_of(pattern, now) if is_whole else session.slot_on
    if from_on is None:
        raise CannotSchedule({"how_much": [_("The series has no session still to come.")]})
    what = {"pattern": pattern, "wish": form.wish(_leaders(pattern)), "from_on": from_on}
    return Change(planning.plan_slot_change, actions.change_slot, what)


def add_change(form: AddForm) -> Change:
    """Return one more session of the group chosen."""
    to = form.placement(leaders=tuple(form.cleaned_data["leaders"]))
    what = {"group": form.cleaned_data["group"], "to": to}
    return Change(planning.plan_new_session, actions.add_session, what)


def cancel_change(form: CancelForm, session: GroupSession) -> Change:
    """Return the session cancelled; it is looked at before a reason is given."""
    said = form.cleaned_data.get("reason") if form.is_bound and form.is_valid() else ""
    plan = partial(planning.plan_cancel, reason=said or NOT_SAID_YET)
    return Change(plan, actions.cancel_session, {"session": session})


def reinstate_change(session: GroupSession) -> Change:
    """Return the cancelled session held after all."""
    return Change(planning.plan_reinstate, actions.reinstate_session, {"session": session})


def combine_change(form: CombineForm, session: GroupSession) -> Change:
    """Return the session cancelled, its people expected in the one chosen."""
    what = {"session": session, "into": form.cleaned_data["into"]}
    return Change(planning.plan_combine, actions.combine_sessions, what)


def _leaders(led: GroupSession | MeetingPattern) -> tuple[int, ...]:
    """Return who leads a session or a slot now (users' keys)."""
    rows = led.facilitations if isinstance(led, GroupSession) else led.facilitators
    return tuple(rows.filter(is_former=False).order_by("user").values_list("user", flat=True))
