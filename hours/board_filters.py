"""The board's filters: the groups that meet in the week, and what a row can be marked with."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from hours.board_rows import Chosen
from hours.forms import Only
from hours.week_sessions import Sessions


@dataclass(frozen=True)
class Option:
    """One choice of a list."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class Filters:
    """What is picked, what could be, and what the form keeps of the address."""

    week_on: str
    groups: tuple[Option, ...]
    only: tuple[Option, ...]
    kept: dict[str, str]
    is_narrowed: bool
    clear_url: str


def filters_of(chosen: Chosen, sessions: Sessions, *, is_own_only: bool) -> Filters:
    """Return the filters; whoever sees only their own people chooses among their own groups."""
    names = {
        str(each.group_id): each.group
        for each in sessions.values()
        if each.is_held and (each.is_mine or not is_own_only)
    }
    picked = str(chosen.group or "")
    if picked and picked not in names:
        names[picked] = _("Not in this week")
    by_name = sorted(names.items(), key=lambda each: each[1].casefold())
    return Filters(
        week_on=chosen.week,
        groups=tuple(Option(value, name, value == picked) for value, name in by_name),
        only=tuple(Option(each.value, str(each.label), each == chosen.only) for each in Only),
        kept={
            key: value
            for key, value in chosen.parts().items()
            if key not in ("week", "group", "only", "why")
        },
        is_narrowed=chosen.is_narrowed,
        clear_url=chosen.url(verdict="", group="", only="", why=""),
    )
