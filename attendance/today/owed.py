"""What a facilitator owes: sessions of theirs that are over and not recorded or not signed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from attendance.today.rows import Desk
from groups.models import GroupSession
from groups.session_links import sheet_url
from groups.wording import day_words
from programs.weeks import local_date

# How far back a debt is shown.
LOOK_BACK = timedelta(days=14)


@dataclass(frozen=True)
class Owed:
    """One sheet that waits."""

    tone: str
    icon: str
    title: str
    details: str
    url: str


def owed(sessions: Iterable[GroupSession], desk: Desk) -> tuple[Owed, ...]:
    """Return what is owed for these sessions, in their order."""
    return tuple(_owed(each, desk) for each in sessions if _is_owed(each, desk))


def _is_owed(session: GroupSession, desk: Desk) -> bool:
    """Over, not signed, not closed as history, and somebody was expected or came."""
    is_waiting = session.ends_at <= desk.now and session.closed_at is None
    people = session.expected + session.recorded  # type: ignore[attr-defined]
    return is_waiting and bool(people) and not session.is_signed  # type: ignore[attr-defined]


def _owed(session: GroupSession, desk: Desk) -> Owed:
    today = local_date(desk.now, desk.program.zone)
    when = _("%(day)s, ended %(time)s") % {
        "day": capfirst(day_words(session.held_on, today)),
        "time": desk.clock(session.ends_at),
    }
    recorded, expected = session.recorded, session.expected  # type: ignore[attr-defined]
    name, url = {"group": session.group.name}, sheet_url(session, desk.program)
    if not recorded:
        return Owed("lost", "clipboard-list", _("Record %(group)s") % name, when, url)
    if recorded < expected:
        said = _("%(n)s of %(of)s recorded") % {"n": recorded, "of": expected}
        return Owed("warn", "clipboard-list", _("Finish %(group)s") % name, f"{when} · {said}", url)
    return Owed("warn", "signature", _("Sign %(group)s") % name, when, url)
