"""The page of one's own calendar addresses, and the feed that a calendar program reads."""

from __future__ import annotations

import uuid
from hashlib import sha256

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from groups.feeds.actions import MadeFeed, make_feed, note_reading, revoke_feed
from groups.feeds.calendar_file import calendar_file
from groups.feeds.forms import MakeFeedForm
from groups.feeds.page import feeds_page
from groups.feeds.reading import open_feed
from programs.access import Access, needs


@require_safe
@needs("feeds.own")
def mine(request: HttpRequest) -> HttpResponse:
    """Show one's calendar addresses: which there are, since when, and how to use one."""
    return _page(request, MakeFeedForm(access=request.access))  # type: ignore[attr-defined]


@require_http_methods(["GET", "POST"])
@needs("feeds.own")
def make(request: HttpRequest) -> HttpResponse:
    """Make an address, and show it this once: whoever comes back finds the page without it."""
    if request.method == "GET":
        return redirect("feeds:mine")
    form = MakeFeedForm(request.POST, access=request.access)  # type: ignore[attr-defined]
    if not form.is_valid():
        return _page(request, form)
    made = make_feed(program=form.program(), now=timezone.now(), by=request.user)  # type: ignore[arg-type]
    return _page(request, form, made)


@require_POST
@needs("feeds.own")
def revoke(request: HttpRequest, feed_id: uuid.UUID) -> HttpResponse:
    """End one of one's own addresses."""
    feed = get_object_or_404(request.user.feeds, public_id=feed_id)  # type: ignore[union-attr]
    revoke_feed(feed=feed, now=timezone.now(), by=request.user)  # type: ignore[arg-type]
    messages.success(request, _("Revoked. Calendar programs that used the address get nothing."))
    return redirect("feeds:mine")


@require_safe
@login_not_required
def ics(request: HttpRequest, token: str) -> HttpResponse:
    """Answer a calendar program with the sessions behind a secret address."""
    now, opened = timezone.now(), open_feed(token)
    if opened is None:
        raise Http404
    note_reading(feed=opened.feed, now=now, by=opened.feed.user)
    return _unless_known(request, calendar_file(opened, now=now))


def _unless_known(request: HttpRequest, body: bytes) -> HttpResponse:
    """Answer with the file; with 304 where the calendar program has this very one.

    Browsers name a saved file by the address, which is a secret: so it is given a name.
    """
    etag = quote_etag(sha256(body).hexdigest())
    headers = {
        "Cache-Control": "private, no-cache",
        "Content-Disposition": 'inline; filename="sessions.ics"',
        "ETag": etag,
        "X-Robots-Tag": "noindex, nofollow",
    }
    full = HttpResponse(body, content_type="text/calendar; charset=utf-8", headers=headers)
    return get_conditional_response(request, etag=etag, response=full) or full


def _page(request: HttpRequest, form: MakeFeedForm, made: MadeFeed | None = None) -> HttpResponse:
    access: Access = request.access  # type: ignore[attr-defined]
    page = feeds_page(access, form=form, made=made)
    with timezone.override(access.programs[0].zone):
        return render(request, "feeds/mine.html", {"page": page})
