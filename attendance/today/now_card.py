"""The card on top of Today: my room now, or the next one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from attendance.today.desk import Desk
from attendance.today.rows import Chip, answers_to_show, mark_chips, minutes_between
from attendance.today.said import SaidList, in_words, said_list
from attendance.today.session_marks import SessionMarks
from groups.models import GroupSession
from groups.readable import leaders_of
from groups.session_links import sheet_url

# From here on the sheet is there to be finished.
CLOSING_MINUTES = 15


@dataclass(frozen=True)
class TimeLine:
    """How much of the session has passed, as SVG lengths and in words."""

    passed: str
    label: str
    left: str


@dataclass(frozen=True)
class NowCard:
    """One session that is running, or the next one of today."""

    is_live: bool
    eyebrow: str
    name: str
    details: str
    starts: str
    ends: str
    time_line: TimeLine | None
    chips: tuple[Chip, ...]
    said: SaidList
    lessons: str
    teaching_url: str
    url: str
    action: str


def now_card(
    sessions: Sequence[GroupSession], marks: dict[int, SessionMarks], desk: Desk
) -> NowCard | None:
    """Return the card of the session that runs now, else of the next one; `sessions` by start."""
    running = [each for each in sessions if desk.is_running(each)]
    ahead = [each for each in sessions if each.starts_at > desk.now]
    session = next(iter(running + ahead), None)
    return _card(session, marks[session.pk], desk) if session else None


def _card(session: GroupSession, marks: SessionMarks, desk: Desk) -> NowCard:
    is_live = desk.is_running(session)
    lessons: list[str] = session.lesson_names  # type: ignore[attr-defined]
    return NowCard(
        is_live=is_live,
        eyebrow=_eyebrow(session, desk, is_live=is_live),
        name=session.group.name,
        details=_details(session, marks, desk),
        starts=desk.clock(session.starts_at),
        ends=desk.clock(session.ends_at),
        time_line=_time_line(session, desk) if is_live else None,
        chips=mark_chips(marks) if is_live else (),
        said=said_list(answers_to_show(session, marks, desk), desk),
        lessons=get_text_list(lessons, _("and")),
        teaching_url=reverse("teaching:teaching", args=[desk.program.public_id, session.public_id]),
        url=sheet_url(session, desk.program),
        action=_action(session, marks, desk),
    )


def _eyebrow(session: GroupSession, desk: Desk, *, is_live: bool) -> str:
    room = session.room.name if session.room else ""
    if is_live:
        return _("Now, in %(room)s") % {"room": room} if room else _("Now")
    wait = minutes_between(desk.now, session.starts_at)
    soon = ngettext("in %(n)s minute", "in %(n)s minutes", wait) % {"n": wait}
    when = soon if wait <= 60 else _("at %(time)s") % {"time": desk.clock(session.starts_at)}
    parts = {"when": when, "room": room}
    return _("Next, %(when)s, in %(room)s") % parts if room else _("Next, %(when)s") % parts


def _details(session: GroupSession, marks: SessionMarks, desk: Desk) -> str:
    own = str(desk.access.user.public_id)
    others = [each.name for each in leaders_of(session) if each.key != own]
    company = [_("With %(names)s") % {"names": get_text_list(others, _("and"))}] if others else []
    roster = ngettext("%(n)s expected", "%(n)s expected", marks.expected) % {"n": marks.expected}
    if marks.guests:
        roster += ", " + (
            ngettext("%(n)s make-up", "%(n)s make-ups", marks.guests) % {"n": marks.guests}
        )
    return " · ".join([*company, roster, *in_words(answers_to_show(session, marks, desk))])


def _time_line(session: GroupSession, desk: Desk) -> TimeLine:
    whole = minutes_between(session.starts_at, session.ends_at)
    passed = minutes_between(session.starts_at, desk.now)
    left = whole - passed
    words = {"passed": passed, "whole": whole}
    return TimeLine(
        passed=f"{100 * passed / whole:.1f}%",
        label=_("%(passed)s of %(whole)s minutes have passed") % words,
        left=ngettext("%(n)s minute left", "%(n)s minutes left", left) % {"n": left},
    )


def _action(session: GroupSession, marks: SessionMarks, desk: Desk) -> str:
    if session.is_signed:  # type: ignore[attr-defined]
        return _("See the sheet")
    is_closing = minutes_between(desk.now, session.ends_at) <= CLOSING_MINUTES
    if marks.is_untouched or not (is_closing or not marks.unmarked):
        return _("Open sheet")
    return _("Finish and sign")
