"""Asks whoever has only a password for a second factor, and in the end lets nothing else open."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils import timezone
from django_htmx.http import HttpResponseClientRedirect

from accounts.factors.actions import ask_for_factor
from accounts.factors.grace import grace
from accounts.factors.own import has_factor_in

SET_UP = "mfa_index"
# What stays open when grace is over: the pages where one is set up, and showing who one is.
STAYS_OPEN = {
    SET_UP,
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_view_recovery_codes",
    "mfa_download_recovery_codes",
    "account_reauthenticate",
}


class AskForFactor:
    """Stands before every view for people who are signed in; public pages pass."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable, _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        days, user = settings.SECOND_FACTOR_DAYS, request.user
        if days is None or _passes(request, view) or not user.is_authenticated:
            return None
        if has_factor_in(request.session, user):
            return None
        now = timezone.now()
        asked_at = user.factor_asked_at or ask_for_factor(user=user, now=now, by=None)
        request.grace = grace(asked_at=asked_at, days=days, now=now)  # type: ignore[attr-defined]
        is_over = request.grace.is_over  # type: ignore[attr-defined]
        return _to_set_up(request) if is_over and not _stays_open(request) else None


def _passes(request: HttpRequest, view: Callable) -> bool:
    """Return whether the page is no matter of who is signed in: public, a lock, a kiosk."""
    return (
        not getattr(view, "login_required", True)
        or getattr(view, "is_open_while_locked", False)
        or getattr(request, "is_held", False)
    )


def _stays_open(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and match.view_name in STAYS_OPEN


def _to_set_up(request: HttpRequest) -> HttpResponse:
    if getattr(request, "htmx", False):
        return HttpResponseClientRedirect(resolve_url(SET_UP))
    return redirect(SET_UP)
