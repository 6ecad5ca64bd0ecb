"""Unlocking a page that was left alone, and choosing the PIN that does."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.next_page import page_of_ours
from accounts.signed_in.pin import LONGEST, SHORTEST, is_easy, is_pin, is_right_pin

FIGURES_ONLY = {"inputmode": "numeric", "autocomplete": "off", "maxlength": str(LONGEST)}


class UnlockForm(forms.Form):
    """A PIN, a password, or what a passkey signed: whichever is given."""

    pin = forms.CharField(
        label=_("PIN"), required=False, widget=forms.PasswordInput(attrs=FIGURES_ONLY)
    )
    password = forms.CharField(
        label=_("Password"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    credential = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: User, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not any(cleaned.values()):
            self.add_error(None, self.nothing_given)
        return cleaned

    @property
    def nothing_given(self) -> Any:
        """What is asked for, where nothing was given."""
        return _("Enter your PIN or your password.") if self.user.pin else _("Enter your password.")

    @property
    def how(self) -> str:
        """What was given: `passkey`, `pin` or `password`."""
        given = self.cleaned_data
        return "passkey" if given["credential"] else "pin" if given["pin"] else "password"

    def opens(self) -> bool:
        """Return whether the PIN or password given is the person's; a passkey is not asked here."""
        if self.how == "pin":
            return is_right_pin(self.user, self.cleaned_data["pin"])
        return self.how == "password" and self.user.check_password(self.cleaned_data["password"])

    def signed(self) -> dict[str, Any]:
        """What the passkey signed; empty where it is not to be read."""
        try:
            found = json.loads(self.cleaned_data["credential"])
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}


class PinForm(forms.Form):
    """A PIN, typed once and shown on demand, with the password of whose it will be."""

    pin = forms.CharField(
        label=_("New PIN"),
        help_text=_(
            "4 to 8 figures that nobody would guess: no date, no year, no row like 1234, no"
            " repeats."
        ),
        widget=forms.PasswordInput(attrs=FIGURES_ONLY),
        error_messages={"required": _("Enter a PIN")},
    )
    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Enter your password")},
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_pin(self) -> str:
        pin = self.cleaned_data["pin"]
        if not is_pin(pin):
            words = _("A PIN is %(shortest)s to %(longest)s figures.")
            raise forms.ValidationError(
                words, params={"shortest": SHORTEST, "longest": LONGEST}, code="no_pin"
            )
        if is_easy(pin):
            raise forms.ValidationError(
                _("Others would guess this PIN. Choose one without rows, repeats or dates."),
                code="easy",
            )
        return pin

    def clean_password(self) -> str:
        if not self.user.check_password(self.cleaned_data["password"]):
            raise forms.ValidationError(_("This is not your password."), code="wrong")
        return self.cleaned_data["password"]


def page_after(request: HttpRequest) -> str:
    """Return the page of this site that the form names as the next, or the front door."""
    return page_of_ours(request, request.POST.get("next", ""))
