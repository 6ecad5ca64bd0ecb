"""The random id that a row shows to the world; its number in the database stays inside."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models


class PublicIdField(models.UUIDField):
    """A random UUID, unique, the only id that may stand in an address.

    In row history it recurs with every change of the row: there it is made with `unique=False`.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"default": uuid.uuid4, "unique": True, "editable": False, **kwargs})

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Name `unique` in migrations also where it is False, Django's own default."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, list(args), {**kwargs, "unique": self.unique}
