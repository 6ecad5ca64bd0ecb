"""What is asked to bring a library in: the file, and what is new in what it changes."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from curriculum.models import LessonVersion

# A library of a thousand lessons with all their words is half of it.
LARGEST = 1_000_000  # bytes
A_FILE = gettext_lazy("Choose a curriculum.csv")


class LibraryForm(forms.Form):
    """The file; once it was looked at, its bytes are kept on the page with what was shown."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("A curriculum.csv, as it is downloaded here, of at most 1 MB."),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )
    note = forms.CharField(
        label=gettext_lazy("What is new (optional)"),
        help_text=gettext_lazy("It stands beside each new version of a lesson."),
        required=False,
        max_length=LessonVersion._meta.get_field("change_note").max_length,
    )
    kept = forms.CharField(required=False, widget=forms.HiddenInput)
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Take the file that was chosen now, or the one that was looked at before."""
        cleaned = super().clean() or self.cleaned_data
        upload: UploadedFile | None = cleaned.get("file")
        if upload and (upload.size or 0) > LARGEST:
            self.add_error("file", _("The file is larger than 1 MB. Choose another."))
        elif upload:
            cleaned["content"] = upload.read()
        elif cleaned.get("kept"):
            self._take_kept(cleaned)
        elif "file" not in self.errors:
            self.add_error("file", str(A_FILE))
        return cleaned

    def _take_kept(self, cleaned: dict[str, Any]) -> None:
        try:
            cleaned["content"] = base64.b64decode(cleaned["kept"], validate=True)
        except (binascii.Error, ValueError):
            self.add_error("file", str(A_FILE))


def as_kept(content: bytes) -> str:
    """Return the bytes as a page keeps them between looking and saving."""
    return base64.b64encode(content).decode()
