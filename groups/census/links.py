"""Where one may go from a census: other days, programs and orders, and its files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse

from groups.census.ordering import LABELS, Order
from groups.week_switch import ProgramLink, WeekSwitch, program_links, query
from programs.access import Access
from programs.models import Program
from programs.weeks import DAYS

DAY, WEEK = timedelta(days=1), timedelta(days=DAYS)
FILES = (("CSV", "census:csv"), ("XLSX", "census:xlsx"))


@dataclass(frozen=True)
class Heading:
    """A column one may sort by, and how it is sorted now (nothing where it is not)."""

    label: str
    url: str
    sorted_as: str
    icon: str


@dataclass(frozen=True)
class Links:
    """The links of one census; `exports` are files by name, for those who may have them."""

    programs: tuple[ProgramLink, ...]
    by_days: WeekSwitch
    by_weeks: WeekSwitch
    exports: tuple[tuple[str, str], ...]
    headings: dict[str, Heading]
    kept_order: str


@dataclass(frozen=True)
class Asked:
    """A day and an order, as an address says them; nothing for today and the usual order."""

    day: date
    today: date
    order: Order

    def address(self, *, day: date | None = None, order: Order | None = None) -> str:
        """Return the query of the same census, but for what is given here."""
        day, order = day or self.day, order or self.order
        return query(on="" if day == self.today else day.isoformat(), order=order.in_address)


def links_of(access: Access, program: Program, asked: Asked) -> Links:
    """Return the links from the census that was asked for."""
    on = "" if asked.day == asked.today else asked.day.isoformat()
    return Links(
        programs=program_links("census:census", access, program, action="participants.read", on=on),
        by_days=_switch(asked, DAY),
        by_weeks=_switch(asked, WEEK),
        exports=_exports(access, program, asked),
        headings={by: _heading(asked, by, str(label)) for by, label in LABELS.items()},
        kept_order=asked.order.in_address,
    )


def _switch(asked: Asked, step: timedelta) -> WeekSwitch:
    return WeekSwitch(
        before=asked.address(day=asked.day - step),
        now=asked.address(day=asked.today),
        after=asked.address(day=asked.day + step),
        is_now=asked.day == asked.today,
    )


def _exports(access: Access, program: Program, asked: Asked) -> tuple[tuple[str, str], ...]:
    if access.scope("census.export", program) is None:
        return ()
    said = asked.address().removesuffix("?")
    return tuple((name, reverse(view, args=[program.public_id]) + said) for name, view in FILES)


def _heading(asked: Asked, by: str, label: str) -> Heading:
    """Return a column to sort by. A click on the present one turns it round."""
    url = asked.address(order=asked.order.turned(by))
    if by != asked.order.by:
        return Heading(label, url, "", "arrow-up-down")
    if asked.order.is_backward:
        return Heading(label, url, "descending", "arrow-down")
    return Heading(label, url, "ascending", "arrow-up")
