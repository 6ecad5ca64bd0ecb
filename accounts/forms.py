"""Signing in, choosing a password on an invitation, and choosing how pages look."""

from __future__ import annotations

from allauth.account.forms import LoginForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from accounts.models import Theme, User


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
            widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
            strip=False,
            error_messages={"required": _("Enter your password")},
        )
        self.order_fields(["login", "password"])


class WelcomeForm(forms.Form):
    """The password an invited person chooses; typed once, and visible on demand."""

    password1 = forms.CharField(
        label=_("Choose a password"),
        help_text=_(
            "At least 12 characters: a few words that only you would put together. No common"
            " password, and not your name or email."
        ),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
        error_messages={"required": _("Choose a password")},
    )

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password1(self) -> str:
        validate_password(self.cleaned_data["password1"], self.user)
        return self.cleaned_data["password1"]

    def password(self) -> str:
        """The chosen password."""
        return self.cleaned_data["password1"]


class ThemeForm(forms.Form):
    """Light, dark, or as the device."""

    theme = forms.ChoiceField(choices=Theme.choices)
    next = forms.CharField(required=False)

    def page_to_return_to(self, request: HttpRequest) -> str:
        """The page of this site the choice was made on, or the front door."""
        page = self.data.get("next", "")
        safe = url_has_allowed_host_and_scheme(page, allowed_hosts={request.get_host()})
        return page if page and safe else "/"
