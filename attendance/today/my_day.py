"""A facilitator's day: my room now, who is missing, what comes next, what I owe."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from attendance.teaching.unsaid import UnsaidRow, unsaid_rows
from attendance.today.desk import Desk
from attendance.today.now_card import NowCard, now_card
from attendance.today.owed import MyDebts, my_debts
from attendance.today.rows import AgendaRow, Chip, MissingRow, agenda_row, missing_rows
from attendance.today.session_facts import with_everything
from attendance.today.session_marks import marks_on
from groups.models import GroupSession, SessionStatus
from groups.readable import led_by
from programs.weeks import local_date


@dataclass(frozen=True)
class MyDay:
    """What Today shows to someone who leads sessions."""

    card: NowCard | None
    missing: tuple[MissingRow, ...]
    has_met: bool
    rest: tuple[AgendaRow, ...]
    owed: MyDebts
    unsaid: tuple[UnsaidRow, ...]
    has_sessions: bool
    state: str


def my_day(desk: Desk) -> MyDay:
    """Return the day of the person at the desk."""
    today = local_date(desk.now, desk.program.zone)
    todays = _led_on(today, desk)
    marks = marks_on(today, todays, now=desk.now)
    begun = [each for each in todays if each.starts_at <= desk.now]
    ahead = [each for each in todays if each.starts_at > desk.now]
    card = now_card(todays, marks, desk)
    rest = ahead if card and card.is_live else ahead[1:]
    return MyDay(
        card=card,
        missing=missing_rows(begun, marks, desk),
        has_met=bool(begun),
        rest=tuple(agenda_row(each, marks[each.pk], desk, _next(each, ahead)) for each in rest),
        owed=my_debts(desk),
        unsaid=_unsaid(desk),
        has_sessions=bool(todays),
        state=_state(begun, ahead, desk),
    )


def _led_on(day: date, desk: Desk) -> list[GroupSession]:
    """Read the person's own sessions of the day."""
    sessions = GroupSession.objects.visible_to(desk.access.user).filter(
        group__program=desk.program, held_on=day, status=SessionStatus.SCHEDULED
    )
    return list(with_everything(led_by(desk.access.user, sessions)))


def _unsaid(desk: Desk) -> tuple[UnsaidRow, ...]:
    """Return the person's own sessions of which nobody said what was taught."""
    sessions = GroupSession.objects.visible_to(desk.access.user).filter(group__program=desk.program)
    return unsaid_rows(led_by(desk.access.user, sessions), desk.program, now=desk.now)


def _next(session: GroupSession, ahead: list[GroupSession]) -> tuple[Chip, ...]:
    return (Chip("go", "clock", _("Next")),) if session == ahead[0] else ()


def _state(begun: list[GroupSession], ahead: list[GroupSession], desk: Desk) -> str:
    running = next((each for each in begun if desk.is_running(each)), None)
    if running:
        time = desk.clock(running.ends_at)
        return _("your room is in session until %(time)s") % {"time": time}
    if ahead:
        return _("your next session is at %(time)s") % {"time": desk.clock(ahead[0].starts_at)}
    return _("your sessions of today are over") if begun else _("you have no session today")
