"""A document's bytes as they were uploaded, and the neutral name they leave the house under."""

from __future__ import annotations

import hashlib
import hmac
from zoneinfo import ZoneInfo

from programs.agreements.files import CannotOpen, read_file
from programs.models import Document
from programs.models.document import ContentType
from programs.weeks import local_date

SUFFIX = {ContentType.PDF: "pdf", ContentType.JPEG: "jpg", ContentType.PNG: "png"}


def open_document(document: Document) -> bytes:
    """Return the document's bytes. Raises CannotOpen where they are gone or are not the same."""
    content = read_file(document.stored_name)
    if not hmac.compare_digest(hashlib.sha256(content).hexdigest(), document.sha256):
        raise CannotOpen
    return content


def file_name(document: Document, zone: ZoneInfo) -> str:
    """Return a name that says nothing of anybody, such as document-2026-11-25.pdf."""
    day = local_date(document.uploaded_at, zone)
    return f"document-{day.isoformat()}.{SUFFIX[ContentType(document.content_type)]}"
