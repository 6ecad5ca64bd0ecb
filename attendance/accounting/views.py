"""Hands out the accounting of disclosures, which itself is one to the participant."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from accounts.audit import write_audit
from attendance.accounting.paper import Request, accounting_paper
from attendance.papers.setting import pdf_of
from programs.access import needs
from programs.disclosing.grounds import TO_PARTICIPANT
from programs.disclosing.leaving import leaves
from programs.disclosing.reading import about, left_of
from programs.models import Program
from programs.table_file import file_answer
from programs.whose import participant_of


@require_http_methods(["GET", "HEAD", "POST"])
@needs("disclosures.read")
@leaves(_("Accounting of disclosures"), usually=TO_PARTICIPANT)
def accounting(request: HttpRequest, program: Program, participant_id: uuid.UUID) -> HttpResponse:
    """Hand out what was told to whom, in the participant's language; put it on the trail."""
    access = request.access  # type: ignore[attr-defined]
    person = participant_of(access, program, participant_id)
    request.leaving.holds([person.public_id])  # type: ignore[attr-defined]
    found = list(about(left_of(program, access.user), person))
    with timezone.override(program.zone), translation.override(person.language):
        asked = Request(program, person, access.user, timezone.now())
        content = pdf_of(accounting_paper(asked, found))
    write_audit(
        "accounting.exported",
        by=access.user,
        participant_id=person.public_id,
        program_id=program.public_id,
        rows=len(found),
    )
    return file_answer(content, name="accounting-of-disclosures", kind="pdf")
