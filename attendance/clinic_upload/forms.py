"""What is sent: a zip, single files, or a whole folder's."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from attendance.clinic_upload.limits import LARGEST_FILE, LARGEST_IN_ALL, MB


class Files(forms.ClearableFileInput):
    """A box for several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; also empty ones, of which the check says more."""

    widget = Files

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        sent = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(each, initial) for each in sent if each]


class UploadForm(forms.Form):
    """The clinic folder, by either of two boxes."""

    chosen = FilesField(
        label=gettext_lazy("Zip or files"),
        help_text=gettext_lazy("One zip of the folder, or clinic.toml and the spreadsheets."),
        required=False,
        allow_empty_file=True,
        widget=Files(attrs={"accept": ".zip,.csv,.toml"}),
    )
    folder = FilesField(
        label=gettext_lazy("Or the folder itself"),
        help_text=gettext_lazy("With all its files. Not every phone can send a folder."),
        required=False,
        allow_empty_file=True,
        widget=Files(attrs={"webkitdirectory": True}),
    )

    def __init__(self, *args: Any, thrown_away: Collection[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.thrown_away = thrown_away

    def clean(self) -> dict[str, Any]:
        if self.thrown_away:
            words = _("A file is larger than %(one)d MB, or all are larger than %(all)d MB.")
            limits = {"one": LARGEST_FILE // MB, "all": LARGEST_IN_ALL // MB}
            self.add_error("chosen", words % limits)
        return self.cleaned_data

    def sent(self) -> list[UploadedFile]:
        """Return the files of both boxes."""
        return [*self.cleaned_data["chosen"], *self.cleaned_data["folder"]]
