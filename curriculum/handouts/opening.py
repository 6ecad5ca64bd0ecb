"""A handout as it is opened: the file's bytes, or our own page as a PDF, and a name for it."""

from __future__ import annotations

import hashlib
import hmac

from django.utils.text import slugify

from curriculum.handouts.pdf import page_pdf
from curriculum.models import Handout, HandoutKind
from programs.agreements.files import CannotOpen, read_file
from programs.agreements.opening import SUFFIX
from programs.models.document import ContentType


def open_handout(handout: Handout) -> tuple[bytes, str]:
    """Return the handout's bytes and what they are.

    Raises CannotOpen where a file is gone or is not the same as was uploaded.
    """
    if handout.kind == HandoutKind.PAGE:
        made_at = handout.added_at
        return page_pdf(handout.name, handout.text, made_at=made_at), ContentType.PDF.value
    content = read_file(handout.stored_name)
    if not hmac.compare_digest(hashlib.sha256(content).hexdigest(), handout.sha256):
        raise CannotOpen
    return content, handout.content_type


def file_name(handout: Handout, content_type: str) -> str:
    """Return the name a handout is saved under, such as my-week.pdf."""
    return f"{slugify(handout.name)[:60] or 'handout'}.{SUFFIX[ContentType(content_type)]}"
