"""Refuses passwords made of a person's own name and email, or of the clinic's name."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.passwords.words import is_expected
from programs.models import Clinic


class NotExpected:
    """A password validator, as settings name them."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError where little is left without the names around this person."""
        clinic = Clinic.objects.values_list("name", flat=True).first() or ""
        own = (user.name, user.email) if user is not None else ()
        if is_expected(password, (*own, clinic)):
            raise ValidationError(
                _(
                    "This password is easy to guess: without your name, your email, the clinic’s"
                    " name and what comes in a row, little of it is left. Put a few other words"
                    " together."
                ),
                code="password_expected",
            )

    def get_help_text(self) -> str:
        return _("Not just your name, your email or the clinic’s name.")
