"""Keeps an eye on every session: locks the one left alone, ends the one that has lasted too long.

A request is somebody being there, but for one that a page sends by itself and says so (`X-Poll`):
that header can only make a session lock sooner. What is open to anybody is not looked at.

A kiosk is let be (`request.is_held`): a tablet that waits for the next person to check in has not
been left alone, shows nothing of anybody, and leads out only by its owner's password. So it is
neither locked nor ended, and counts as in use; both limits hold again once it is left.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from accounts.addresses import address_of
from accounts.kept_form import SESSION_KEY as KEPT_FORM
from accounts.kept_form import keep_form
from accounts.models import User
from accounts.signed_in.actions import EndedBy, LockedBy, end_sessions, lock_session, see_again
from accounts.signed_in.kept import keep_alone, know
from accounts.signed_in.lock_page import is_scripted, lock_page
from accounts.signed_in.standing import (
    LOCKED,
    Limits,
    Standing,
    is_to_be_seen,
    seen_at,
    standing_of,
)

View = Callable[..., HttpResponse]
POLL = "X-Poll"


def open_while_locked(view: View) -> View:
    """Mark a view that a locked session needs in order to be opened again."""
    view.is_open_while_locked = True  # type: ignore[attr-defined]
    return view


class WatchSession:
    """Stands before the guard that turns strangers away: who has been too long is one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, args: tuple, kwargs: dict
    ) -> HttpResponse | None:
        if not getattr(view, "login_required", True) or not request.user.is_authenticated:
            return None
        standing = standing_of(request.session, now=timezone.now(), limits=limits())
        if getattr(request, "is_held", False):
            _see(request)
        elif standing is Standing.OVER:
            _end(request)
        elif standing is Standing.LOCKED:
            _lock(request)
            return None if getattr(view, "is_open_while_locked", False) else _refuse(request, view)
        elif POLL not in request.headers:
            _see(request)
        return None


def limits() -> Limits:
    """Return the limits of this installation."""
    return Limits(
        idle=timedelta(minutes=settings.IOP_IDLE_MINUTES),
        longest=timedelta(hours=settings.IOP_SESSION_HOURS),
    )


def _see(request: HttpRequest) -> None:
    now = timezone.now()
    if is_to_be_seen(request.session, now=now):
        device = {
            "ip": address_of(request) or "127.0.0.1",
            "user_agent": request.headers.get("User-Agent", "")[:200],
        }
        see_again(key=_key(request), device=device, now=now, by=_user(request))
        know(request.session, **seen_at(request.session, now))


def _lock(request: HttpRequest) -> None:
    if not request.session.get(LOCKED):
        lock_session(key=_key(request), how=LockedBy.IDLE, by=_user(request))
        know(request.session, **{LOCKED: True})


def _end(request: HttpRequest) -> None:
    """Make a stranger of whoever it was; the guards behind say where to sign in again."""
    user = _user(request)
    end_sessions(keys=[_key(request)], user=user, why=EndedBy.HOURS, by=user)
    logout(request)


def _refuse(request: HttpRequest, view: View) -> HttpResponse:
    """Answer with the page that asks who is there, or tell a script that it must wait."""
    if is_scripted(request):
        return HttpResponse(status=HTTPStatus.LOCKED)
    if request.method == "POST":
        keep_form(request, view)
        keep_alone(request.session, KEPT_FORM)
    return lock_page(request, page=request.get_full_path(), status=HTTPStatus.LOCKED)


def _key(request: HttpRequest) -> str:
    return request.session.session_key or ""


def _user(request: HttpRequest) -> User:
    return request.user  # type: ignore[return-value]
