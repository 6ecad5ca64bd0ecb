"""What changes in the calendar: sessions move, are cancelled and come back, slots begin and end.

Every action plans anew under the lock, looks at the clashes, and writes the rows with the change
that can undo them. Warnings want a reason (`override`), which lands on the exception list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.audit import write_audit
from accounts.keeping import refused_by
from accounts.models import User
from groups.models import GroupSession, MeetingPattern, ScheduleChange, TherapyGroup
from groups.rotation.follow_up import follow_up, follow_up_sessions
from groups.schedule import planning
from groups.schedule.edit import CannotSchedule, Edit, Placement, SlotWish
from groups.schedule.exceptions import record_exceptions
from groups.schedule.fixed import fixed_among
from groups.schedule.lock import schedule_lock
from groups.schedule.preview import Preview, preview_of
from groups.schedule.snapshot import Snapshot, keys_in, snapshot_of
from groups.schedule.undo import CannotUndo, bring_back, check_undo
from groups.schedule.writing import seats_given_back, write_edit

Plan = Callable[[], Edit]
# The constraints that say that somebody else has the place.
TAKEN = {
    "session_room_once",
    "facilitator_once_at_a_time",
    "session_once",
    "session_once_per_slot_date",
    "meeting_pattern_once",
    "makeup_seat_once",
}


def move_session(
    *,
    session: GroupSession,
    to: Placement,
    reason: str = "",
    override: str = "",
    now: datetime,
    by: User | None,
) -> ScheduleChange:
    """Hold one session at another time or place. Raises CannotSchedule."""
    plan = lambda: planning.plan_move(session=_anew(session), to=to, now=now)  # noqa: E731
    return carry_out(plan=plan, reason=reason, override=override, now=now, by=by)


def add_session(
    *,
    group: TherapyGroup,
    to: Placement,
    reason: str = "",
    override: str = "",
    now: datetime,
    by: User | None,
) -> ScheduleChange:
    """Add one session outside the group's slots. Raises CannotSchedule."""
    plan = lambda: planning.plan_new_session(group=group, to=to, now=now)  # noqa: E731
    return carry_out(plan=plan, reason=reason, override=override, now=now, by=by)


def cancel_session(
    *, session: GroupSession, reason: str, override: str = "", now: datetime, by: User | None
) -> ScheduleChange:
    """Cancel one session. Raises CannotSchedule."""
    plan = lambda: planning.plan_cancel(session=_anew(session), reason=reason, now=now)  # noqa: E731
    return carry_out(plan=plan, reason=reason, override=override or reason, now=now, by=by)


def reinstate_session(
    *,
    session: GroupSession,
    reason: str = "",
    override: str = "",
    now: datetime,
    by: User | None,
) -> ScheduleChange:
    """Hold a cancelled session after all. Raises CannotSchedule."""
    plan = lambda: planning.plan_reinstate(session=_anew(session), now=now)  # noqa: E731
    return carry_out(plan=plan, reason=reason, override=override, now=now, by=by)


def combine_sessions(
    *,
    session: GroupSession,
    into: GroupSession,
    reason: str = "",
    override: str = "",
    now: datetime,
    by: User | None,
) -> ScheduleChange:
    """Cancel `session` for its date and expect its people in `into`. Raises CannotSchedule."""
    plan = lambda: planning.plan_combine(  # noqa: E731
        session=_anew(session), into=_anew(into), now=now
    )
    return carry_out(plan=plan, reason=reason, override=override, now=now, by=by)


def substitute(
    *,
    session: GroupSession,
    instead_of: int | None,
    leader: int,
    reason: str,
    override: str = "",
    now: datetime,
    by: User | None,
) -> ScheduleChange:
    """Let `leader` lead in the place of `instead_of` (users' keys). Raises CannotSchedule."""
    plan = lambda: planning.plan_substitute(  # noqa: E731
        session=_anew(session), instead_of=instead_of, leader=leader, now=now
    )
    return carry_out(plan=plan, reason=reason, override=override, now=now, by=by)


def change_leaders(
    *,
    session: GroupSession,
    leaders: Iterable[int],
    reason: str = "",
    override: str = "",
    now: datetime,
    by: User | None,
) -> ScheduleChange:
    """Let exactly these people (users' keys) lead one session. Raises CannotSchedule."""
    wanted = list(leaders)
    plan = lambda: planning.plan_leaders(  # noqa: E731
        session=_anew(session), leaders=wanted, now=now
    )
    return carry_out(plan=plan, reason=reason, override=override, now=now, by=by)


def start_slots(
    *,
    group: TherapyGroup,
    wishes: Sequence[SlotWish],
    reason: str = "",
    override: str = "",
    now: datetime,
    by: User | None,
) -> ScheduleChange:
    """Add weekly slots with their sessions to the horizon. Raises CannotSchedule."""
    plan = lambda: planning.plan_slots(group=group, wishes=wishes, now=now)  # noqa: E731
    return carry_out(plan=plan, reason=reason, override=override, now=now, by=by)


