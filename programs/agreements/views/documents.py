"""Papers on record of somebody: one is uploaded, downloaded, or taken off the record."""

from __future__ import annotations

import uuid

import structlog
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.audit import write_audit
from accounts.uploads import takes_files_up_to, too_large
from programs.access import needs
from programs.agreements.actions import add_document, withdraw_document
from programs.agreements.files import CannotOpen
from programs.agreements.forms import DocumentForm, WithdrawForm
from programs.agreements.opening import file_name, open_document
from programs.agreements.papers import documents_of
from programs.agreements.views.shown import is_kept, posted, visit
from programs.disclosing.leaving import leaves
from programs.models import Program
from programs.models.document import LARGEST

log = structlog.get_logger(__name__)


@takes_files_up_to(LARGEST)
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@needs("participants.edit")
def new(request: HttpRequest, program: Program, participant_id: uuid.UUID) -> HttpResponse:
    """Upload a document."""
    visited = visit(request, program, participant_id)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = DocumentForm(*sent, too_large=too_large(request))

    def keep() -> None:
        sent = {"paper": form.the_paper(), "public_id": form.cleaned_data["key"]}
        add_document(person=visited.person, **sent, **visited.who, now=timezone.now())

    if is_kept(form, keep):
        return visited.done(_("The document is on record."))
    return visited.shown("agreements/new_document.html", "document", form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("participants.read")
@leaves(_lazy("A document on record"))
def download(
    request: HttpRequest, program: Program, participant_id: uuid.UUID, document_id: uuid.UUID
) -> HttpResponse:
    """Give the document's bytes as a download, and put it on the trail."""
    visited = visit(request, program, participant_id)
    document = get_object_or_404(documents_of(visited.person).on_record(), public_id=document_id)
    try:
        content = open_document(document)
    except CannotOpen:
        log.error("document_cannot_be_opened", document=str(document.public_id))
        return visited.not_found("agreements/cannot_open.html")
    request.leaving.holds([visited.person.public_id])  # type: ignore[attr-defined]
    write_audit("document.read", by=request.user, subject=document, **visited.ids)  # type: ignore[arg-type]
    name = file_name(document, program.zone)
    return HttpResponse(content, content_type=document.content_type, headers=_as_download(name))


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@needs("participants.edit")
def withdraw(
    request: HttpRequest, program: Program, participant_id: uuid.UUID, document_id: uuid.UUID
) -> HttpResponse:
    """Take a document off the record, with the reason."""
    visited = visit(request, program, participant_id)
    document = get_object_or_404(documents_of(visited.person), public_id=document_id)
    form = WithdrawForm(posted(request))

    def keep() -> None:
        reason = form.cleaned_data["reason"]
        withdraw_document(document=document, reason=reason, **visited.who, now=timezone.now())

    if document.withdrawn_at:
        return visited.done(_("This document is off the record already."))
    if is_kept(form, keep):
        return visited.done(_("The document is off the record."))
    return visited.shown(
        "agreements/withdraw_document.html", "document", form=form, document=document
    )


def _as_download(name: str) -> dict[str, str]:
    return {
        "Content-Disposition": f'attachment; filename="{name}"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
