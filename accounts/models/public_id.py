"""The random id that a row shows to the world; its number in the database stays inside."""

from __future__ import annotations

import uuid

from django.db import models


class PublicIdField(models.UUIDField):
    """A random UUID, unique, the only id that may stand in an address."""

    def __init__(self, **kwargs):
        kwargs.update(default=uuid.uuid4, unique=True, editable=False)
        super().__init__(**kwargs)
