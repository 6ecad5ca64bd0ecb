"""What somebody signed: an agreement is added, or revoked."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.uploads import takes_files_up_to, too_large
from programs.access import needs
from programs.agreements.actions import add_agreement, revoke_agreement
from programs.agreements.forms import FORMS, AgreementForm, RevokeForm
from programs.agreements.page import agreement_row
from programs.agreements.papers import agreements_of, documents_of
from programs.agreements.views.shown import Visit, is_kept, posted, visit
from programs.models import AgreementKind, Program
from programs.models.document import LARGEST
from programs.weeks import local_date


@takes_files_up_to(LARGEST)
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@needs("participants.edit")
def new_program_agreement(
    request: HttpRequest, program: Program, participant_id: uuid.UUID
) -> HttpResponse:
    """Add the program's agreement."""
    return _new(visit(request, program, participant_id), AgreementKind.PROGRAM)


@takes_files_up_to(LARGEST)
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@needs("participants.edit")
def new_telehealth(
    request: HttpRequest, program: Program, participant_id: uuid.UUID
) -> HttpResponse:
    """Add an agreement to take part by video."""
    return _new(visit(request, program, participant_id), AgreementKind.TELEHEALTH)


@takes_files_up_to(LARGEST)
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@needs("participants.edit")
def new_release(request: HttpRequest, program: Program, participant_id: uuid.UUID) -> HttpResponse:
    """Add a release of information."""
    return _new(visit(request, program, participant_id), AgreementKind.RELEASE)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("participants.edit")
def revoke(
    request: HttpRequest, program: Program, participant_id: uuid.UUID, agreement_id: uuid.UUID
) -> HttpResponse:
    """Revoke an agreement; it takes effect at once."""
    visited = visit(request, program, participant_id)
    found = get_object_or_404(agreements_of(visited.person), public_id=agreement_id)
    form, now = RevokeForm(posted(request)), timezone.now()

    def keep() -> None:
        revoke_agreement(agreement=found, how=form.cleaned_data["how"], **visited.who, now=now)

    row = agreement_row(found, local_date(now, program.zone), program.zone)
    if not row.may_revoke:
        return visited.done(_("This agreement is not in force any more."))
    if is_kept(form, keep):
        return visited.done(_("The agreement is revoked. It takes effect at once."))
    return visited.shown("agreements/revoke.html", "agreement", form=form, row=row)


def _new(visited: Visit, kind: AgreementKind) -> HttpResponse:
    form, now = _form(visited, kind), timezone.now()

    def keep() -> None:
        add_agreement(
            person=visited.person,
            facts=form.facts(),
            paper=form.the_paper(),
            public_id=form.cleaned_data["key"],
            **visited.who,
            now=now,
        )

    if is_kept(form, keep):
        return visited.done(_("The agreement is on record."))
    return visited.shown("agreements/new.html", "agreement", form=form, kind=kind)


def _form(visited: Visit, kind: AgreementKind) -> AgreementForm:
    sent = (visited.request.POST, visited.request.FILES) if visited.request.method == "POST" else ()
    return FORMS[kind](
        *sent,
        today=local_date(timezone.now(), visited.program.zone),
        documents=documents_of(visited.person).on_record(),
        too_large=too_large(visited.request),
    )
