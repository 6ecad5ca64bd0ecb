"""Another password, and a new one by a link in an email."""

from __future__ import annotations

from typing import cast

from allauth.core import ratelimit
from allauth.decorators import rate_limit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.passwords.actions import ResetClosed, ask_for_reset, change_password, reset_password
from accounts.passwords.forms import ChangePasswordForm, ForgottenForm, NewPasswordForm
from accounts.passwords.links import owner_of
from accounts.signed_in.standing import SEEN
from accounts.tasks import send_reset_link

FORM = ["GET", "HEAD", "POST"]
NOBODY = 0


@sensitive_post_parameters()
@require_http_methods(FORM)
@rate_limit(action="change_password")
def change(request: HttpRequest) -> HttpResponse:
    """Let somebody choose another password; the present one is asked for."""
    user = cast(User, request.user)
    form = ChangePasswordForm(request.POST or None, user=user)
    if form.is_valid():
        change_password(password=form.password(), by=user)
        update_session_auth_hash(request, user)
        # The session has another key now: the next page lists it, so that it can be ended at once.
        request.session.pop(SEEN, None)
        messages.success(request, _("Your password is changed. Other browsers are signed out."))
        return redirect("mfa_index")
    return render(request, "accounts/change_password.html", {"form": form})


@require_http_methods(FORM)
@login_not_required
def forgotten(request: HttpRequest) -> HttpResponse:
    """Send a link to a new password; the answer is the same whether there is an account."""
    form = ForgottenForm(request.POST or None)
    has_email = bool(settings.EMAIL_URL)
    if has_email and form.is_valid():
        email = form.cleaned_data["email"]
        too_many = ratelimit.consume_or_429(request, action="reset_password", key=email.lower())
        if too_many:
            return too_many
        found = ask_for_reset(email=email)
        send_reset_link.delay(found.pk if found else NOBODY)
        return redirect("account_reset_password_done")
    return render(request, "accounts/forgotten.html", {"form": form, "has_email": has_email})


@require_safe
@login_not_required
def link_sent(request: HttpRequest) -> HttpResponse:
    """Say what was done, or would have been."""
    return render(request, "accounts/forgotten_sent.html")


@sensitive_post_parameters()
@require_http_methods(FORM)
@login_not_required
@rate_limit(action="reset_password_from_key")
def reset(request: HttpRequest, token: str) -> HttpResponse:
    """Let the reader of the email choose a new password, and lead them to sign in with it."""
    now = timezone.now()
    user = owner_of(token, now)
    if user is None:
        return render(request, "accounts/reset_closed.html", status=410)
    form = NewPasswordForm(request.POST or None, user=user)
    if form.is_valid():
        try:
            reset_password(token=token, password=form.password(), now=now)
        except ResetClosed:
            return render(request, "accounts/reset_closed.html", status=410)
        messages.success(request, _("Your password is changed. Sign in with it."))
        return redirect("account_login")
    return render(request, "accounts/reset_password.html", {"form": form, "owner": user})
