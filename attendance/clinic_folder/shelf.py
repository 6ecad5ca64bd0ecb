"""Rows that the database holds already, with their ids, in the shape of a folder's rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.db.models import Manager, QuerySet
from phonenumber_field.phonenumber import PhoneNumber

from attendance.clinic_folder.rows import Key, Row

R = TypeVar("R", bound=Row)


@dataclass
class Shelf(Generic[R]):
    """The stored rows of one table by key, and their ids by the same key."""

    rows: dict[Key, R] = field(default_factory=dict)
    ids: dict[Key, int] = field(default_factory=dict)

    def put(self, row: R, pk: int) -> None:
        self.rows[row.key] = row
        self.ids[row.key] = pk


def shelve(row: type[R], found: Manager[Any] | QuerySet[Any], **paths: str) -> Shelf[R]:
    """Return the table's rows; `paths` says where in the models each column is read."""
    shelf: Shelf[R] = Shelf()
    for pk, *values in found.values_list("pk", *paths.values()):
        cells = {name: _as_cell(value) for name, value in zip(paths, values, strict=True)}
        shelf.put(row(**cells), pk)
    return shelf


def _as_cell(value: Any) -> Any:
    """Return a stored value as a folder's cell would have it."""
    if isinstance(value, PhoneNumber):
        return value.as_e164
    return tuple(value) if isinstance(value, list) else value
