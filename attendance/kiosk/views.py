"""The kiosk in the browser: who is here, how they are, thank you; and the way in and out."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from attendance.check_ins.actions import NotOnSheet, ReadOnlySheet
from attendance.check_ins.whose import WRITE, session_of
from attendance.kiosk import mode
from attendance.kiosk.actions import HasCheckIn, NotOpen, check_in_alone, leave_kiosk, start_kiosk
from attendance.kiosk.forms import HereForm, KioskForm, LanguageForm, LeaveForm
from attendance.kiosk.limits import forget_passwords, may_try_name, may_try_password
from attendance.kiosk.middleware import HERE
from attendance.kiosk.people import answering, find
from attendance.kiosk.questions import questions_of
from attendance.kiosk.screen import open_session_for, say, session_for
from attendance.models import YesNo
from attendance.teaching.homework import homework_at
from groups.models import GroupSession
from programs.access import needs
from programs.models import Participant, Program

FORM = ["GET", "HEAD", "POST"]
WAIT = gettext_lazy("Please wait a minute, then try again.")
# The same words whoever it is, and whether or not they are on the sheet.
ASK = gettext_lazy("Please ask the facilitator to help you check in.")


@require_POST
@needs(WRITE)
def start(request: HttpRequest, program: Program, session_id: uuid.UUID) -> HttpResponse:
    """Make this browser a kiosk for the session."""
    access = request.access  # type: ignore[attr-defined]
    session = session_of(access, program, session_id, action=WRITE)
    try:
        start_kiosk(session=session, now=timezone.now(), by=access.user)
    except NotOpen:
        messages.error(request, _("Nobody checks in here now, so the kiosk stays closed."))
        return redirect("sheet:sheet", program.public_id, session.public_id)
    mode.open_kiosk(request.session, session)
    response = redirect(HERE)
    # What was shown before goes also from what the browser keeps for Back.
    response["Clear-Site-Data"] = '"cache"'
    return response


@sensitive_post_parameters()
@require_http_methods(FORM)
@needs(WRITE)
def here(request: HttpRequest) -> HttpResponse:
    """Ask who is here; whoever was asked before is forgotten."""
    mode.forget(request.session)
    kiosk = mode.kiosk_of(request.session)
    if kiosk is None:
        return redirect("home")
    session = _session(request, kiosk, is_open=True)
    if session is None:
        return say(request, "kiosk/closed.html", {}, status=409)
    form = HereForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _ask_who(request, form, status=422 if form.is_bound else 200)
    if not may_try_name(kiosk.id):
        return _ask_who(request, form, WAIT, status=429)
    found = find(session, **form.cleaned_data)
    if found is None:
        return _ask_who(request, form, ASK, status=422)
    mode.let_answer(request.session, found, timezone.now())
    return redirect("kiosk:answers")


@sensitive_post_parameters()
@require_http_methods(FORM)
@needs(WRITE)
def answers(request: HttpRequest) -> HttpResponse:
    """Ask the person how they are, and keep what they answer."""
    kiosk, is_sent = mode.kiosk_of(request.session), request.method == "POST"
    # What is sent after the sheet was signed stays on the screen, to be shown to somebody.
    session = _session(request, kiosk, is_open=not is_sent) if kiosk else None
    key = mode.who_answers(request.session, timezone.now())
    person = answering(session, key, has_answered=is_sent) if session and key else None
    if session is None or person is None:
        # Sent twice: the first one has been thanked for.
        is_thanked = is_sent and mode.thanks_of(request.session)
        return redirect("kiosk:thanks" if is_thanked else HERE)
    practice = homework_at(session, person)
    form = KioskForm(request.POST if is_sent else None, practice=practice)
    with translation.override(person.kept.language):
        if not form.is_valid():
            return _ask(request, person, form, status=422 if is_sent else 200)
        if form.is_blank:
            form.add_error(None, _("Nothing is answered yet. Answer at least one question."))
            return _ask(request, person, form, status=422)
        return _keep(request, session, person, form)


@require_safe
@needs(WRITE)
def thanks(request: HttpRequest) -> HttpResponse:
    """Thank whoever has just answered; the screen then goes back to asking who is here."""
    thanks = mode.thanks_of(request.session)
    if thanks is None:
        return redirect(HERE)
    return say(request, "kiosk/thanks.html", {"thanks": thanks}, language=thanks.language)


@sensitive_post_parameters()
@require_http_methods(FORM)
@needs(WRITE)
def leave(request: HttpRequest) -> HttpResponse:
    """Ask for the password of who opened the kiosk, and lead back to the sheet."""
    kiosk, user = mode.kiosk_of(request.session), _user(request)
    if kiosk is None:
        return redirect("home")
    form = LeaveForm(request.POST if request.method == "POST" else None)
    is_waiting = form.is_valid() and not may_try_password(user.pk)
    if form.is_valid() and not is_waiting and form.is_right(user):
        return _left(request, kiosk, user)
    status = 429 if is_waiting else 422 if form.errors else 200
    shown = {"form": form, "is_waiting": is_waiting, "has_password": user.has_usable_password()}
    return say(request, "kiosk/leave.html", shown, status=status)


def _left(request: HttpRequest, kiosk: mode.Kiosk, user: User) -> HttpResponse:
    access = request.access  # type: ignore[attr-defined]
    leave_kiosk(session=session_for(access, kiosk), by=user)
    forget_passwords(user.pk)
    mode.close_kiosk(request.session)
    return redirect("sheet:sheet", kiosk.program, kiosk.session)


def _keep(
    request: HttpRequest, session: GroupSession, person: Participant, form: KioskForm
) -> HttpResponse:
    """Keep the answers and thank; where they cannot be kept, they stay to be shown to somebody."""
    said, now, by = form.answers(), timezone.now(), _user(request)
    try:
        check_in_alone(
            session=session,
            participant=person,
            answers=said,
            practiced=form.practiced(),
            now=now,
            by=by,
        )
    except (HasCheckIn, ReadOnlySheet, NotOnSheet):
        form.add_error(None, _("This could not be saved. Please show the facilitator this screen."))
        return _ask(request, person, form, status=409)
    mode.thank(request.session, mode.Thanks(person.kept.language, is_safety=said.says_yes))
    return redirect("kiosk:thanks")


def _ask(
    request: HttpRequest, person: Participant, form: KioskForm, *, status: int
) -> HttpResponse:
    known, is_sent = person.kept, form.is_bound
    shown = {
        "form": form,
        "questions": questions_of(form),
        "name": known.preferred_name or known.first_name,
        # Whether or not it could be saved: what to do about it stands on the screen.
        "is_safety": is_sent and form.data.get("safety") == YesNo.YES,
    }
    return say(request, "kiosk/answers.html", shown, language=known.language, status=status)


def _ask_who(
    request: HttpRequest, form: HereForm, wrong: str | Promise = "", *, status: int
) -> HttpResponse:
    language = LanguageForm(request.GET).wanted()
    shown = {"form": form, "wrong": wrong, "language": language}
    return say(request, "kiosk/here.html", shown, language=language, status=status)


def _session(request: HttpRequest, kiosk: mode.Kiosk, *, is_open: bool) -> GroupSession | None:
    access = request.access  # type: ignore[attr-defined]
    return (
        open_session_for(access, kiosk, timezone.now()) if is_open else session_for(access, kiosk)
    )


def _user(request: HttpRequest) -> User:
    return request.user  # type: ignore[return-value]
