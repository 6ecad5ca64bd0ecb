"""The cells of curriculum.csv and lessons.csv that come back exactly as they were taken along."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from attendance.clinic_folder.cells import Cell, Wrong, text
from curriculum.files.cells import paths_of, unguarded, values_of


def named(model: type[models.Model]) -> Cell:
    """The name of a track, module or lesson."""
    return _plain(text(model, "name").read)


def exact(model: type[models.Model], field: str) -> Cell:
    """Words with the spaces and lines they have."""
    return _plain(text(model, field).read)


def values(model: type[models.Model], field: str) -> Cell:
    """Several values, one a line."""
    longest = model._meta.get_field(field).base_field.max_length  # type: ignore[union-attr]

    def read(value: str) -> tuple[str, ...]:
        found = values_of(value)
        if any(len(each) > longest for each in found):
            raise Wrong(_("at most %(longest)d characters a line") % {"longest": longest})
        return found

    return _plain(read)


def _paths(value: str) -> frozenset[tuple[str, ...]]:
    found = paths_of(value)
    if any(len(path) not in (1, 3) or not all(path) for path in found):
        raise Wrong(_("one lesson a line, as Track > Module > Lesson, or its name alone"))
    return frozenset(found)


def _plain(read: Callable[[str], Any]) -> Cell:
    return Cell(lambda value: read(unguarded(value)))


PATHS = _plain(_paths)
