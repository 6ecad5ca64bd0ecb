"""Keeps a row, and puts the words of each constraint at the field where it can be put right."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.exceptions import NON_FIELD_ERRORS
from django.db import models

from accounts.keeping import NotKept, keep


def keep_at(row: models.Model, places: Mapping[str, str]) -> None:
    """Save the row; `places` names a field for a constraint. Raises NotKept."""
    try:
        keep(row)
    except NotKept as refused:
        raise NotKept(_at_fields(row, refused, places)) from refused


def _at_fields(
    row: models.Model, refused: NotKept, places: Mapping[str, str]
) -> dict[str, list[str]]:
    words = {name: [str(each) for each in said] for name, said in refused.words.items()}
    field_of = {
        str(each.violation_error_message): places[each.name]
        for each in row._meta.constraints
        if each.name in places
    }
    for said in words.pop(NON_FIELD_ERRORS, []):
        words.setdefault(field_of.get(said, NON_FIELD_ERRORS), []).append(said)
    return words
