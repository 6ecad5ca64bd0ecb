"""The parts that the forms of consents, agreements and documents are made of."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.keeping import NotKept
from programs.models import ConsentPurpose, Document, HowTaken


def how_field(label: Any, ways: Iterable[HowTaken]) -> forms.ChoiceField:
    """Ask for one of the ways in which somebody may say so."""
    return forms.ChoiceField(
        label=label,
        choices=[(way.value, way.label) for way in ways],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose how"),
            "invalid_choice": _("Choose one of the ways listed"),
        },
    )


def text_field(
    label: Any, *, most: int, asked: Any, hint: Any = "", rows: int = 0
) -> forms.CharField:
    """Ask for a text of at most so many characters; `asked` is said where it is missing."""
    box = forms.Textarea({"rows": rows}) if rows else forms.TextInput({"autocomplete": "off"})
    return forms.CharField(
        label=label,
        max_length=most,
        required=bool(asked),
        help_text=hint,
        widget=box,
        error_messages={"required": asked},
    )


def date_field(label: Any, *, asked: Any = None, hint: Any = "") -> forms.DateField:
    """Ask for a date; `asked` is said where it is missing."""
    return forms.DateField(
        label=label,
        required=asked is not None,
        help_text=hint,
        input_formats=["%Y-%m-%d", "%m/%d/%Y"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": asked or "",
            "invalid": _("Enter a date, such as 11/25/2026"),
        },
    )


class RecordForm(forms.Form):
    """A form of one thing on record of a person."""

    def add_refusal(self, refused: NotKept) -> None:
        """Put the action's words at the fields they are about."""
        for field, words in refused.words.items():
            self.add_error(field if field in self.fields else None, [str(word) for word in words])


class KeyedForm(RecordForm):
    """A form that carries the public id of what it makes, so that it is made once."""

    key = forms.UUIDField(
        widget=forms.HiddenInput({"autocomplete": "off"}),
        error_messages=dict.fromkeys(("required", "invalid"), _("Open this page again")),
    )

    def __init__(self, data: Any = None, files: Any = None, **options: Any) -> None:
        super().__init__(data, files, initial={"key": uuid.uuid4(), **options})


class PurposesField(forms.MultipleChoiceField):
    """Offers what is open, and takes any: what somebody else settled meanwhile is no mistake."""

    def valid_value(self, value: str) -> bool:
        return value in ConsentPurpose.values


class DocumentField(forms.ModelChoiceField):
    """One of the documents offered; what is no public id at all is none of them either."""

    def to_python(self, value: Any) -> Document | None:
        try:
            return super().to_python(value)
        except forms.ValidationError as refused:
            words = self.error_messages["invalid_choice"]
            raise forms.ValidationError(words, code="invalid_choice") from refused

    def label_from_instance(self, document: Document) -> str:
        return f"{document.name} ({document.get_kind_display()})"
