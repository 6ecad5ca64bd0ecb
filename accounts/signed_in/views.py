"""Being signed in, in the browser: where, until when, locked and opened, with which PIN."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from accounts.signed_in import limits
from accounts.signed_in.actions import (
    EndedBy,
    LockedBy,
    Unlocked,
    choose_pin,
    end_sessions,
    lock_session,
    unlock_session,
)
from accounts.signed_in.forms import PinForm, UnlockForm, page_after
from accounts.signed_in.kept import know
from accounts.signed_in.listed import sessions_of
from accounts.signed_in.lock_page import is_scripted, lock_page
from accounts.signed_in.middleware import open_while_locked
from accounts.signed_in.passkey import challenge_for, has_passkey, is_signed
from accounts.signed_in.standing import LOCKED, TRIES


@require_safe
def my_sessions(request: HttpRequest) -> HttpResponse:
    """Show where one is signed in."""
    now = timezone.now()
    found = sessions_of(_user(request), this=request.session.session_key, now=now)
    shown = {"sessions": found, "others": len(found) - 1}
    return render(request, "signed_in/sessions.html", shown)


@require_POST
def end_my_session(request: HttpRequest) -> HttpResponse:
    """End one of one's sessions on another device."""
    wanted = request.POST.get("session", "")
    return _end(request, lambda each: each.handle == wanted)


@require_POST
def end_my_other_sessions(request: HttpRequest) -> HttpResponse:
    """End all of one's sessions but this."""
    return _end(request, lambda each: True)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def my_pin(request: HttpRequest) -> HttpResponse:
    """Choose a PIN, giving the password."""
    user = _user(request)
    form = PinForm(request.POST if request.method == "POST" else None, user=user)
    if form.is_bound and not limits.may_try_password(user.pk):
        return _pin_page(request, form, is_waiting=True, status=429)
    if form.is_valid():
        choose_pin(pin=form.cleaned_data["pin"], by=user)
        limits.forget_passwords(user.pk)
        messages.success(request, _("Kept. This PIN unlocks a page that you left alone."))
        return redirect("my_pin")
    return _pin_page(request, form, status=422 if form.errors else 200)


@require_POST
def drop_pin(request: HttpRequest) -> HttpResponse:
    """Do without a PIN from now on: the password unlocks."""
    choose_pin(pin="", by=_user(request))
    messages.success(request, _("You have no PIN any more. Your password unlocks a page."))
    return redirect("my_pin")


@require_POST
@open_while_locked
def lock_now(request: HttpRequest) -> HttpResponse:
    """Lock this session: by hand, or because the page saw nobody for a while."""
    how = LockedBy.IDLE if request.POST.get("how") == LockedBy.IDLE else LockedBy.HAND
    lock_session(key=_key(request), how=how, by=_user(request))
    know(request.session, **{LOCKED: True})
    if is_scripted(request):
        return JsonResponse({"passkey": has_passkey(_user(request))})
    return redirect(page_after(request))


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@open_while_locked
def unlock(request: HttpRequest) -> HttpResponse:
    """Open the session again for whoever has the PIN, the password or the passkey."""
    if request.method != "POST":
        return _opened(request)
    user, form = _user(request), UnlockForm(request.POST, user=_user(request))
    # Also where the session itself is open: a page that was covered without a network asks, too.
    if not form.is_valid():
        return _still_locked(request, form)
    is_right = form.opens() or (form.how == "passkey" and is_signed(request, user, form.signed()))
    outcome, left = unlock_session(
        key=_key(request), is_right=is_right, how=form.how, now=timezone.now(), by=user
    )
    if outcome is Unlocked.OPEN:
        know(request.session, **{LOCKED: False, TRIES: 0})
        return _opened(request)
    if outcome is Unlocked.ENDED:
        return _ended(request)
    words = ngettext("%(n)s try is left.", "%(n)s tries are left.", left) % {"n": left}
    form.add_error(None, f"{_('This is not right.')} {words}")
    return _still_locked(request, form)


@require_safe
@open_while_locked
def passkey_options(request: HttpRequest) -> HttpResponse:
    """Say what a passkey is to sign in order to unlock."""
    if not has_passkey(_user(request)):
        return JsonResponse({}, status=404)
    return JsonResponse(challenge_for(request, _user(request)))


@require_safe
@open_while_locked
def lock_state(request: HttpRequest) -> HttpResponse:
    """Say to a covered page whose session it is now, whether locked, and the form's token."""
    is_locked = bool(request.session.get(LOCKED))
    who = str(_user(request).public_id)
    return JsonResponse({"who": who, "locked": is_locked, "token": get_token(request)})


@require_POST
def still_here(request: HttpRequest) -> HttpResponse:
    """Hear from a page that somebody types or reads there; the middleware has noted it."""
    return HttpResponse(status=204)


def _end(request: HttpRequest, is_meant: Any) -> HttpResponse:
    user, this = _user(request), request.session.session_key
    found = sessions_of(user, this=this, now=timezone.now())
    keys = [each.key for each in found if not each.is_this and is_meant(each)]
    ended = end_sessions(keys=keys, user=user, why=EndedBy.OWNER, by=user)
    words = ngettext("Ended on %(n)s device.", "Ended on %(n)s devices.", ended) % {"n": ended}
    messages.success(request, words if ended else _("It had ended already."))
    return redirect("my_sessions")


def _pin_page(
    request: HttpRequest, form: PinForm, *, is_waiting: bool = False, status: int
) -> HttpResponse:
    shown = {"form": form, "is_waiting": is_waiting}
    shown["has_pin"] = bool(_user(request).pin)
    return render(request, "signed_in/pin.html", shown, status=status)


def _opened(request: HttpRequest) -> HttpResponse:
    if is_scripted(request):
        return JsonResponse({"who": str(_user(request).public_id)})
    return redirect(page_after(request))


def _still_locked(request: HttpRequest, form: UnlockForm) -> HttpResponse:
    if is_scripted(request):
        return JsonResponse({"words": " ".join(map(str, form.non_field_errors()))}, status=422)
    return lock_page(request, page=page_after(request), status=422, form=form)


def _ended(request: HttpRequest) -> HttpResponse:
    logout(request)
    if is_scripted(request):
        return JsonResponse({"words": _("Too many tries: you are signed out.")}, status=401)
    messages.error(request, _("Too many tries: you are signed out. Sign in again."))
    return redirect("account_login")


def _key(request: HttpRequest) -> str:
    return request.session.session_key or ""


def _user(request: HttpRequest) -> User:
    return request.user  # type: ignore[return-value]
