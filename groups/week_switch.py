"""Links to other weeks and other programs that keep what was picked on a page."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from programs.access import Access
from programs.models import Program
from programs.weeks import Week


@dataclass(frozen=True)
class WeekSwitch:
    """Links to the week before, this week, and the week after."""

    before: str
    now: str
    after: str
    is_now: bool


@dataclass(frozen=True)
class ProgramLink:
    """One of the programs in which this person may open the page."""

    name: str
    url: str
    is_current: bool


def query(**picked: str) -> str:
    """Return an address's query of what was picked, `?` where nothing was."""
    return "?" + urlencode({name: value for name, value in picked.items() if value})


def week_switch(week: Week, this_week: Week, **picked: str) -> WeekSwitch:
    """Return the switch of a page that shows `week`."""
    return WeekSwitch(
        before=query(week=week.moved(-1).first_on.isoformat(), **picked),
        now=query(**picked),
        after=query(week=week.moved(1).first_on.isoformat(), **picked),
        is_now=week == this_week,
    )


def program_links(
    view: str, access: Access, program: Program, *, action: str = "groups.read", **picked: str
) -> tuple[ProgramLink, ...]:
    """Return a link to the same page of each program in which the action is allowed."""
    return tuple(
        ProgramLink(
            name=each.name,
            url=reverse(view, args=[each.public_id]) + (query(**picked) if any(picked) else ""),
            is_current=each == program,
        )
        for each in access.programs_for(action)
    )
