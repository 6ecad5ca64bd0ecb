"""What changes about who leads one session beside its facilitators; a substitute is the engine's.

Both are changes of the calendar: planned under its lock, checked for clashes, and to be undone.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import write_audit
from accounts.models import User
from groups.models import Facilitation, GroupSession, ScheduleChange
from groups.schedule.actions import carry_out, substitute
from groups.schedule.edit import CannotSchedule, Edit
from groups.schedule.planning import plan_leaders


@transaction.atomic
def add_leader(
    *,
    session: GroupSession,
    leader: User,
    reason: str = "",
    override: str = "",
    now: datetime,
    by: User | None,
) -> ScheduleChange:
    """Let somebody lead the session beside those who do. Raises CannotSchedule."""
    change = substitute(
        session=session,
        instead_of=None,
        leader=leader.pk,
        reason=reason,
        override=override,
        now=now,
        by=by,
    )
    _audit("session.leader_added", session, leader, by)
    return change


@transaction.atomic
def take_out_leader(
    *,
    session: GroupSession,
    leader: User,
    reason: str = "",
    override: str = "",
    now: datetime,
    by: User | None,
) -> ScheduleChange:
    """Let one of several lead the session no longer; they stay on record. Raises CannotSchedule."""

    def plan() -> Edit:
        current = GroupSession.objects.select_related("group__program__site").get(pk=session.pk)
        return plan_leaders(session=current, leaders=_without(current, leader), now=now)

    change = carry_out(plan=plan, reason=reason, override=override, now=now, by=by)
    _audit("session.leader_taken_out", session, leader, by)
    return change


def _without(session: GroupSession, leader: User) -> set[int]:
    leading = Facilitation.objects.filter(session=session, is_former=False)
    leaders = set(leading.values_list("user", flat=True))
    if leader.pk not in leaders:
        raise CannotSchedule({"leader": [_("This person does not lead the session.")]})
    if leaders == {leader.pk}:
        words = _("Nobody else leads it. Choose a substitute instead.")
        raise CannotSchedule({"leader": [words]})
    return leaders - {leader.pk}


def _audit(verb: str, session: GroupSession, leader: User, by: User | None) -> None:
    write_audit(
        verb,
        by=by,
        subject=session,
        program_id=session.group.program.public_id,
        user=str(leader.public_id),
    )
