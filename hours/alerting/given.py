"""What is said once an alert has changed hands, above all whose it was."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.models import User


def given_words(to: User | None, before: User | None, *, by: User) -> str:
    """Return whose it is from here, and whose it was; who gives at the same time reads it there."""
    if before in (None, to):
        return _now(to, by)
    was = _("It was yours.") if before == by else _("It was %(name)s’s.") % {"name": _name(before)}
    return f"{_now(to, by)} {was}"


def _now(to: User | None, by: User) -> str:
    if to is None:
        return _("It is nobody’s in particular.")
    if to == by:
        return _("It is yours.")
    return _("It is %(name)s’s, who is told.") % {"name": _name(to)}


def _name(user: User) -> str:
    return user.name or user.email
