"""How allauth behaves here: by invitation only, in our words, with a line in the audit trail."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from accounts.audit import write_audit
from accounts.devices import remember
from accounts.models import User
from accounts.sign_in_limits import Tries, take_try


class InvitationOnly(DefaultAccountAdapter):
    """Nobody signs up; whoever comes in, or is refused, leaves a line in the trail."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("This email and password do not belong together here."),
        "incorrect_password": _("This is not your password."),
        "too_many_login_attempts": _(
            "Too many tries. Wait five minutes, or ask your program director for a new sign-in"
            " link."
        ),
        "rate_limited": _("Too many tries. Wait five minutes, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the try; `accounts/sign_in_limits.py` says how often one may."""
        self._tries: Tries | None = take_try(request, credentials.get("email", ""))
        if self._tries is None:
            self.authentication_failed(request, **credentials)
            raise self.validation_error("too_many_login_attempts")

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """Return who these credentials belong to; one who left is refused like a stranger."""
        user = super().authenticate(request, **credentials)
        if user is not None and not user.is_active:
            self.authentication_failed(request, **credentials)
            return None
        if user is not None and self._tries:
            self._tries.give_back()
        return user

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Record the refusal: whose account was tried where there is one, never what was typed."""
        tried = User.objects.filter(email__iexact=credentials.get("email", "")).first()
        write_audit("user.sign_in_refused", by=None, subject=tried)

    def respond_user_inactive(self, request: HttpRequest, user: AbstractBaseUser) -> HttpResponse:
        """Refuse one who left and still has a passkey, like a stranger."""
        write_audit("user.sign_in_refused", by=None, subject=user)
        messages.error(request, _("This passkey opens no account here."))
        return redirect("account_login")

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        with transaction.atomic():
            super().login(request, user)
            # What was shown on the way in: a password, a code, a passkey.
            steps = get_authentication_records(request, user)
            means = [str(each.get("type", each["method"])) for each in steps]
            write_audit("user.signed_in", by=user, subject=user, means=means)  # type: ignore[arg-type]

    def post_login(self, request: HttpRequest, user: Any, **how: Any) -> HttpResponse:
        """Lead on, and remember the browser."""
        response = super().post_login(request, user, **how)
        remember(request, response, user.email)
        return response

    def logout(self, request: HttpRequest) -> None:
        if request.user.is_authenticated:
            write_audit("user.signed_out", by=request.user, subject=request.user)
        super().logout(request)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Return the ways to show once more who one is, in our words."""
        words = {
            "reauthenticate": _("Use your password"),
            "mfa_reauthenticate": _("Use a code"),
            "mfa_reauthenticate:webauthn": _("Use a passkey"),
        }
        found = super().get_reauthentication_methods(user)
        return [each | {"description": words[each["id"]]} for each in found]
