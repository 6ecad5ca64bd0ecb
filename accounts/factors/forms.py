"""The forms of second factors: a code, a passkey and its name."""

from __future__ import annotations

from hashlib import sha256

from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

CODE = {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
MISSING = {"required": _("Type the code")}
NAME = {"autocomplete": "off", "maxlength": "60"}


class CodeForm(AuthenticateForm):
    """The second step of signing in: a code of the app, or a recovery code."""

    code = forms.CharField(
        label=_("Code"),
        help_text=_("The six digits that your app shows now, or one of your recovery codes"),
        max_length=40,
        widget=forms.TextInput(attrs=CODE | {"autofocus": True}),
        error_messages=MISSING,
    )

    def clean_code(self) -> str:
        return _not_again(super().clean_code(), self.authenticator)


class OnceMoreForm(ReauthenticateForm):
    """A code from somebody who is signed in, before what they sign in with is changed."""

    code = forms.CharField(
        label=_("Code"),
        help_text=_("The six digits that your app shows now, or one of your recovery codes"),
        max_length=40,
        widget=forms.TextInput(attrs=CODE),
        error_messages=MISSING,
    )

    def clean_code(self) -> str:
        return _not_again(super().clean_code(), self.authenticator)


class AppForm(ActivateTOTPForm):
    """The first code of an app, which shows that it has the secret."""

    code = forms.CharField(
        label=_("Code from the app"),
        help_text=_("The six digits that it shows now"),
        max_length=40,
        widget=forms.TextInput(attrs=CODE),
        error_messages=MISSING,
    )


class PasskeyForm(AddWebAuthnForm):
    """A new passkey: always one that asks for a finger, a face or a PIN, so that it is enough."""

    passwordless = None
    name = forms.CharField(
        label=_("Name"),
        help_text=_("So that you know it again: Work laptop, My phone"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs=NAME),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["name"] = ""


class PasskeyNameForm(EditWebAuthnForm):
    """Another name for a passkey."""

    name = forms.CharField(
        label=_("Name"),
        max_length=60,
        widget=forms.TextInput(attrs=NAME),
        error_messages={"required": _("Give it a name, such as Work laptop")},
    )


def _not_again(code: str, authenticator: Authenticator) -> str:
    """Return the code; an app's code is good once, for as long as it would be good at all.

    allauth itself remembers it for one period, while one before and one after are accepted.
    """
    if authenticator.type != Authenticator.Type.TOTP:
        return code
    digits = "".join(each for each in code if each.isdigit())
    used = sha256(f"{authenticator.pk} {digits}".encode()).hexdigest()
    seconds = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)
    if not cache.add(f"factor.used:{used}", "", timeout=seconds):
        raise get_adapter().validation_error("incorrect_code")
    return code
