"""Who may co-sign in a program."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import User
from programs.models import Program, StaffAssignment
from programs.who_may import WHO_MAY


def cosigners(program: Program) -> QuerySet[User]:
    """Return who works in the program now and may co-sign there, by name."""
    working = StaffAssignment.objects.current().filter(
        user=OuterRef("pk"), program=program, role__in=WHO_MAY["notes.cosign"]
    )
    return User.objects.filter(Exists(working), is_active=True).order_by("name", "email")


def may_cosign(user: User, program: Program) -> bool:
    """Return whether this person may co-sign in the program now."""
    return cosigners(program).filter(pk=user.pk).exists()
