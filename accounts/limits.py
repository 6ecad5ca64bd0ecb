"""How often one person may search, and take files out: enough for any day's work, no more.

A search tells who is here, and a file leaves the house; a stolen sign-in would do both by the
hundred. Counted by person in the cache, so that every web process counts together.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.core.internal import ratelimit
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.audit import write_audit

APP = "iop.limits"
# A front desk at its busiest looks up one person every ten seconds; a billing clerk takes the
# month's files in one go.
# A name being typed is looked up at each pause.
LIMITS = {"search": "60/10m/user", "look_up": "300/10m/user", "export": "40/10m/user"}
MINUTES = 10
View = Callable[..., HttpResponse]


def limited(kind: str, *, methods: tuple[str, ...] = ("GET", "POST")) -> Callable[[View], View]:
    """Guard a view: past the limit of its kind the answer is 429, in words. Stands under needs."""
    if kind not in LIMITS:
        raise ImproperlyConfigured(f"{kind} is not a limited kind: {', '.join(LIMITS)}.")

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method in methods and not allowed(request, kind):
                return refusal(request, kind)
            return view(request, *args, **kwargs)

        guarded.limited = kind  # type: ignore[attr-defined]
        return guarded

    return guard


def allowed(request: HttpRequest, kind: str) -> bool:
    """Count one of the kind for whoever asks, and return whether it is within the limit."""
    usage = ratelimit.consume(
        request, app=APP, action=kind, config=LIMITS, user=request.user, limit_get=True
    )
    return usage is not None


def refusal(request: HttpRequest, kind: str) -> HttpResponse:
    """Say that this is too often, and put it on the trail."""
    write_audit("request.limited", by=request.user, kind=kind)  # type: ignore[arg-type]
    response = render(request, "accounts/too_often.html", {"minutes": MINUTES}, status=429)
    response["Retry-After"] = str(MINUTES * 60)
    return response
