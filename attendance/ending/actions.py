"""What a director does about a colleague's account: a link, a lost phone, the end, back again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q, Value
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from accounts.actions import Invited, close_account, invite_user, reopen_account
from accounts.audit import write_audit
from accounts.factors.actions import take_away_factors
from accounts.models import User
from accounts.signed_in.actions import EndedBy, end_all_sessions
from attendance.ending.reach import why_not_let_in
from attendance.ending.reasons import EndReason, LostReason
from groups.feeds.actions import revoke_feed
from groups.models import CalendarFeed
from programs.actions import assign_role
from programs.models import Program, Role, StaffAssignment
from reminders.models import StaffNotice


class CannotEnd(Exception):
    """This cannot be done to the person's work or account, in words."""


@dataclass(frozen=True)
class Ended:
    """What ended: roles in the program, notices taken back, and whether the account, too."""

    roles: int
    notices: int
    is_closed: bool


@transaction.atomic
def end_work(*, user: User, program: Program, reason: EndReason, now: datetime, by: User) -> Ended:
    """End somebody's work in the program; where they work nowhere else, close their account.

    All of it or nothing: roles, calendar addresses, notices, open links and every session. What
    they lead and owe stays theirs until somebody else is chosen. Raises CannotEnd.
    """
    if user.pk == by.pk:
        raise CannotEnd(_("Nobody ends their own work. Another director can."))
    User.objects.select_for_update().get(pk=user.pk)
    roles = _end_roles(user, program, now)
    is_last = not StaffAssignment.objects.current().filter(user=user).exists()
    _revoke_feeds(user, None if is_last else program, now=now, by=by)
    notices = StaffNotice.objects.filter(user=user)
    withdrawn = (notices if is_last else notices.filter(program=program)).withdraw()
    if is_last:
        close_account(user=user, now=now, by=by)
    write_audit(
        "staff.work_ended",
        by=by,
        subject=user,
        program_id=program.public_id,
        reason=reason.value,
        roles=roles,
        notices=withdrawn,
        is_closed=is_last,
    )
    return Ended(roles, withdrawn, is_last)


@transaction.atomic
def take_back(
    *, user: User, program: Program, role: Role, now: datetime, by: User
) -> Invited | None:
    """Let somebody work here again; where their account was closed, make the link to come in by.

    Whose account is open comes in as ever, and gets none. Raises CannotEnd.
    """
    was_closed = not User.objects.select_for_update().get(pk=user.pk).is_active
    reopen_account(user=user, by=by)
    assign_role(user=user, program=program, role=role, by=by)
    return make_link(user=user, program=program, now=now, by=by) if was_closed else None


@transaction.atomic
def make_link(*, user: User, program: Program, now: datetime, by: User) -> Invited:
    """Make a fresh sign-in link for a colleague; those before it stop working. Raises CannotEnd."""
    if not _held(user, by=by).is_active:
        raise CannotEnd(_("This account is closed. Take the person back first."))
    write_audit("staff.link_made", by=by, subject=user, program_id=program.public_id)
    return invite_user(user=user, now=now, by=by)


@transaction.atomic
def remove_factors(
    *, user: User, program: Program, reason: LostReason, now: datetime, by: User
) -> int:
    """Take away every second factor of who lost them, and end their sessions; return how many.

    Whoever found the phone may be in one of those sessions. Raises CannotEnd.
    """
    if user.pk == by.pk:
        raise CannotEnd(_("Change your own second factors under “My sign-in”."))
    _held(user, by=by)
    count = take_away_factors(user=user, now=now, by=by)
    end_all_sessions(user=user, why=EndedBy.LOST, by=by)
    write_audit(
        "staff.factors_removed",
        by=by,
        subject=user,
        program_id=program.public_id,
        reason=reason.value,
        count=count,
    )
    return count


def _held(user: User, *, by: User) -> User:
    """Return the account as it is now, locked, where this director alone answers for it."""
    account = User.objects.select_for_update().get(pk=user.pk)
    if why := why_not_let_in(user, by=by):
        raise CannotEnd(why)
    return account


def _end_roles(user: User, program: Program, now: datetime) -> int:
    current = StaffAssignment.objects.current().filter(user=user, program=program)
    roles = current.update(ended_at=Greatest(F("started_at"), Value(now)))
    if not roles:
        raise CannotEnd(_("This person has no role in this program any more."))
    return roles


def _revoke_feeds(user: User, program: Program | None, *, now: datetime, by: User) -> None:
    """Revoke the addresses of the program; of no program: all, their own sessions', too."""
    of_program = Q(program=program) if program else Q()
    for feed in CalendarFeed.objects.filter(of_program, user=user, revoked_at=None):
        revoke_feed(feed=feed, now=now, by=by)
