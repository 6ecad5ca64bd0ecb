"""The board's page: which program and week, where its links lead, and the board itself."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from groups.week_switch import ProgramLink, WeekSwitch, program_links, query, week_switch
from hours.behind import behind_of
from hours.board import Board, board_of
from hours.board_alerts import alerts_in_words
from hours.board_filters import Filters, filters_of
from hours.board_rows import Beside, Chosen
from hours.board_week import BoardWeek, board_week
from hours.concluding.on_board import closing_of, found_differences
from hours.concluding.since_close import Closing
from hours.forms import BoardForm
from hours.program_week import current_week
from hours.rescue.lessons import to_make_up_words
from hours.verdict_looks import standing_of
from programs.access import Access
from programs.models import Program
from programs.weeks import Week, local_date
from programs.who_may import Scope

# Not for who sees only their own people.
OF_EVERYBODY = ("trends:trends", "rules:rules")
FILES = (("CSV", "hours:export"), ("XLSX", "hours:export_xlsx"), ("PDF", "hours:export_pdf"))


@dataclass(frozen=True)
class PageLink:
    """A page that one goes on to from the board."""

    label: str
    icon: str
    url: str


@dataclass(frozen=True)
class BoardPage:
    """Everything the board's template reads; `close_url` where this week waits to be closed."""

    program: Program
    week: Week
    as_of: datetime
    switch: WeekSwitch
    programs: tuple[ProgramLink, ...]
    links: tuple[PageLink, ...]
    problems: list[str]
    is_over: bool
    is_own_only: bool
    # Nothing of these where no rule covers the week.
    board: Board | None = None
    filters: Filters | None = None
    closing: Closing | None = None
    close_url: str = ""
    exports: tuple[tuple[str, str], ...] = ()
    open_person: uuid.UUID | None = None
    # Who stands on it, as far as the filters show them.
    people: tuple[uuid.UUID, ...] = ()


def board_page(*, program: Program, form: BoardForm, access: Access, now: datetime) -> BoardPage:
    """Return the page as `access` may see it at this moment."""
    form.is_valid()
    this_week = current_week(program, now)
    week = program.week_of(form.day(today=this_week.first_on))
    chosen = form.chosen(week)
    found = board_week(program, week=week, chosen=chosen, access=access, now=now)
    is_own_only = access.scope("hours.read", program) is Scope.OWN
    read = _what_is_read(found, access, now) if found else {}
    return BoardPage(
        program=program,
        week=week,
        as_of=now,
        switch=week_switch(week, this_week, **_filters_kept(chosen)),
        programs=program_links(
            "hours:board", access, program, action="hours.read", week=chosen.week
        ),
        links=_links(program, week, access),
        problems=form.problems(),
        is_over=week.is_over(now),
        is_own_only=is_own_only,
        **read,
    )


def _what_is_read(found: BoardWeek, access: Access, now: datetime) -> dict[str, Any]:
    """Return what the page has of a week that a rule covers."""
    changed, row = found_differences(found), found.open_row
    is_own_only = access.scope("hours.read", found.program) is Scope.OWN
    return {
        "board": _board(found, changed, access, now),
        "filters": filters_of(found.chosen, found.sessions, is_own_only=is_own_only),
        "closing": closing_of(found, changed, access),
        "close_url": _close_url(found, access),
        "exports": _exports(found.program, found.chosen, access),
        "open_person": row.person.participant_id if row else None,
        "people": tuple(
            each.person.participant_id
            for each in found.rows
            if found.chosen.shows(standing_of(each))
        ),
    }


def _filters_kept(chosen: Chosen) -> dict[str, str]:
    """Return what stays picked in another week."""
    kept = chosen.parts()
    return {name: kept[name] for name in ("verdict", "group", "only") if name in kept}


def _board(found: BoardWeek, changed: Collection[int], access: Access, now: datetime) -> Board:
    facts, row, program = found.shown.facts, found.open_row, found.program
    may_book = access.scope("makeup.book", program) is not None
    may_see_alerts = access.scope("alerts.manage", program) is not None
    beside = Beside(
        behind=behind_of(
            row, program=program, week=facts.week, rule=facts.rule, sessions=found.sessions
        )
        if row
        else None,
        book_url=partial(_book_url, program, found.chosen.week) if may_book else None,
        program_url=_with_week("rescue:program", program, found.chosen.week) if may_book else "",
        alerts=alerts_in_words(program, facts.week, today=local_date(now, program.zone))
        if may_see_alerts
        else {},
        changed=frozenset(changed),
        lessons={key: to_make_up_words(offers) for key, offers in found.offers.items()},
        lessons_url=partial(_lessons_url, program),
    )
    return board_of(facts, chosen=found.chosen, rows=found.rows, beside=beside)


def _book_url(program: Program, week: str, enrollment_id: uuid.UUID) -> str:
    return _with_week("rescue:person", program, week, enrollment_id)


def _lessons_url(program: Program, participant_id: uuid.UUID) -> str:
    return reverse("coverage:person", args=[program.public_id, participant_id])


def _with_week(view: str, program: Program, week: str, *ids: uuid.UUID) -> str:
    return reverse(view, args=[program.public_id, *ids]) + query(week=week)


def _close_url(found: BoardWeek, access: Access) -> str:
    """Return where the week is closed; blank where it runs, is closed, or they may not."""
    facts, program = found.now.facts, found.program
    may_close = access.scope("weeks.close", program)
    if not facts.is_over or found.closed or not may_close:
        return ""
    return reverse("concluding:close", args=[program.public_id, facts.week.first_on.isoformat()])


def _links(program: Program, week: Week, access: Access) -> tuple[PageLink, ...]:
    """Return the pages about the same hours that this person may open."""
    dates = query(first_on=week.first_on.isoformat(), last_on=week.last_on.isoformat())
    is_own_only = access.scope("hours.read", program) is Scope.OWN
    offered = (
        ("alerts.manage", _("Alerts"), "bell-ring", "alerts:alerts", ""),
        ("hours.read", _("Qualifying days"), "calendar-check", "days:days", dates),
        ("hours.read", _("Trends"), "chart-column", "trends:trends", ""),
        ("hours.read", _("Rules"), "scale", "rules:rules", ""),
    )
    return tuple(
        PageLink(label, icon, reverse(view, args=[program.public_id]) + asked)
        for action, label, icon, view, asked in offered
        if access.scope(action, program) and not (view in OF_EVERYBODY and is_own_only)
    )


def _exports(program: Program, chosen: Chosen, access: Access) -> tuple[tuple[str, str], ...]:
    """Return the files of what is shown."""
    if access.scope("hours.export", program) is None:
        return ()
    asked = chosen.url(why="")
    return tuple((name, reverse(view, args=[program.public_id]) + asked) for name, view in FILES)
