"""How allauth behaves here: by invitation only, in our words, with a line in the audit trail."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.audit import write_audit
from accounts.models import User


class InvitationOnly(DefaultAccountAdapter):
    """Nobody signs up; whoever comes in, or is refused, leaves a line in the trail."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("This email and password do not belong together here."),
        "too_many_login_attempts": _(
            "Too many tries. Wait five minutes, or ask your program director for a new sign-in"
            " link."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """Return who these credentials belong to; one who left is refused like a stranger."""
        user = super().authenticate(request, **credentials)
        if user is not None and not user.is_active:
            self.authentication_failed(request, **credentials)
            return None
        return user

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Record the refusal: whose account was tried where there is one, never what was typed."""
        tried = User.objects.filter(email__iexact=credentials.get("email", "")).first()
        write_audit("user.sign_in_refused", by=None, subject=tried)

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        with transaction.atomic():
            super().login(request, user)
            write_audit("user.signed_in", by=user, subject=user)  # type: ignore[arg-type]

    def logout(self, request: HttpRequest) -> None:
        if request.user.is_authenticated:
            write_audit("user.signed_out", by=request.user, subject=request.user)
        super().logout(request)
