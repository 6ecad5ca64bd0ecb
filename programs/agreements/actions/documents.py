"""What changes about the documents of a person: one is uploaded, or taken off the record."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass
from datetime import datetime

import structlog
from django.core.exceptions import NON_FIELD_ERRORS
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.audit import write_audit
from accounts.keeping import NotKept, keep
from accounts.models import User
from programs.agreements.files import none_left_behind, write_file
from programs.agreements.papers import documents_of
from programs.models import Document, Participant, Program

MADE_ALREADY = _("This form has been saved already. Open the page again to add something else.")
log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Paper:
    """A file to be kept: its bytes, checked to be what `content_type` says, and its name."""

    content: bytes
    content_type: str
    name: str
    kind: str


def add_document(
    *,
    person: Participant,
    paper: Paper,
    public_id: uuid.UUID,
    program: Program,
    now: datetime,
    by: User | None,
) -> Document:
    """Keep the file and its row, or neither. The same `public_id` sent twice makes one document.

    The bytes lie encrypted and whole before the row is written. Raises NotKept.
    """
    with none_left_behind() as written, transaction.atomic():
        kept = Participant.objects.select_for_update(no_key=True).get(pk=person.pk)
        if known := documents_of(kept).filter(public_id=public_id).first():
            return _the_same(known, paper)
        written.append(_written(paper.content))
        document = _row(paper, stored_name=written[0])
        document.public_id, document.participant = public_id, kept
        document.uploaded_at, document.uploaded_by = now, by
        keep(document)
        _audit("document.added", document, program, by, kind=document.kind)
    return document


@transaction.atomic
def withdraw_document(
    *, document: Document, reason: str, program: Program, now: datetime, by: User | None
) -> bool:
    """Take the document off the record and return whether that is news. Its bytes stay."""
    stored = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    if stored.withdrawn_at:
        return False
    stored.withdrawn_at, stored.withdrawn_by, stored.withdrawn_reason = now, by, reason
    stored.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    _audit("document.withdrawn", stored, program, by, kind=stored.kind)
    return True


def _row(paper: Paper, *, stored_name: str) -> Document:
    return Document(
        kind=paper.kind,
        name=paper.name,
        stored_name=stored_name,
        content_type=paper.content_type,
        size_bytes=len(paper.content),
        sha256=_digest(paper),
    )


def _the_same(known: Document, paper: Paper) -> Document:
    """Return the document that the form has made already; another file needs another form."""
    if (known.sha256, known.kind) != (_digest(paper), paper.kind):
        raise NotKept({NON_FIELD_ERRORS: [MADE_ALREADY]})
    return known


def _digest(paper: Paper) -> str:
    return hashlib.sha256(paper.content).hexdigest()


def _written(content: bytes) -> str:
    """Write the bytes; where the disk does not take them, say so in words."""
    try:
        return write_file(content)
    except OSError as failed:
        log.error("document_not_written", errno=failed.errno)
        words = _("The server could not keep the file. Tell whoever looks after it.")
        raise NotKept({"paper": [words]}) from failed


def _audit(verb: str, document: Document, program: Program, by: User | None, *, kind: str) -> None:
    write_audit(
        verb,
        by=by,
        subject=document,
        participant_id=document.participant.public_id,
        program_id=program.public_id,
        kind=kind,
        size_bytes=document.size_bytes,
    )
