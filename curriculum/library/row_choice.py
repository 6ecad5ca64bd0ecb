"""A choice among rows, by their public ids."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.db.models import Model, QuerySet


class RowChoice(forms.ModelChoiceField):
    """One of the rows offered; what is no public id at all is none of them either."""

    def __init__(self, rows: QuerySet, *, named: Callable[[Any], str] = str, **options: Any):
        super().__init__(rows, to_field_name="public_id", **options)
        self.named = named

    def to_python(self, value: Any) -> Model | None:
        try:
            return super().to_python(value)
        except forms.ValidationError as refused:
            words = self.error_messages["invalid_choice"]
            raise forms.ValidationError(words, code="invalid_choice") from refused

    def label_from_instance(self, row: Any) -> str:
        return self.named(row)
