"""What changes about a clinic's staff: who works where, as what, when they can and when not."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions import Invited, invite_user
from accounts.audit import write_audit
from accounts.keeping import NotKept, keep
from accounts.models import User
from programs.models import Availability, Program, Role, StaffAssignment, StaffLeave

SAME_LEAVE = ("user_id", "first_on", "last_on")
SAME_HOURS = ("user_id", "weekday", "starts", "ends", "first_on", "last_on")


class CannotInvite(Exception):
    """This person may not sign in any more."""


@transaction.atomic
def assign_role(*, user: User, program: Program, role: Role, by: User | None) -> StaffAssignment:
    """Let `user` work in the program in this role; where they do already, nothing changes."""
    assignment, is_new = StaffAssignment.objects.current().get_or_create(
        user=user, program=program, role=role
    )
    if is_new:
        write_audit(
            "staff.assigned", by=by, subject=user, program_id=program.public_id, role=role.value
        )
    return assignment


@transaction.atomic
def invite_colleague(
    *, email: str, name: str, program: Program, role: Role, now: datetime, by: User | None
) -> Invited:
    """Make a first sign-in link for whoever has this email, in this role; a new person is added.

    The name is for a new person. Raises CannotInvite for one who left, ValidationError where the
    email is none.
    """
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        user = _add_user(email=email, name=name, by=by)
    if not user.is_active:
        raise CannotInvite
    assign_role(user=user, program=program, role=role, by=by)
    return invite_user(user=user, now=now, by=by)


def _add_user(*, email: str, name: str, by: User | None) -> User:
    User(email=email, name=name).clean_fields(exclude=["password"])
    user = User.objects.create_user(email, name=name)
    write_audit("user.added", by=by, subject=user)
    return user


@transaction.atomic
def add_staff_leave(*, leave: StaffLeave, program: Program, by: User | None) -> StaffLeave:
    """Put days on which somebody does not work on record, once. Raises NotKept.

    The leave holds in every program; `program` is the one for which the record is kept.
    """
    _once(leave, SAME_LEAVE, "first_on", _("This leave is on record already."))
    keep(leave, otherwise="last_on")
    _audit("staff_leave.added", leave, program, by)
    return leave


@transaction.atomic
def withdraw_staff_leave(
    *, leave: StaffLeave, program: Program, now: datetime, by: User | None
) -> None:
    """Take back a leave; the row stays. Twice is as once."""
    if StaffLeave.objects.filter(pk=leave.pk, withdrawn_at=None).update(withdrawn_at=now):
        _audit("staff_leave.withdrawn", leave, program, by)


@transaction.atomic
def add_availability(*, hours: Availability, program: Program, by: User | None) -> Availability:
    """Put hours of a weekday in which somebody can lead on record, once. Raises NotKept.

    They hold in every program; `program` is the one for which the record is kept.
    """
    _once(hours, SAME_HOURS, "starts", _("These hours are on record already."))
    otherwise = "ends" if hours.ends <= hours.starts else "last_on"
    keep(hours, otherwise=otherwise)
    _audit("availability.added", hours, program, by)
    return hours


@transaction.atomic
def withdraw_availability(
    *, hours: Availability, program: Program, now: datetime, by: User | None
) -> None:
    """Take back hours of a weekday; the row stays. Twice is as once."""
    if Availability.objects.filter(pk=hours.pk, withdrawn_at=None).update(withdrawn_at=now):
        _audit("availability.withdrawn", hours, program, by)


def _once(row: StaffLeave | Availability, same: tuple[str, ...], field: str, words: str) -> None:
    """Refuse what is on record already; two who send it at once wait for each other here."""
    User.objects.select_for_update(no_key=True).get(pk=row.user_id)
    found = type(row).objects.filter(**{name: getattr(row, name) for name in same})
    if found.filter(withdrawn_at=None).exists():
        raise NotKept({field: [words]})


def _audit(verb: str, row: StaffLeave | Availability, program: Program, by: User | None) -> None:
    write_audit(
        verb,
        by=by,
        subject=row,
        program_id=program.public_id,
        user=str(row.user.public_id),
        first_on=row.first_on.isoformat(),
        last_on=row.last_on and row.last_on.isoformat(),
    )
