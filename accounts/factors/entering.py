"""The second step of signing in, signing in by passkey alone, and showing once more who one is."""

from __future__ import annotations

import json
from typing import Any

from allauth.account import views as account_views
from allauth.mfa.base import views as mfa_views
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from allauth.mfa.webauthn import views as webauthn_views
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.audit import write_audit
from accounts.factors.forms import CodeForm, OnceMoreForm
from accounts.passwords.forms import OnceMorePasswordForm

Kind = Authenticator.Type
KINDS = {Kind.TOTP: "app", Kind.WEBAUTHN: "passkey"}
form_page = require_http_methods(["GET", "HEAD", "POST"])


class SecondStep(mfa_views.AuthenticateView):
    """Asks who gave a right password for a code or a passkey."""

    template_name = "accounts/second_step.html"
    form_class = CodeForm

    def form_valid(self, form: Any) -> HttpResponse:
        used = form.cleaned_data.get("credential") or form.authenticator
        _used(used, self.stage.login.user)
        return super().form_valid(form)

    def form_invalid(self, form: Any) -> HttpResponse:
        _refused(self.stage.login.user)
        return super().form_invalid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context, user = super().get_context_data(**kwargs), self.stage.login.user
        return context | {
            "options": json.dumps(context["js_data"]["request_options"]),
            "has_app": is_mfa_enabled(user, [Kind.TOTP]),
            "has_passkey": is_mfa_enabled(user, [Kind.WEBAUTHN]),
        }


class SignInByPasskey(webauthn_views.LoginWebAuthnView):
    """Signs in by a passkey alone: it asks for a finger, a face or a PIN, so it is two factors."""

    def form_invalid(self, form: Any) -> HttpResponse:
        write_audit("user.sign_in_refused", by=None, means=["passkey"])
        messages.error(self.request, _("This passkey opens no account here."))
        return redirect("account_login")


class PasswordOnceMore(account_views.ReauthenticateView):
    """Asks somebody who is signed in for the password."""

    template_name = "accounts/once_more.html"
    form_class = OnceMorePasswordForm


class CodeOnceMore(mfa_views.ReauthenticateView):
    """Asks somebody who is signed in for a code."""

    template_name = "accounts/once_more.html"
    form_class = OnceMoreForm

    def form_valid(self, form: Any) -> HttpResponse:
        _used(form.authenticator, self.request.user)
        return super().form_valid(form)

    def form_invalid(self, form: Any) -> HttpResponse:
        _refused(self.request.user)
        return super().form_invalid(form)


class PasskeyOnceMore(webauthn_views.ReauthenticateWebAuthnView):
    """Asks somebody who is signed in for a passkey."""

    template_name = "accounts/once_more.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"options": json.dumps(context["js_data"]["request_options"])}

    def form_valid(self, form: Any) -> HttpResponse:
        _used(form.cleaned_data["credential"], self.request.user)
        return super().form_valid(form)

    def form_invalid(self, form: Any) -> HttpResponse:
        _refused(self.request.user)
        messages.error(self.request, _("This passkey is not one of yours here. Try again."))
        return redirect(self.request.get_full_path())


secret = sensitive_post_parameters()
second_step = login_not_required(form_page(secret(SecondStep.as_view())))
by_passkey = login_not_required(form_page(SignInByPasskey.as_view()))
password_once_more = form_page(secret(PasswordOnceMore.as_view()))
code_once_more = form_page(secret(CodeOnceMore.as_view()))
passkey_once_more = form_page(PasskeyOnceMore.as_view())


def _used(factor: Authenticator, user: Any) -> None:
    if factor.type == Kind.RECOVERY_CODES:
        factor.refresh_from_db()
        left = len(factor.wrap().get_unused_codes())
        write_audit("recovery_code.used", by=user, subject=user, left=left)
    else:
        write_audit("factor.used", by=user, subject=user, kind=KINDS[Kind(factor.type)])


def _refused(user: Any) -> None:
    """Record a wrong code or passkey of somebody who may be another than the account's owner."""
    write_audit("factor.refused", by=None, subject=user)
