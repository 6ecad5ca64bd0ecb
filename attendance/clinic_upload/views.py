"""A clinic folder sent from the browser: taken in, looked at, then imported or dropped."""

from __future__ import annotations

import uuid
from contextlib import suppress

from celery import Task
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from kombu.exceptions import OperationalError

from accounts.uploads import takes_files_up_to, too_large
from attendance import tasks
from attendance.clinic_upload import expected
from attendance.clinic_upload.actions.receiving import (
    CannotDecide,
    apply_upload,
    drop_upload,
    receive_upload,
)
from attendance.clinic_upload.forms import UploadForm
from attendance.clinic_upload.limits import LARGEST_FILE, LARGEST_IN_ALL, MB, CannotUpload
from attendance.clinic_upload.page import upload_page, uploads_page
from attendance.models import ClinicUpload
from programs.access import needs
from programs.models import Program


@takes_files_up_to(LARGEST_FILE, in_all=LARGEST_IN_ALL + MB)
@require_http_methods(["GET", "HEAD", "POST"])
@needs("clinic.import")
def uploads(request: HttpRequest, program: Program) -> HttpResponse:
    """Take a clinic folder in, and list one's own."""
    form = UploadForm()
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES, thrown_away=too_large(request))
        if sent := _received(request, form):
            return redirect("uploads:upload", program.public_id, sent.public_id)
    found = ClinicUpload.objects.visible_to(request.user)  # type: ignore[arg-type]
    page = uploads_page(program=program, form=form, uploads=found)
    with timezone.override(program.zone):
        return render(request, "uploads/uploads.html", {"page": page})


@require_safe
@needs("clinic.import")
def empty_folder(request: HttpRequest, program: Program) -> HttpResponse:
    """Give an empty clinic folder to fill in."""
    headers = {"Content-Disposition": 'attachment; filename="clinic-folder.zip"'}
    return HttpResponse(expected.empty_folder(), content_type="application/zip", headers=headers)


@require_safe
@needs("clinic.import")
def upload(request: HttpRequest, program: Program, upload_id: uuid.UUID) -> HttpResponse:
    """Show how far an upload is, and what it would change or what is wrong in it."""
    page = upload_page(program=program, upload=_found(request, upload_id))
    if request.htmx and request.GET.get("seen") == page.seen:  # type: ignore[attr-defined]
        return HttpResponse(status=204)
    template = "uploads/state.html" if request.htmx else "uploads/upload.html"  # type: ignore[attr-defined]
    with timezone.override(program.zone):
        return render(request, template, {"page": page})


@require_POST
@needs("clinic.import")
def apply(request: HttpRequest, program: Program, upload_id: uuid.UUID) -> HttpResponse:
    """Have the upload imported."""
    found = _found(request, upload_id)
    try:
        apply_upload(upload=found, by=request.user)  # type: ignore[arg-type]
        _hurry(tasks.import_uploads)
    except CannotDecide as refused:
        messages.warning(request, str(refused))
    return redirect("uploads:upload", program.public_id, upload_id)


@require_POST
@needs("clinic.import")
def drop(request: HttpRequest, program: Program, upload_id: uuid.UUID) -> HttpResponse:
    """Drop the upload and remove its files."""
    found = _found(request, upload_id)
    try:
        drop_upload(upload=found, now=timezone.now(), by=request.user)  # type: ignore[arg-type]
    except CannotDecide as refused:
        messages.warning(request, str(refused))
        return redirect("uploads:upload", program.public_id, upload_id)
    messages.success(request, _("The upload is dropped. Nothing was imported."))
    return redirect("uploads:uploads", program.public_id)


def _found(request: HttpRequest, upload_id: uuid.UUID) -> ClinicUpload:
    mine = ClinicUpload.objects.visible_to(request.user)  # type: ignore[arg-type]
    return get_object_or_404(mine, public_id=upload_id)


def _received(request: HttpRequest, form: UploadForm) -> ClinicUpload | None:
    """Take in what the form holds; where that is refused, the words go to the form."""
    if not form.is_valid():
        return None
    try:
        sent = receive_upload(files=form.sent(), now=timezone.now(), by=request.user)  # type: ignore[arg-type]
    except CannotUpload as refused:
        form.add_error("chosen", str(refused))
        return None
    _hurry(tasks.check_uploads)
    return sent


def _hurry(task: Task) -> None:
    """Have the task run at once. With the broker away, the clock runs it within a minute."""
    with suppress(OperationalError):
        task.delay_on_commit()
