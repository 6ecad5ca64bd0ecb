"""How closed days, and sessions that fall or come back, are written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groups.kind_looks import KindLook, kind_look
from groups.models import GroupSession
from groups.wording import short_day, times
from programs.models import Closure


@dataclass(frozen=True)
class SessionLine:
    """One session: its group, its times and room, and a note where something is to be said."""

    kind: KindLook
    name: str
    details: str
    note: str = ""


# So many days are shown with all their sessions; of more, each unfolds.
DAYS_UNFOLDED = 3


@dataclass(frozen=True)
class DayLines:
    """The sessions of one date, folded away where there are many and nothing is to be said."""

    title: str
    count: str
    sessions: tuple[SessionLine, ...]
    is_folded: bool


def span_words(first_on: date, last_on: date, today: date) -> str:
    """Return `Thu Nov 26`, or `Thu Dec 24 to Fri Jan 1, 2027`: the year where it is another one."""
    first, last = _day(first_on, today), _day(last_on, today)
    if first_on == last_on:
        return first
    if first_on.year == last_on.year:
        first = short_day(first_on)
    return _("%(first)s to %(last)s") % {"first": first, "last": last}


def _day(day: date, today: date) -> str:
    return short_day(day) if day.year == today.year else f"{short_day(day)}, {day.year}"


def scope_words(closure: Closure) -> str:
    """Return whom the closure holds for."""
    return _("This program") if closure.program_id else _("The whole site")


def session_line(session: GroupSession, *, of_site: bool = False, note: str = "") -> SessionLine:
    """Return the session as a line; where a whole site is told of, with its program."""
    program = session.group.program
    said = [times(session.starts_at, session.ends_at, program.zone)]
    said += [session.room.name] if session.room else []
    said += [program.name] if of_site else []
    return SessionLine(kind_look(session.group.kind), session.group.name, " · ".join(said), note)


def by_day(lines: Iterable[tuple[date, SessionLine]]) -> tuple[DayLines, ...]:
    """Return lines that are in order of their dates, date by date."""
    found = [
        (day, tuple(line for _day, line in same))
        for day, same in groupby(lines, key=lambda each: each[0])
    ]
    folds = len(found) > DAYS_UNFOLDED
    return tuple(
        DayLines(
            title=short_day(day),
            count=sessions_words(len(same)),
            sessions=same,
            is_folded=folds and not any(line.note for line in same),
        )
        for day, same in found
    )


def sessions_words(count: int) -> str:
    """Return `3 sessions`."""
    return ngettext("%(n)s session", "%(n)s sessions", count) % {"n": count}
