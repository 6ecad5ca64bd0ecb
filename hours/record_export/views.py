"""One participant's whole record, to read and for other systems."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.audit import write_audit
from hours.record_export.fhir.bundle import bundle_of
from hours.record_export.paper import pdf_of
from hours.record_export.record import whole_record
from programs.access import needs
from programs.disclosing.grounds import TO_PARTICIPANT
from programs.disclosing.leaving import leaves
from programs.models import Participant, Program
from programs.person_frame import person_frame
from programs.table_file import file_answer
from programs.whose import participant_of

HERE = "record:record"


@require_safe
@needs("records.export")
def record(request: HttpRequest, program: Program, participant_id: uuid.UUID) -> HttpResponse:
    """Offer the record as a PDF, as JSON and as FHIR."""
    access = request.access  # type: ignore[attr-defined]
    person = participant_of(access, program, participant_id)
    found = whole_record(person, program, now=timezone.now())
    frame = person_frame(access, program, person, here=HERE)
    return render(request, "record/record.html", {"frame": frame, "record": found})


def _json(content: dict[str, Any]) -> bytes:
    return json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1).encode()


def _as_pdf(person: Participant, program: Program, now: datetime) -> bytes:
    return pdf_of(whole_record(person, program, now=now))


def _as_json(person: Participant, program: Program, now: datetime) -> bytes:
    return _json(whole_record(person, program, now=now).as_json())


def _as_fhir(person: Participant, program: Program, now: datetime) -> bytes:
    return _json(bundle_of(person, program, now=now))


def _file(
    request: HttpRequest,
    program: Program,
    participant_id: uuid.UUID,
    *,
    kind: str,
    made: Callable[[Participant, Program, datetime], bytes],
) -> HttpResponse:
    """Hand the record out, and put it on the trail."""
    access = request.access  # type: ignore[attr-defined]
    person = participant_of(access, program, participant_id)
    request.leaving.holds([person.public_id])  # type: ignore[attr-defined]
    with timezone.override(program.zone):
        content = made(person, program, timezone.now())
    whose = {"participant_id": person.public_id, "program_id": program.public_id}
    write_audit("record.exported", by=access.user, subject=person, kind=kind, **whose)
    return file_answer(content, name="record", kind=kind)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("records.export")
@leaves(_("Whole record, PDF"), usually=TO_PARTICIPANT)
def as_pdf(request: HttpRequest, program: Program, participant_id: uuid.UUID) -> HttpResponse:
    """Hand out the record to read."""
    return _file(request, program, participant_id, kind="pdf", made=_as_pdf)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("records.export")
@leaves(_("Whole record, JSON"), usually=TO_PARTICIPANT)
def as_json(request: HttpRequest, program: Program, participant_id: uuid.UUID) -> HttpResponse:
    """Hand out the record as JSON."""
    return _file(request, program, participant_id, kind="json", made=_as_json)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("records.export")
@leaves(_("Record for other systems, FHIR R4"), usually=TO_PARTICIPANT)
def as_fhir(request: HttpRequest, program: Program, participant_id: uuid.UUID) -> HttpResponse:
    """Hand out the record as a FHIR R4 bundle."""
    return _file(request, program, participant_id, kind="fhir.json", made=_as_fhir)
