"""Stretches of time in one column: the breaks of a session, as a PostgreSQL multirange.

A multirange is sorted and merged by the database, can be subtracted from another in one
operator, and can be held inside the session by a CHECK.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg.types.multirange import Multirange, TimestamptzMultirange
from psycopg.types.range import Range

Span = tuple[datetime, datetime]


class SpansField(models.Field):
    """Any number of (start, end) instants; starts are included, ends are not."""

    description = "stretches of time"

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return "tstzmultirange"

    def get_prep_value(self, value: Iterable[Span] | None) -> Multirange | None:
        if value is None:
            return None
        return TimestamptzMultirange(Range(start, end) for start, end in value)

    def from_db_value(
        self, value: Multirange | None, expression: object, connection: object
    ) -> tuple[Span, ...] | None:
        return None if value is None else spans(value)


def spans(value: Multirange[datetime] | None) -> tuple[Span, ...]:
    """Return a multirange as (start, end) pairs, in order."""
    return tuple((part.lower, part.upper) for part in value or () if part.lower and part.upper)
