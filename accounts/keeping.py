"""Keeps a row that the database would take; else says why not, in words, by field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import Error, models

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class NotKept(Exception):
    """Why not, in words, by the field of the row where it can be put right."""

    def __init__(self, words: Mapping[str, Iterable[StrOrPromise]]) -> None:
        super().__init__(words)
        self.words = words


def check(row: models.Model, *, otherwise: str = NON_FIELD_ERRORS) -> None:
    """Let the row be what the database would take, without saving it. Raises NotKept."""
    try:
        row.full_clean()
    except ValidationError as refused:
        words = dict(refused.message_dict)
        if whole := words.pop(NON_FIELD_ERRORS, []):
            words[otherwise] = [*words.get(otherwise, []), *whole]
        raise NotKept(words) from refused


def keep(row: models.Model, *, otherwise: str = NON_FIELD_ERRORS) -> None:
    """Save the row; words of the whole row go to the field `otherwise`. Raises NotKept."""
    check(row, otherwise=otherwise)
    row.save()


def refused_by(error: Error) -> str:
    """Return the name of the constraint or trigger that PostgreSQL gave as its reason; else ""."""
    return getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""
