"""What changes about a clinic's staff: who works where, and as what."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.actions import Invited, invite_user
from accounts.audit import write_audit
from accounts.models import User
from programs.models import Program, Role, StaffAssignment


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
