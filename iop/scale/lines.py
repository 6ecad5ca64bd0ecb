"""Rows as the lines of text that COPY reads."""

from __future__ import annotations

from random import Random
from typing import Any

from django.db import connection, models

# What makes 128 random bits a UUID of version 4.
VARIED = ~((0xF << 76) | (0x3 << 62)) & ((1 << 128) - 1)
VERSION = (0x4 << 76) | (0x2 << 62)


class Lines:
    """The rows of one table that wait to be sent, numbered from 1.

    `given` names the fields that each row says; the others hold their model's default.
    """

    def __init__(self, model: type[models.Model], *given: str, seed: int) -> None:
        self.model, self.sent, self.waiting = model, 0, list[str]()
        fields = {f.name: f for f in model._meta.concrete_fields if not f.generated}
        named = ["public_id", *given] if "public_id" in fields else [*given]
        rest = [f for f in fields.values() if f.name not in named and not f.primary_key]
        self.columns = ["id", *(fields[name].column for name in named), *(f.column for f in rest)]
        self._tail = "".join(f"\t{text_of(_default(field))}" for field in rest)
        self._has_public_id = "public_id" in fields
        self._random = Random(f"{seed} {model._meta.db_table}")  # noqa: S311 (drawn again alike)

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    @property
    def count(self) -> int:
        """How many rows there are, sent or waiting; also the key of the last."""
        return self.sent + len(self.waiting)

    def add(self, *values: object) -> int:
        """Add a row and return its key. Texts hold no tab, line break or backslash."""
        key = self.count + 1
        texts: list[str] = [str(key)]
        if self._has_public_id:
            texts.append(f"{self._random.getrandbits(128) & VARIED | VERSION:032x}")
        texts += [each if each.__class__ is str else text_of(each) for each in values]
        self.waiting.append("\t".join(texts) + self._tail)
        return key

    def send(self) -> None:
        """Have the database take what waits."""
        quote = connection.ops.quote_name
        columns = ", ".join(quote(str(column)) for column in self.columns)
        with connection.cursor() as cursor:
            with cursor.copy(f"COPY {quote(self.table)} ({columns}) FROM STDIN") as copy:
                copy.write("".join(f"{line}\n" for line in self.waiting))
        self.sent, self.waiting = self.count, []


def text_of(value: object) -> str:
    """Return a value as COPY reads it."""
    if value is None:
        return r"\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    return str(value)


def _default(field: models.Field) -> Any:
    """Return a field's default; what differs from row to row has to be given."""
    is_drawn = field.has_default() and callable(field.default)
    if is_drawn and field.default not in (dict, list, tuple):
        raise ValueError(f"{field} has to be given.")
    value = field.get_default()
    # Empty breaks, lists and details look alike.
    return "{}" if isinstance(value, dict | list | tuple) else value
