"""How a test says that the database, or a form, refuses a row."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction


@contextmanager
def refused(constraint: str) -> Iterator[None]:
    """Expect the database to refuse what the block does, naming this constraint."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        yield
    assert refused_by(caught.value) == constraint


def refused_by(error: IntegrityError) -> str | None:
    """Return the name of the constraint or trigger that PostgreSQL gave as its reason."""
    return error.__cause__.diag.constraint_name  # type: ignore[union-attr]


def explains(row: models.Model, constraint: str, **changes: Any) -> None:
    """Check that a form would refuse the row, changed so, in the constraint's own words.

    A constraint without words of its own guards choices, of which the field itself speaks.
    """
    for name, value in changes.items():
        setattr(row, name, value)
    with pytest.raises(ValidationError) as caught:
        row.full_clean()
    words = next(each for each in row._meta.constraints if each.name == constraint)
    if words.violation_error_message == words.default_violation_error_message:
        assert set(changes) & set(caught.value.error_dict)
    else:
        assert str(words.violation_error_message) in caught.value.messages
