"""What every request needs: who acts is known, pages stay out of caches, sign-in stays whole."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

import pghistory
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.shortcuts import resolve_url
from django.utils.cache import add_never_cache_headers
from django_htmx.http import HttpResponseClientRedirect

from accounts.addresses import address_of
from accounts.audit import current_address

READ_METHODS = {"GET", "HEAD", "OPTIONS"}


class HistoryContext:
    """Tells row history and the audit trail who acts and from where."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        token = current_address.set(address_of(request))
        try:
            if request.method in READ_METHODS:
                return self.get_response(request)
            with pghistory.context(user=request.user.pk):
                return self.get_response(request)
        finally:
            current_address.reset(token)


class NoStore:
    """Keeps pages out of caches: after sign-out, Back must not show a participant."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response


class WholePageSignIn:
    """Answers a fragment's request with a way to sign in and back, not with a page in a table row.

    The page to come back to is the one in the browser's address bar, not the fragment.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if not request.htmx or not _leads_to_sign_in(response):
            return response
        back = urlencode({REDIRECT_FIELD_NAME: _page_behind(request)}, errors="replace")
        return HttpResponseClientRedirect(f"{resolve_url(settings.LOGIN_URL)}?{back}")


def _page_behind(request) -> str:
    """Return the page that the fragment was asked for from; the front door where none is named."""
    try:
        return request.htmx.current_url_abs_path or "/"
    except ValueError:  # what the header holds is no address
        return "/"


def _leads_to_sign_in(response) -> bool:
    sign_in = resolve_url(settings.LOGIN_URL)
    return response.status_code == 302 and urlsplit(response["Location"]).path == sign_in
