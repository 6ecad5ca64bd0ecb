"""Each person's pages in their own language, from sign-in on; before it, in the device's.

A kiosk stays in the device's language: it is not its owner who reads there.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from accounts.models import PageLanguage


class OwnLanguage:
    """Stands behind Django's own choice by the device, which begins every request anew."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = _chosen(request)
        if language:
            translation.activate(language)
            request.LANGUAGE_CODE = language
        return self.get_response(request)


def _chosen(request: HttpRequest) -> str:
    """Return `en` or `es`; nothing without a session, or where the device is to choose."""
    has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
    if not has_session or getattr(request, "is_held", False) or not request.user.is_authenticated:
        return ""
    language = request.user.language
    return "" if language == PageLanguage.AUTO else language