def change_slot(
    *,
    pattern: MeetingPattern,
    wish: SlotWish,
    from_on: date,
    reason: str = "",
    override: str = "",
    now: datetime,
    by: User | None,
) -> ScheduleChange:
    """Change a slot from one of its dates on. Raises CannotSchedule."""
    plan = lambda: planning.plan_slot_change(  # noqa: E731
        pattern=_in_force(pattern), wish=wish, from_on=from_on, now=now
    )
    return carry_out(plan=plan, reason=reason, override=override, now=now, by=by)


def end_slot(
    *,
    pattern: MeetingPattern,
    last_on: date,
    reason: str = "",
    override: str = "",
    now: datetime,
    by: User | None,
) -> ScheduleChange:
    """End a slot after a date. Raises CannotSchedule."""
    plan = lambda: planning.plan_slot_end(  # noqa: E731
        pattern=_in_force(pattern), last_on=last_on, now=now
    )
    return carry_out(plan=plan, reason=reason, override=override, now=now, by=by)


def undo_change(*, change: ScheduleChange, now: datetime, by: User | None) -> None:
    """Bring back what the change altered. Raises CannotUndo, also where it is undone already."""
    try:
        with transaction.atomic():
            _undo(change, now, by)
    except IntegrityError as refused:
        if refused_by(refused) not in TAKEN:
            raise
        raise CannotUndo(_("The old place is taken meanwhile.")) from refused


def _undo(change: ScheduleChange, now: datetime, by: User | None) -> None:
    schedule_lock()
    current = ScheduleChange.objects.select_for_update().get(pk=change.pk)
    sessions = GroupSession.objects.filter(pk__in=keys_in(current.after, GroupSession))
    list(sessions.select_for_update().order_by("pk"))
    check_undo(current, now)
    bring_back(current, now)
    undone = ScheduleChange.objects.filter(pk=current.pk)
    undone.update(undone_at=max(now, current.made_at), undone_by=by)
    touched = {*keys_in(current.before, GroupSession), *keys_in(current.after, GroupSession)}
    follow_up_sessions(sessions=touched, now=now, by=by)
    program_id = current.program.public_id
    write_audit("schedule.undone", by=by, subject=current, program_id=program_id)


def carry_out(
    *, plan: Plan, reason: str, override: str, now: datetime, by: User | None
) -> ScheduleChange:
    """Plan under the lock, and write the edit with the change that can undo it, or nothing.

    Raises CannotSchedule: with words where the plan does, with the clashes where a hard one stands
    in the way or a warning has no reason.
    """
    try:
        with transaction.atomic():
            schedule_lock()
            preview = preview_of(_steady(plan))
            if preview.hard or (preview.soft and not override.strip()):
                raise CannotSchedule(clashes=preview.clashes)
            return _write(preview, reason=reason, override=override, now=now, by=by)
    except IntegrityError as refused:
        if refused_by(refused) not in TAKEN:
            raise
        # Something that does not wait for the lock, such as an import, was quicker.
        words = _("Somebody else changed the calendar just now. Look at it and try again.")
        raise CannotSchedule({"__all__": [words]}) from refused


def _steady(plan: Plan) -> Edit:
    """Return the plan with its sessions locked: from here on nobody records attendance in them."""
    edit = plan()
    locked = GroupSession.objects.select_for_update().filter(pk__in=edit.touched).order_by("pk")
    keys = [row.pk for row in locked]
    return plan() if fixed_among(keys) else edit


def _write(
    preview: Preview, *, reason: str, override: str, now: datetime, by: User | None
) -> ScheduleChange:
    edit, why = preview.edit, reason.strip()
    before = _before(edit)
    written = write_edit(edit, reason=why, now=now, by=by)
    change = ScheduleChange.objects.create(
        program=edit.program,
        kind=edit.kind,
        made_by=by,
        made_at=now,
        reason=why,
        before=before,
        after=snapshot_of(**vars(written)),
    )
    overridden = record_exceptions(
        clashes=preview.soft, reason=override, program=edit.program, change=change, now=now, by=by
    )
    follow_up(groups={each.proposal.group for each in edit.sessions}, now=now, by=by)
    _say(change, by, sessions=len(written.sessions), exceptions=len(overridden))
    return change


def _say(change: ScheduleChange, by: User | None, **counts: Any) -> None:
    program_id = change.program.public_id
    write_audit(f"schedule.{change.kind}", by=by, subject=change, program_id=program_id, **counts)


def _before(edit: Edit) -> Snapshot:
    kept = [each.key for each in edit.kept if each.slot is not None]
    seats = list(seats_given_back(edit).values_list("pk", flat=True))
    return snapshot_of(patterns=edit.ends, sessions=[*edit.touched, *kept], seats=seats)


def _anew(session: GroupSession) -> GroupSession:
    """Return the session as it is now."""
    return GroupSession.objects.select_related("group__program__site").get(pk=session.pk)


def _in_force(pattern: MeetingPattern) -> MeetingPattern:
    """Return the slot as it is now. Raises CannotSchedule where it was withdrawn meanwhile."""
    found = MeetingPattern.objects.select_related("group__program__site").get(pk=pattern.pk)
    if found.withdrawn_at is not None:
        raise CannotSchedule({"__all__": [_("This slot is not in the calendar any more.")]})
    return found
