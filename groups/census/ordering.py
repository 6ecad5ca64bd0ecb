"""The orders in which the people of a census are listed, each also the other way round."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from groups.census.rows import PersonRow

NAME, ADMITTED, PLANNED = "name", "admitted", "planned"
LABELS = {NAME: _("Name"), ADMITTED: _("Admitted"), PLANNED: _("Planned discharge")}
# Stands before the name of an order that runs the other way round.
BACKWARD = "-"


def folded(name: str) -> str:
    """Return the name without case and accents, so that Ávila stands beside Avila."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


VALUES: dict[str, Callable[[PersonRow], Any]] = {
    # Last names first, then what people are called: Avila stands before Avila Bell.
    NAME: lambda row: folded(row.name).split(", ", 1),
    ADMITTED: lambda row: row.admitted_on,
    PLANNED: lambda row: row.leaves_on,
}


@dataclass(frozen=True)
class Order:
    """By what the rows are sorted, and whether the last comes first."""

    by: str
    is_backward: bool

    @property
    def in_address(self) -> str:
        """What the address says; nothing for the usual order."""
        said = f"{BACKWARD}{self.by}" if self.is_backward else self.by
        return "" if said == NAME else said

    def turned(self, by: str) -> Order:
        """Return the order one gets by choosing `by`: the present one is turned round."""
        return Order(by, is_backward=by == self.by and not self.is_backward)

    def sort(self, rows: Iterable[PersonRow]) -> list[PersonRow]:
        """Return the rows in this order, the same values by name, those without a value last."""
        value = VALUES[self.by]
        by_name = sorted(rows, key=VALUES[NAME])
        known = [row for row in by_name if value(row) is not None]
        unknown = [row for row in by_name if value(row) is None]
        return sorted(known, key=value, reverse=self.is_backward) + unknown


def order_choices() -> list[tuple[str, str]]:
    """Return what an address may say."""
    return [(said, said) for by in LABELS for said in (by, BACKWARD + by)]


def order_of(said: str) -> Order:
    """Return the order that an address asks for."""
    return Order(said.removeprefix(BACKWARD), is_backward=said.startswith(BACKWARD))
