"""Holds a browser that is a kiosk in the kiosk: whatever else it asks for leads back there.

Also Back, another tab, and what a script asks for: a page of the sheet that was left open gets
no fragment, and its marks wait on the device, as if the server could not be reached.
"""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.utils.cache import add_never_cache_headers
from django_htmx.http import HttpResponseClientRedirect

from attendance.kiosk.mode import kiosk_of

HERE = "kiosk:here"
# What a kiosk may show: itself, and the ways in and out of being signed in.
LET_THROUGH = {
    HERE,
    "kiosk:answers",
    "kiosk:thanks",
    "kiosk:leave",
    "account_login",
    "account_logout",
    "mfa_authenticate",
    "mfa_login_webauthn",
}
AGAIN_SECONDS = "60"
# A sheet that is about to be left asks once more for news: there are none for it.
NEWS = "sheet:news"


class HoldInKiosk:
    """Stands before every view, and before the guards that would speak of a page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if kiosk_of(request.session) is None:
            return self.get_response(request)
        if _view_of(request.path_info) in LET_THROUGH:
            # What keeps an eye on sessions lets a kiosk be, and its pages speak to participants.
            request.is_held = True  # type: ignore[attr-defined]
            return self.get_response(request)
        response = _back(request)
        add_never_cache_headers(response)
        return response


def _view_of(path: str) -> str:
    try:
        return resolve(path).view_name
    except Resolver404:
        return ""


def _back(request: HttpRequest) -> HttpResponse:
    """Lead back to the kiosk; a script that would save something is told to try again later."""
    is_htmx = "HX-Request" in request.headers
    if is_htmx and request.method == "GET":
        return HttpResponseClientRedirect(reverse(HERE))
    if is_htmx or request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate":
        if _view_of(request.path_info) == NEWS:
            return HttpResponse(status=HTTPStatus.NO_CONTENT)
        headers = {"Retry-After": AGAIN_SECONDS}
        return HttpResponse(status=HTTPStatus.SERVICE_UNAVAILABLE, headers=headers)
    return redirect(HERE)
