"""The census as a page: counts, the people, and the lists of who comes, waits and left."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groups.census.forms import CensusForm
from groups.census.links import Asked, Links, links_of
from groups.census.reading import JUST_NOW, LONG_AGO, SOON, Census, census_of
from groups.census.rows import (
    ComingRow,
    LeftRow,
    WaitingRow,
    coming_rows,
    left_rows,
    present_rows,
    waiting_rows,
)
from groups.census.shown import ShownRow, shown
from groups.census.tiles import Tile, days_words, tiles_of
from programs.access import Access
from programs.models import Program
from programs.weeks import local_date


@dataclass(frozen=True)
class Lists:
    """Who comes, who waits and who left, and the days each list looks ahead or back."""

    soon: tuple[ComingRow, ...]
    soon_days: int
    waiting: tuple[WaitingRow, ...]
    left: tuple[LeftRow, ...]
    left_days: int
    average: str


@dataclass(frozen=True)
class CensusPage:
    """Everything the template reads; `planned_away` are counted though planned to have left."""

    program: Program
    problems: tuple[str, ...]
    day: date
    is_today: bool
    links: Links
    may_enroll: bool
    tiles: tuple[Tile, ...]
    title: str
    rows: tuple[ShownRow, ...]
    planned_away: int
    lists: Lists
    as_of: datetime

    @property
    def people(self) -> set[uuid.UUID]:
        """Who stands on the page, in the table or on a list."""
        found = {each.row.person_id for each in self.rows}
        for listed in (self.lists.soon, self.lists.waiting, self.lists.left):
            found |= {each.person_id for each in listed}
        return found


def census_page(*, program: Program, form: CensusForm, access: Access, now: datetime) -> CensusPage:
    """Return the program's census of the day asked for."""
    today = local_date(now, program.zone)
    day, order = form.day(today=today), form.ordered()
    census = census_of(program, day=day, today=today)
    rows, lists = order.sort(present_rows(census)), _lists(census)
    return CensusPage(
        program=program,
        problems=tuple(form.problems()),
        day=day,
        is_today=census.is_today,
        links=links_of(access, program, Asked(day, today, order)),
        may_enroll=access.scope("participants.edit", program) is not None,
        tiles=tiles_of(census, rows, lists.waiting),
        title=_title(len(rows)),
        rows=tuple(shown(row, is_ahead=census.is_ahead) for row in rows),
        planned_away=sum(row.is_late for row in rows) if census.is_ahead else 0,
        lists=lists,
        as_of=now,
    )


def _title(count: int) -> str:
    return ngettext("%(count)s person is in", "%(count)s people are in", count) % {"count": count}


def _lists(census: Census) -> Lists:
    return Lists(
        soon=tuple(coming_rows(census)),
        soon_days=SOON.days,
        waiting=tuple(waiting_rows(census)),
        left=tuple(left_rows(census)),
        left_days=JUST_NOW.days,
        average=_average(census.average, census.ended),
    )


def _average(average: int | None, ended: int) -> str:
    """Return the average length of stay of those who left lately, in words."""
    if average is None:
        return _("Nobody left in the %(days)s days before.") % {"days": LONG_AGO.days}
    said = ngettext(
        "Average length of stay: %(stay)s (%(count)s discharge in %(days)s days).",
        "Average length of stay: %(stay)s (%(count)s discharges in %(days)s days).",
        ended,
    )
    return said % {"stay": days_words(average), "count": ended, "days": LONG_AGO.days}
