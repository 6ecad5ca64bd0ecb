"""Whose way in a director may make or break: that of who works for this director alone."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.models import User
from programs.access import access_of
from programs.models import StaffAssignment


def why_not_let_in(user: User, *, by: User) -> str:
    """Return why no link is made and no second factor removed, in words; blank where both may be.

    Whoever holds the link is that person everywhere: in a program that this director does not
    direct, too. So it takes one who directs every program the person works in now.
    """
    works_in = set(
        StaffAssignment.objects.current().filter(user=user).values_list("program", flat=True)
    )
    if not works_in:
        return _("This person works in no program now. Take them back first.")
    if works_in - {program.pk for program in access_of(by).programs_for("staff.manage")}:
        return _(
            "This person also works in a program that you do not direct. A director of that program"
            " has to do it together with you."
        )
    return ""
