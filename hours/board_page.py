"""The board's page: which program and week, where its links lead, and the board itself."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from accounts.models import User
from groups.models import GroupSession
from groups.week_switch import ProgramLink, WeekSwitch, program_links, week_switch
from hours.board import Board, board_of
from hours.forms import BoardForm
from hours.program_week import current_week, program_week
from programs.access import Access
from programs.models import Program
from programs.weeks import Week
from programs.who_may import Scope


@dataclass(frozen=True)
class BoardPage:
    """Everything the board's template reads."""

    program: Program
    week: Week
    as_of: datetime
    switch: WeekSwitch
    programs: tuple[ProgramLink, ...]
    board: Board | None
    export_url: str
    problems: list[str]
    is_over: bool
    is_own_only: bool


def board_page(*, program: Program, form: BoardForm, access: Access, now: datetime) -> BoardPage:
    """Return the page as `access` may see it at this moment."""
    form.is_valid()
    this_week = current_week(program, now)
    week = program.week_of(form.day(today=this_week.first_on))
    chosen = form.chosen(week)
    facts = program_week(program, week=week, as_of=now)
    is_own_only = access.scope("hours.read", program) is Scope.OWN
    only = _own_sessions(access.user, program, week) if is_own_only else None
    may_export = access.scope("hours.export", program)
    return BoardPage(
        program=program,
        week=week,
        as_of=now,
        switch=week_switch(week, this_week, verdict=chosen.verdict),
        programs=program_links(
            "hours:board", access, program, action="hours.read", week=chosen.week
        ),
        board=board_of(facts, chosen=chosen, only_sessions=only) if facts else None,
        export_url=_export_url(program, week) if may_export else "",
        problems=form.problems(),
        is_over=week.is_over(now),
        is_own_only=is_own_only,
    )


def _own_sessions(user: User, program: Program, week: Week) -> frozenset[uuid.UUID]:
    sessions = (
        GroupSession.objects.visible_to(user)
        .in_week(week)
        .filter(
            group__program=program,
            facilitations__user=user,
            facilitations__is_former=False,
        )
    )
    return frozenset(sessions.values_list("public_id", flat=True))


def _export_url(program: Program, week: Week) -> str:
    return f"{reverse('hours:export', args=[program.public_id])}?week={week.first_on}"
