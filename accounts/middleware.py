"""Two things every request needs: history knows who acts, and browsers keep no page of people."""

from __future__ import annotations

import pghistory
from django.utils.cache import add_never_cache_headers

from accounts.audit import current_address

READ_METHODS = {"GET", "HEAD", "OPTIONS"}


class HistoryContext:
    """Tells row history and the audit trail who acts and from where."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        token = current_address.set(request.META.get("REMOTE_ADDR") or None)
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
