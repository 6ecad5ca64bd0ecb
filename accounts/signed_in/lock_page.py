"""The page that stands in the place of any other while its session is locked."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.models import User
from accounts.signed_in.forms import UnlockForm
from accounts.signed_in.passkey import has_passkey


def is_scripted(request: HttpRequest) -> bool:
    """Return whether a script asks, which has no use for a page."""
    is_fragment = "HX-Request" in request.headers or "X-Part" in request.headers
    return is_fragment or request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate"


def lock_page(
    request: HttpRequest, *, page: str, status: int, form: UnlockForm | None = None
) -> HttpResponse:
    """Ask for what unlocks the session; `page` is where it leads then."""
    user: User = request.user  # type: ignore[assignment]
    shown = {
        "form": form or UnlockForm(user=user),
        "page": page,
        "initials": user.initials,
        "has_pin": bool(user.pin),
        "has_passkey": has_passkey(user),
    }
    return render(request, "signed_in/locked.html", shown, status=status)
