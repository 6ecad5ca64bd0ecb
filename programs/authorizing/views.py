"""The authorizations of one person's episode: the page, and the form of one of them."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts.audit import write_audit
from accounts.keeping import NotKept
from programs.access import needs
from programs.authorizing import actions
from programs.authorizing.forms import AuthorizationForm
from programs.authorizing.page import authorizations_page
from programs.models import Program
from programs.person_frame import person_frame
from programs.plan.episodes import chosen_episode, episode_links
from programs.plan.here import Here, here_of
from programs.weeks import local_date
from programs.whose import episodes_of, participant_of

PAGE = "authorizations:authorizations"
Ids = uuid.UUID


@require_safe
@needs("authorizations.read")
def authorizations(request: HttpRequest, program: Program, participant_id: Ids) -> HttpResponse:
    """Show the authorizations of one episode, the latest where no other is asked for."""
    access = request.access  # type: ignore[attr-defined]
    person = participant_of(access, program, participant_id)
    episodes = episodes_of(person, program)
    episode = chosen_episode(episodes, request.GET.get("episode", ""))
    _audit_read(request, program, person.public_id)
    shown: dict[str, Any] = {"frame": person_frame(access, program, person, here=PAGE)}
    if episode:
        url = reverse(PAGE, args=[program.public_id, person.public_id])
        shown["page"] = authorizations_page(
            episode,
            links=episode_links(episodes, episode, url),
            can_edit=access.scope("authorizations.edit", program) is not None,
            today=local_date(timezone.now(), program.zone),
        )
    return render(request, "authorizations/authorizations.html", shown)


@sensitive_post_parameters("payer", "member_id", "number", "note")
@require_http_methods(["GET", "POST"])
@needs("authorizations.edit")
def new_authorization(
    request: HttpRequest, program: Program, participant_id: Ids, episode_id: Ids
) -> HttpResponse:
    """Put an authorization on record; what the last one said is filled in."""
    here = _here(request, program, participant_id, episode_id)
    form = AuthorizationForm(request.POST or None, enrollment=here.episode)

    def keep() -> str:
        facts = form.facts()
        actions.add_authorization(enrollment=here.episode, facts=facts, now=here.now, by=here.by)
        return _("The authorization is on record.")

    return _asked(request, here, form, keep)


@sensitive_post_parameters("payer", "member_id", "number", "note")
@require_http_methods(["GET", "POST"])
@needs("authorizations.edit")
def authorization(
    request: HttpRequest,
    program: Program,
    participant_id: Ids,
    episode_id: Ids,
    authorization_id: Ids,
) -> HttpResponse:
    """Change an authorization; what it said before stays in its history."""
    here = _here(request, program, participant_id, episode_id)
    row = get_object_or_404(here.episode.authorizations, public_id=authorization_id)
    form = AuthorizationForm(request.POST or None, enrollment=here.episode, row=row)

    def keep() -> str:
        actions.change_authorization(authorization=row, facts=form.facts(), by=here.by)
        return _("The authorization is saved.")

    return _asked(request, here, form, keep)


def _here(request: HttpRequest, program: Program, participant_id: Ids, episode_id: Ids) -> Here:
    return here_of(request, program, participant_id, episode_id, now=timezone.now(), page=PAGE)


def _asked(
    request: HttpRequest, here: Here, form: AuthorizationForm, keep: Callable[[], str]
) -> HttpResponse:
    """Keep what the form asks for, and say so; where it is refused, show it again."""
    if form.is_valid():
        try:
            messages.success(request, keep())
            return redirect(here.back)
        except NotKept as refused:
            form.add_refusal(refused)
    _audit_read(request, here.program, here.person.public_id)
    shown = {"frame": here.frame, "here": here, "form": form}
    return render(request, "authorizations/form.html", shown)


def _audit_read(request: HttpRequest, program: Program, participant_id: Ids) -> None:
    write_audit(
        "participant.read",
        by=request.user,  # type: ignore[arg-type]
        participant_id=participant_id,
        program_id=program.public_id,
        page="authorizations",
    )
