"""Coming or not, and no more messages: one page each, without signing in.

The address is the key: there is no cookie that another site could misuse, and so no CSRF token,
which a mail program that stops messages with one click (RFC 8058) could not send. Looking at a
page changes nothing: mail programs open links to see where they lead.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from programs.agreements.actions import withdraw_consent
from programs.models import HowTaken
from reminders.answering.actions import record_answer
from reminders.links import ANSWER, STOP
from reminders.models import CameBy, Reminder
from reminders.public.forms import ReasonForm, WordForm
from reminders.public.opening import open_link
from reminders.public.page import answer_page, phone_of, purpose_of, stop_page

HEADERS = {
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}


def behind_a_link(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Open the view to whoever has the address, and keep the address to them."""

    @wraps(view)
    def opened(request: HttpRequest, token: str) -> HttpResponse:
        response = view(request, token)
        for name, value in HEADERS.items():
            response[name] = value
        return response

    methods = require_http_methods(["GET", "HEAD", "POST"])
    return csrf_exempt(login_not_required(methods(opened)))


@sensitive_post_parameters()
@behind_a_link
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Show the day, and take whether somebody comes until it begins."""
    reminder, now = open_link(token, ANSWER), timezone.now()
    if reminder is None:
        return _unknown(request)
    with translation.override(reminder.participant.kept.language):
        form = _asked(request)
        page = answer_page(reminder, now=now, form=form)
        if page is None:
            return _over(request, reminder)
        if form and form.is_valid():
            record_answer(reminder=reminder, **form.said(), came_by=CameBy.LINK, now=now)
            return redirect("answers:answer", token)
        return _page(request, "answer", reminder, {"page": page})


@behind_a_link
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Stop messages like the one that the link was in; once they are, say so."""
    reminder = open_link(token, STOP)
    if reminder is None:
        return _unknown(request)
    if request.method == "POST":
        withdraw_consent(
            person=reminder.participant,
            channel=reminder.channel,
            purpose=purpose_of(reminder),
            how=HowTaken.ONLINE,
            program=reminder.program,
            now=timezone.now(),
            by=None,
        )
    # No redirect: RFC 8058 has the answer to the POST itself be the end.
    with translation.override(reminder.participant.kept.language):
        return _page(request, "stop", reminder, {"page": stop_page(reminder)})


def _asked(request: HttpRequest) -> WordForm | ReasonForm | None:
    """Return what was sent; a button says its word, the list of reasons has a button of its own."""
    if request.method != "POST":
        return None
    return ReasonForm(request.POST) if "why" in request.POST else WordForm(request.POST)


def _over(request: HttpRequest, reminder: Reminder) -> HttpResponse:
    context = {"phone": phone_of(reminder)}
    return _page(request, "over", reminder, context, status=HTTPStatus.GONE)


def _unknown(request: HttpRequest) -> HttpResponse:
    return render(request, "reminders/public/unknown.html", status=HTTPStatus.NOT_FOUND)


def _page(
    request: HttpRequest,
    name: str,
    reminder: Reminder,
    context: dict[str, Any],
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    with timezone.override(reminder.program.zone):
        return render(request, f"reminders/public/{name}.html", context, status=status)
