"""Signing in, choosing a password on an invitation, and choosing how pages look."""

from __future__ import annotations

from allauth.account.forms import LoginForm
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import PageLanguage, Theme
from accounts.next_page import page_of_ours
from accounts.passwords.forms import LONGEST, NewPasswordForm


class SignInForm(LoginForm):
    """Email and password."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"] = forms.EmailField(
            label=_("Email"),
            widget=forms.EmailInput(attrs={"autocomplete": "username"}),
            error_messages={
                "required": _("Enter your email"),
                "invalid": _("Enter an email like name@clinic.org"),
            },
        )
        self.fields["password"] = forms.CharField(
            label=_("Password"),
            max_length=LONGEST,
            widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
            strip=False,
            error_messages={"required": _("Enter your password")},
        )
        self.order_fields(["login", "password"])


class WelcomeForm(NewPasswordForm):
    """The password an invited person chooses; typed once, and visible on demand."""


class ChoiceForm(forms.Form):
    """A choice of the account menu, made on whichever page."""

    next = forms.CharField(required=False)

    def page_to_return_to(self, request: HttpRequest) -> str:
        """The page of this site the choice was made on, or the front door."""
        return page_of_ours(request, self.data.get("next", ""))


class ThemeForm(ChoiceForm):
    """Light, dark, or as the device."""

    theme = forms.ChoiceField(choices=Theme.choices)


class LanguageForm(ChoiceForm):
    """English, Spanish, or as the device."""

    language = forms.ChoiceField(choices=PageLanguage.choices)
