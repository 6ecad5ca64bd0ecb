"""The week calendar's page: what was asked for, what is read for it, and where its links lead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groups.calendar_filters import Filter, Picked, filters_of, kinds_of, picked_in
from groups.calendar_grid import hours_shown, quarters
from groups.calendar_week import Day, Drawing, day_of, days_shown
from groups.forms import CalendarForm
from groups.kind_looks import KindLook, kind_look
from groups.models import GroupSession, SessionStatus
from groups.readable import readable_sessions, with_leaders
from groups.roster import with_expected_count
from groups.session_links import session_url
from groups.week_switch import ProgramLink, WeekSwitch, program_links, query, week_switch
from groups.wording import dates, hour_label, place_name
from programs.access import Access
from programs.models import Closure, Program
from programs.weeks import Week, local_date
from programs.who_may import Scope


@dataclass(frozen=True)
class Calendar:
    """The grid: its hours, its days, and what its colors mean."""

    days: tuple[Day, ...]
    hour_labels: tuple[str, ...]
    kinds: tuple[KindLook, ...]
    held: int
    rooms: int
    is_empty: bool

    @property
    def css(self) -> str:
        """The class of the grid's height."""
        return f"hours-{len(self.hour_labels)}"


@dataclass(frozen=True)
class CalendarPage:
    """Everything the calendar's template reads."""

    program: Program
    as_of: datetime
    title: str
    facts: tuple[str, ...]
    switch: WeekSwitch
    programs: tuple[ProgramLink, ...]
    filters: tuple[Filter, ...]
    picked: Picked
    week: str
    clear_url: str
    calendar: Calendar
    problems: list[str]
    is_own_only: bool


def calendar_page(
    *, program: Program, form: CalendarForm, access: Access, now: datetime
) -> CalendarPage:
    """Return the page as `access` may see it at this moment."""
    form.is_valid()
    this_week = program.week_of(local_date(now, program.zone))
    week = program.week_of(form.day(today=this_week.first_on))
    asked = "" if week == this_week else week.first_on.isoformat()
    picked, sessions = picked_in(form), _sessions(access, program, week)
    calendar = _calendar(access, program, week, sessions, picked, now)
    is_own_only = access.scope("groups.read", program) is Scope.OWN
    return CalendarPage(
        program=program,
        as_of=now,
        title=dates(week.dates),
        facts=_facts(calendar, program),
        switch=week_switch(week, this_week, **vars(picked)),
        programs=program_links("groups:calendar", access, program, week=asked),
        filters=filters_of(sessions, picked, is_own_only=is_own_only) if sessions or picked else (),
        picked=picked,
        week=asked,
        clear_url=query(week=asked),
        calendar=calendar,
        problems=form.problems(),
        is_own_only=is_own_only,
    )


def _sessions(access: Access, program: Program, week: Week) -> list[GroupSession]:
    readable = readable_sessions(access, program).filter(
        held_on__range=(week.first_on, week.last_on)
    )
    found = with_leaders(with_expected_count(readable))
    related = found.select_related("group", "room", "cancelled_for")
    return list(related.order_by("starts_at", "group__name"))


def _calendar(
    access: Access,
    program: Program,
    week: Week,
    sessions: Sequence[GroupSession],
    picked: Picked,
    now: datetime,
) -> Calendar:
    """Draw the sessions picked; hours and days are those of all, so that a filter moves nothing."""
    shown = [each for each in sessions if picked.fits(each)]
    held = [each for each in shown if each.status == SessionStatus.SCHEDULED]
    closures = list(Closure.objects.of_program(program).touching(week.first_on, week.last_on))
    drawing = _drawing(access, program, sessions, now)
    return Calendar(
        days=tuple(
            day_of(day, [each for each in shown if each.held_on == day], closures, drawing)
            for day in _columns(week, sessions, closures, drawing)
        ),
        hour_labels=tuple(hour_label(hour) for hour in drawing.hours.labels),
        kinds=tuple(kind_look(kind) for kind in kinds_of(shown)),
        held=len(held),
        rooms=len({each.room_id for each in held if each.room_id}),
        is_empty=not shown and not closures,
    )


def _drawing(
    access: Access, program: Program, sessions: Sequence[GroupSession], now: datetime
) -> Drawing:
    zone = program.zone
    spans = [quarters(each.starts_at, each.ends_at, each.held_on, zone) for each in sessions]
    url_of = partial(session_url, access=access, program=program)
    return Drawing(zone, now, hours_shown(spans), url_of)


def _columns(
    week: Week, sessions: Sequence[GroupSession], closures: Sequence[Closure], drawing: Drawing
) -> list[date]:
    return days_shown(
        week.dates,
        busy={each.held_on for each in sessions},
        shut={day for day in week.dates for each in closures if _covers(each, day)},
        today=drawing.today,
    )


def _covers(closure: Closure, day: date) -> bool:
    return closure.first_on <= day <= closure.last_on


def _facts(calendar: Calendar, program: Program) -> tuple[str, ...]:
    sessions = ngettext("%(n)s session", "%(n)s sessions", calendar.held) % {"n": calendar.held}
    rooms = ngettext("in %(n)s room", "in %(n)s rooms", calendar.rooms) % {"n": calendar.rooms}
    shut = [day.title for day in calendar.days if day.closed_for]
    closed = [_("closed %(days)s") % {"days": ", ".join(shut)}] if shut else []
    zone = _("%(place)s time") % {"place": place_name(program.zone)}
    return (f"{sessions} {rooms}" if calendar.rooms else sessions, *closed, zone)
