"""Typing a password once more, changing it, and asking for a link to a new one."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from allauth.account.forms import ReauthenticateForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from accounts.models import User

# Longer than anybody types, and short enough that working on it takes no time.
LONGEST = 256
RULES = _(
    "At least 15 characters: a few words that only you would put together. No common password,"
    " and not just your name, your email or the clinic’s name. It never runs out."
)


def present_password() -> forms.CharField:
    """Return the field for the password that somebody has."""
    return forms.CharField(
        label=_("Your password"),
        max_length=LONGEST,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        strip=False,
        error_messages={"required": _("Enter your password")},
    )


def new_password() -> forms.CharField:
    """Return the field for a password that somebody chooses: typed once, visible on demand."""
    return forms.CharField(
        label=_("Choose a password"),
        help_text=RULES,
        max_length=LONGEST,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
        error_messages={"required": _("Choose a password")},
    )


class OnceMorePasswordForm(ReauthenticateForm):
    """The password from somebody who is signed in, before what they sign in with is changed."""

    password = present_password()


class NewPasswordForm(forms.Form):
    """A new password."""

    password1 = new_password()

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password1(self) -> str:
        validate_password(self.cleaned_data["password1"], self.user)
        return self.cleaned_data["password1"]

    def password(self) -> str:
        """The chosen password."""
        return self.cleaned_data["password1"]


class ChangePasswordForm(NewPasswordForm):
    """The present password and another one."""

    present = present_password()
    field_order = ("present", "password1")

    def clean_present(self) -> str:
        """Try it as signing in would: counted, and a wrong one is on the trail."""
        adapter = get_adapter()
        if not adapter.reauthenticate(self.user, self.cleaned_data["present"]):
            raise adapter.validation_error("incorrect_password")
        return self.cleaned_data["present"]


class ForgottenForm(forms.Form):
    """Where to send a link to a new password."""

    email = forms.EmailField(
        label=_("Your email"),
        help_text=_("The one that you sign in with"),
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
        error_messages={
            "required": _("Enter your email"),
            "invalid": _("Enter an email like name@clinic.org"),
        },
    )
