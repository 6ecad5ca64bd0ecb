"""What a change of one session would do, as an edit; `slot_planning` does the same for series."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User
from groups.models import ChangeKind, GroupSession, SessionLesson, SessionStatus, TherapyGroup
from groups.schedule.edit import CannotSchedule, Edit, Placement, SessionEdit, StandIn
from groups.schedule.fixed import fixed_among
from groups.schedule.people import expected_at
from groups.schedule.placing import may_lead, place
from groups.schedule.proposal import Proposal, proposals_of
from groups.schedule.slot_planning import plan_slot_change, plan_slot_end, plan_slots
from programs.models import Program

__all__ = [
    "plan_cancel",
    "plan_combine",
    "plan_leaders",
    "plan_move",
    "plan_new_session",
    "plan_reinstate",
    "plan_slot_change",
    "plan_slot_end",
    "plan_slots",
    "plan_substitute",
]


def plan_move(*, session: GroupSession, to: Placement, now: datetime) -> Edit:
    """Return the session held there; a cancelled one comes back there."""
    _refuse_recorded(session)
    _refuse_taught(session)
    _refuse_withdrawn(session)
    if to.held_on != session.held_on:
        _refuse_host(session)
    stored = _stored(session)
    moved = place(session.group, to, key=session.pk, now=now, led_by=stored.leaders)
    return _edit(ChangeKind.MOVED, session, SessionEdit(moved))


def plan_new_session(*, group: TherapyGroup, to: Placement, now: datetime) -> Edit:
    """Return one more session of the group, outside its slots."""
    added = place(group, to, key=None, now=now)
    return Edit(ChangeKind.ADDED, group.program, [SessionEdit(added)])


def plan_cancel(*, session: GroupSession, reason: str, now: datetime) -> Edit:
    """Return the session not held, for a reason."""
    _refuse_recorded(session)
    _refuse_taught(session)
    _refuse_unless(session, SessionStatus.SCHEDULED)
    _refuse_host(session)
    if not reason.strip():
        raise CannotSchedule({"reason": [_("Say why the session is cancelled.")]})
    cancelled = SessionEdit(
        _stored(session), SessionStatus.CANCELLED, cancelled_reason=reason.strip()
    )
    return _edit(ChangeKind.CANCELLED, session, cancelled)


def plan_reinstate(*, session: GroupSession, now: datetime) -> Edit:
    """Return the cancelled session held after all; people who sat elsewhere for it come back."""
    _refuse_unless(session, SessionStatus.CANCELLED)
    if session.ends_at <= now:
        raise CannotSchedule({"__all__": [_("This session would be over already.")]})
    return _edit(ChangeKind.REINSTATED, session, SessionEdit(_stored(session)))


def plan_combine(*, session: GroupSession, into: GroupSession, now: datetime) -> Edit:
    """Return the session cancelled for its date and its people expected in the other one."""
    _refuse_recorded(session)
    _refuse_taught(session)
    _refuse_host(session)
    for each in (session, into):
        _refuse_unless(each, SessionStatus.SCHEDULED)
    if session.pk == into.pk or session.held_on != into.held_on:
        raise CannotSchedule({"into": [_("Choose another session of the same day.")]})
    if session.group.program_id != into.group.program_id:
        raise CannotSchedule({"into": [_("Choose a session of the same program.")]})
    if into.ends_at <= now:
        raise CannotSchedule({"into": [_("The other session is over.")]})
    given_up, taking_in = _stored(session), _stored(into)
    people, there = expected_at([given_up, taking_in])
    taking_in = replace(taking_in, guests=tuple(sorted(people - there)))
    cancelled = SessionEdit(given_up, SessionStatus.CANCELLED, combined_into=into.pk)
    return _edit(ChangeKind.COMBINED, session, cancelled, SessionEdit(taking_in))


def plan_substitute(
    *, session: GroupSession, instead_of: int | None, leader: int, now: datetime
) -> Edit:
    """Return the session led by `leader`, in the place of `instead_of` if given (users' keys)."""
    stored = _stored(session)
    if instead_of is not None and instead_of not in stored.leaders:
        raise CannotSchedule({"instead_of": [_("This person does not lead the session.")]})
    if leader in stored.leaders:
        raise CannotSchedule({"leader": [_("This person leads the session already.")]})
    leaders = (set(stored.leaders) - {instead_of}) | {leader}
    edit = plan_leaders(session=session, leaders=leaders, now=now)
    stand_ins = [] if instead_of is None else [StandIn(session.pk, instead_of, leader)]
    return replace(edit, stand_ins=stand_ins)


def plan_leaders(*, session: GroupSession, leaders: Iterable[int], now: datetime) -> Edit:
    """Return the session led by exactly these people (users' keys)."""
    _refuse_recorded(session)
    _refuse_unless(session, SessionStatus.SCHEDULED)
    if session.ends_at <= now:
        raise CannotSchedule({"leader": [_("This session is over.")]})
    stored = _stored(session)
    wanted = set(leaders)
    _refuse_strangers(session.group.program, wanted - set(stored.leaders))
    led = replace(stored, leaders=tuple(sorted(wanted)))
    return _edit(ChangeKind.SUBSTITUTED, session, SessionEdit(led))


def _refuse_strangers(program: Program, users: set[int]) -> None:
    strangers = users - set(may_lead(program))
    names = [user.display_name for user in User.objects.filter(pk__in=strangers).order_by("name")]
    if strangers:
        words = _("%(name)s does not lead groups in %(program)s.")
        said = [words % {"name": name, "program": program.name} for name in names]
        raise CannotSchedule({"leader": said})


def _edit(kind: ChangeKind, session: GroupSession, *edits: SessionEdit) -> Edit:
    return Edit(kind, session.group.program, edits)


def _stored(session: GroupSession) -> Proposal:
    return proposals_of([session.pk])[0]


def _refuse_recorded(session: GroupSession) -> None:
    if fixed_among([session.pk]):
        words = _("Attendance is recorded in this session: it stays as it is.")
        raise CannotSchedule({"__all__": [words]})


def _refuse_taught(session: GroupSession) -> None:
    if SessionLesson.objects.taught().filter(session=session).exists():
        words = _("What this session taught is on record: it stays as it is.")
        raise CannotSchedule({"__all__": [words]})


def _refuse_host(session: GroupSession) -> None:
    """Refuse for a session that has taken another one's people in: that one comes back first."""
    taken_in = session.combined_here.filter(status=SessionStatus.CANCELLED)
    if taken_in.exists():
        words = _("It has taken another session’s people in. Bring that session back first.")
        raise CannotSchedule({"__all__": [words]})


def _refuse_withdrawn(session: GroupSession) -> None:
    if session.status == SessionStatus.WITHDRAWN:
        raise CannotSchedule({"__all__": [_("This session is not in the calendar any more.")]})


def _refuse_unless(session: GroupSession, status: SessionStatus) -> None:
    _refuse_withdrawn(session)
    if session.status != status:
        now_is = SessionStatus(session.status).label
        words = _("This session is %(status)s.") % {"status": str(now_is).lower()}
        raise CannotSchedule({"__all__": [words]})
