"""The field a file is chosen in: it takes a whole PDF, JPEG or PNG of at most 10 MB."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from programs.agreements.file_kinds import SUFFIXES, NotTaken, kind_of_file
from programs.models.document import LARGEST, ContentType

LONGEST_NAME = 120
TOO_LARGE = _("The file is larger than 10 MB. Scan it in gray, or in parts.")


@dataclass(frozen=True)
class Scan:
    """A file that was taken: its bytes, what they are, and its own name."""

    content: bytes
    content_type: ContentType
    name: str


class PaperField(forms.FileField):
    """Cleans to a Scan, or to nothing where none is asked for."""

    widget = forms.FileInput({"accept": ",".join([*SUFFIXES, *ContentType.values])})

    def __init__(self, **options: Any) -> None:
        words = {
            "required": _("Choose a file"),
            "invalid": _("Choose a file"),
            "missing": _("Choose a file"),
            "empty": _("The file is empty. Choose another."),
        }
        hint = _("PDF, JPEG or PNG, at most 10 MB.")
        super().__init__(help_text=hint, error_messages=words, **options)
        # Thrown away while it came in, so that there is no file to look at.
        self.is_too_large = False

    def clean(self, data: Any, initial: Any = None) -> Scan | None:
        """Return the file as it is kept; its bytes are read only where it is not too large."""
        if self.is_too_large:
            raise forms.ValidationError(TOO_LARGE, code="too_large")
        upload: UploadedFile | None = super().clean(data, initial)
        if not upload:
            return None
        if (upload.size or 0) > LARGEST:
            raise forms.ValidationError(TOO_LARGE, code="too_large")
        content, name = upload.read(), upload.name or ""
        try:
            return Scan(content, kind_of_file(content, name), name[:LONGEST_NAME])
        except NotTaken as refused:
            raise forms.ValidationError(str(refused), code="not_taken") from refused
