"""The page called Today: whose day it is, its tiles, and what to say when nothing is on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from attendance.check_ins.safety_page import SafetyWaits, safety_waits
from attendance.outreach.panel import OutreachPanel, outreach_panel
from attendance.today.clinic_day import ClinicDay, clinic_day
from attendance.today.desk import Desk
from attendance.today.forms import TodayForm, WhoseDay
from attendance.today.my_day import MyDay, my_day
from attendance.today.owed import MyDebts
from groups.models import GroupSession, SessionStatus
from groups.readable import led_by, readable_sessions
from groups.week_switch import ProgramLink, program_links
from groups.wording import day_words
from programs.access import Access
from programs.models import Closure, Program, Role
from programs.weeks import local_date
from programs.who_may import Scope

LEADS = {Role.FACILITATOR, Role.CLINICIAN}


@dataclass(frozen=True)
class Tile:
    """One count that leads to its panel, as the tile component takes it."""

    tone: str
    icon: str
    label: str
    note: str
    count: int
    url: str
    is_current: bool = False


@dataclass(frozen=True)
class DayLink:
    """A link to one's own day, or to the clinic's."""

    name: str
    url: str
    is_current: bool


@dataclass(frozen=True)
class Quiet:
    """Why nothing is on today, and what comes next."""

    strong: str
    text: str


@dataclass(frozen=True)
class TodayPage:
    """Everything the template reads; exactly one of the two days is there."""

    program: Program
    as_of: datetime
    state: str
    programs: tuple[ProgramLink, ...]
    days: tuple[DayLink, ...]
    tiles: tuple[Tile, ...]
    mine: MyDay | None
    clinic: ClinicDay | None
    quiet: Quiet | None
    safety: SafetyWaits | None
    outreach: OutreachPanel | None
    problems: list[str]


def today_page(*, program: Program, form: TodayForm, access: Access, now: datetime) -> TodayPage:
    """Return the page as `access` may see it at this moment."""
    form.is_valid()
    is_mine = _is_mine(form.wanted(), access, program)
    desk = Desk(access, program, now, is_mine=is_mine)
    mine = my_day(desk) if is_mine else None
    clinic = None if is_mine else clinic_day(desk)
    day = mine or clinic
    return TodayPage(
        program=program,
        as_of=now,
        state=day.state if day else "",
        programs=program_links("today:today", access, program),
        days=_day_links(access, program, is_mine=is_mine),
        tiles=_my_tiles(mine) if mine else _clinic_tiles(clinic) if clinic else (),
        mine=mine,
        clinic=clinic,
        quiet=None if day and day.has_sessions else _quiet(desk),
        safety=safety_waits(access, program),
        outreach=outreach_panel(access, program, now),
        problems=form.problems(),
    )


def _is_mine(wanted: WhoseDay | None, access: Access, program: Program) -> bool:
    """Say whose day is shown: the one asked for where there are both, else the only one."""
    if access.scope("groups.read", program) is Scope.OWN:
        return True
    return bool(LEADS & set(access.roles_in(program))) and wanted is not WhoseDay.CLINIC


def _day_links(access: Access, program: Program, *, is_mine: bool) -> tuple[DayLink, ...]:
    """Return the switch for those who lead sessions and look after the program too."""
    if access.scope("groups.read", program) is Scope.OWN:
        return ()
    if not LEADS & set(access.roles_in(program)):
        return ()
    return (
        DayLink(_("My day"), "?", is_mine),
        DayLink(_("The clinic’s day"), f"?day_of={WhoseDay.CLINIC}", not is_mine),
    )


def _my_tiles(day: MyDay) -> tuple[Tile, ...]:
    """Return the counts of the panels that are there."""
    owes = _("records, signatures, notes") if day.owed.count else _("everything is signed")
    ahead = len(day.rest) + (1 if day.card and not day.card.is_live else 0)
    on_sheets = _("on your sheets of today")
    missing = Tile("lost", "user-x", _("Missing"), on_sheets, _people(day), "#missing")
    rest = Tile("go", "clock", _("Still to come"), _("sessions of yours today"), ahead, "#rest")
    return (
        *([missing] if day.has_met else []),
        *([rest] if day.has_sessions else []),
        Tile(_tone(day.owed), "pen-line", _("You owe"), owes, day.owed.count, "#owed"),
    )


def _tone(owed: MyDebts) -> str:
    return "lost" if owed.overdue else "warn"


def _people(day: MyDay | ClinicDay) -> int:
    return sum(1 for row in day.missing if row.url)


def _clinic_tiles(day: ClinicDay) -> tuple[Tile, ...]:
    running = ngettext("in %(n)s session", "in %(n)s sessions", day.running) % {"n": day.running}
    here = running if day.running else _("no session is running")
    soon, from_today = _("within seven days"), _("from today’s sessions")
    missing = Tile("lost", "user-x", _("Missing"), from_today, _people(day), "#missing")
    return (
        Tile("ok", "door-open", _("In the building"), here, day.in_room, "#sessions"),
        *([missing] if day.has_met else []),
        Tile("go", "user-plus", _("Starting"), soon, len(day.starting), "#starting"),
        Tile("calm", "log-out", _("Leaving"), soon, len(day.leaving), "#leaving"),
    )


def _quiet(desk: Desk) -> Quiet:
    """Say why there is no session today, and when the next one is."""
    today = local_date(desk.now, desk.program.zone)
    closed = Closure.objects.of_program(desk.program).touching(today, today).first()
    strong = _("Closed today: %(reason)s.") % {"reason": closed.reason} if closed else ""
    none = _("You lead no session today.") if desk.is_mine else _("No session today.")
    return Quiet(strong or none, _next_words(_next_session(desk), desk))


def _next_session(desk: Desk) -> GroupSession | None:
    ahead = readable_sessions(desk.access, desk.program).filter(
        starts_at__gt=desk.now, status=SessionStatus.SCHEDULED
    )
    found = led_by(desk.access.user, ahead) if desk.is_mine else ahead
    return found.select_related("group").order_by("starts_at").first()


def _next_words(session: GroupSession | None, desk: Desk) -> str:
    if not session:
        return _("No session is planned from here on.")
    today = local_date(desk.now, desk.program.zone)
    return _("The next one is %(group)s, %(day)s at %(time)s.") % {
        "group": session.group.name,
        "day": day_words(session.held_on, today),
        "time": desk.clock(session.starts_at),
    }
