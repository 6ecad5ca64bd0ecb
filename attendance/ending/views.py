"""A colleague's account in the browser: their link, their second factors, the end of their work."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.actions import Invited
from accounts.models import User
from attendance.ending.actions import CannotEnd, end_work, make_link, remove_factors, take_back
from attendance.ending.forms import BackForm, EndForm, FactorForm
from attendance.ending.mail import can_mail, mail_factors_removed, mail_link
from attendance.ending.page import Forms, account_page, colleagues_ever, former_colleagues
from programs.access import needs
from programs.models import Program

FORM = ["GET", "HEAD", "POST"]


@require_safe
@needs("staff.manage")
def account(request: HttpRequest, program: Program, user_id: uuid.UUID) -> HttpResponse:
    """Show a colleague's account."""
    return _page(request, program, _colleague(program, user_id), Forms())


@require_safe
@needs("staff.manage")
def former(request: HttpRequest, program: Program) -> HttpResponse:
    """Show who worked in the program and does no more."""
    shown = {"program": program, "people": list(former_colleagues(program))}
    return render(request, "ending/former.html", shown)


@require_POST
@needs("staff.manage")
def link(request: HttpRequest, program: Program, user_id: uuid.UUID) -> HttpResponse:
    """Make a colleague a fresh sign-in link."""
    colleague = _colleague(program, user_id)
    try:
        made = make_link(user=colleague, program=program, now=timezone.now(), by=_by(request))
    except CannotEnd as refused:
        messages.error(request, str(refused))
        return redirect("ending:account", program.public_id, colleague.public_id)
    return _hand_over(request, program, colleague, made)


@require_http_methods(FORM)
@needs("staff.manage")
def factors(request: HttpRequest, program: Program, user_id: uuid.UUID) -> HttpResponse:
    """Take away a colleague's second factors."""
    colleague = _colleague(program, user_id)
    form = FactorForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        why, now = form.why(), timezone.now()
        try:
            remove_factors(user=colleague, program=program, reason=why, now=now, by=_by(request))
        except CannotEnd as refused:
            form.add_error(None, str(refused))
        else:
            _say_factors_removed(request, colleague)
            return redirect("ending:account", program.public_id, colleague.public_id)
    return _page(request, program, colleague, Forms(factor=form))


@require_http_methods(FORM)
@needs("staff.manage")
def end(request: HttpRequest, program: Program, user_id: uuid.UUID) -> HttpResponse:
    """End a colleague's work in the program, now."""
    colleague = _colleague(program, user_id)
    form = EndForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        why, now = form.why(), timezone.now()
        try:
            ended = end_work(user=colleague, program=program, reason=why, now=now, by=_by(request))
        except CannotEnd as refused:
            form.add_error(None, str(refused))
        else:
            closed = _("Their work here has ended. They are signed out everywhere.")
            here_only = _("Their work in this program has ended. They work elsewhere still.")
            messages.success(request, closed if ended.is_closed else here_only)
            return redirect("ending:account", program.public_id, colleague.public_id)
    return _page(request, program, colleague, Forms(end=form))


@require_http_methods(FORM)
@needs("staff.manage")
def back(request: HttpRequest, program: Program, user_id: uuid.UUID) -> HttpResponse:
    """Let a former colleague work here again."""
    colleague = _colleague(program, user_id)
    form = BackForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _page(request, program, colleague, Forms(back=form))
    role, now = form.as_what(), timezone.now()
    try:
        made = take_back(user=colleague, program=program, role=role, now=now, by=_by(request))
    except CannotEnd as refused:
        form.add_error(None, str(refused))
        return _page(request, program, colleague, Forms(back=form))
    if made:
        return _hand_over(request, program, colleague, made)
    messages.success(request, _("They work here again, and sign in as before."))
    return redirect("ending:account", program.public_id, colleague.public_id)


def _hand_over(
    request: HttpRequest, program: Program, colleague: User, made: Invited
) -> HttpResponse:
    """Send the link to its owner; where that is not possible, show it this once."""
    address = settings.SITE_URL + reverse("accept_invitation", args=[made.token])
    if mail_link(colleague, address):
        messages.success(request, _("The link is on its way to them by email."))
        return redirect("ending:account", program.public_id, colleague.public_id)
    if can_mail():
        messages.warning(request, _("The email could not be sent. Give them the link yourself."))
    return _page(request, program, colleague, Forms(), link=address)


def _say_factors_removed(request: HttpRequest, colleague: User) -> None:
    is_told = mail_factors_removed(colleague)
    told = _("Removed. They are told by email, and signed out everywhere.")
    untold = _("Removed. They are signed out everywhere. Tell them: no email could be sent.")
    messages.success(request, told if is_told else untold)


def _page(
    request: HttpRequest, program: Program, colleague: User, forms: Forms, *, link: str = ""
) -> HttpResponse:
    now, by = timezone.now(), _by(request)
    page = account_page(program=program, user=colleague, by=by, forms=forms, now=now, link=link)
    with timezone.override(program.zone):
        status = 422 if forms.sent else 200
        return render(request, "ending/account.html", {"page": page}, status=status)


def _colleague(program: Program, user_id: uuid.UUID) -> User:
    return get_object_or_404(colleagues_ever(program), public_id=user_id)


def _by(request: HttpRequest) -> User:
    return request.user  # type: ignore[return-value]
