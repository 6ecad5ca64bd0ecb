"""A seal over lines of the trail: what they said when it was made, and which seal came before."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from psycopg.types.multirange import Int8Multirange, Multirange
from psycopg.types.range import Range

# From the first number to the one after the last.
Ids = tuple[int | None, int | None]


class IdsField(models.Field):
    """Any number of row numbers, as (first, one after the last) pairs."""

    description = "numbers of rows"

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return "int8multirange"

    def get_prep_value(self, value: Iterable[Ids] | None) -> Multirange | None:
        if value is None:
            return None
        return Int8Multirange(Range(first, end) for first, end in value)

    def from_db_value(
        self, value: Multirange | None, expression: object, connection: object
    ) -> tuple[Ids, ...] | None:
        """Return the pairs; None stands where somebody has taken an end away by hand."""
        return None if value is None else tuple((part.lower, part.upper) for part in value)


class AuditSeal(models.Model):
    """One link of the chain over the trail; added, never changed.

    `is_whole`: nothing else was there to be sealed. `prints` holds eight bytes per line, by which
    an altered one is found again. `before` is the digest of the seal before this one.
    """

    number = models.PositiveBigIntegerField(unique=True)
    sealed_at = models.DateTimeField()
    ids = IdsField()
    count = models.PositiveIntegerField()
    is_whole = models.BooleanField()
    prints = models.BinaryField()
    before = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["number"]
        constraints = [
            ExclusionConstraint(
                name="seal_holds_each_line_once",
                expressions=[("ids", "&&")],
                violation_error_message=_("Another seal holds one of these lines."),
            ),
            models.CheckConstraint(
                condition=Q(number=1, before="") | (Q(number__gt=1) & ~Q(before="")),
                name="seal_follows_one",
                violation_error_message=_(
                    "A seal follows the one before it; only the first follows none."
                ),
            ),
            models.CheckConstraint(
                condition=Q(count__gte=1),
                name="seal_holds_lines",
                violation_error_message=_("A seal holds one line at least."),
            ),
        ]

    def __str__(self) -> str:
        return f"seal {self.number}"
