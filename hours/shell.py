"""What the frame around every page shows: the clinic, where one may go, this week, and who I am.

Nothing is read until a template asks, so error pages and strangers cost no query; a page inside
costs one (the clinic's name, the alerts and the closures, together).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, QuerySet, Subquery, Value
from django.db.models.functions import JSONObject
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import SimpleLazyObject
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from accounts.models import PageLanguage, Theme, User
from attendance.emergency.banner import OpenRecord, open_accesses, open_records
from hours.models import Alert, AlertKind
from hours.places import BOARD, PLACES
from programs.access import Access, access_of
from programs.models import Clinic, Closure, Program, Weekday
from programs.weeks import Week, local_date
from programs.who_may import Scope

ALERTS = "alerts:alerts"
AT_RISK = (AlertKind.RECOVERABLE, AlertKind.UNREACHABLE)
THEME_ICONS = {Theme.AUTO: "monitor", Theme.LIGHT: "sun", Theme.DARK: "moon"}
# Each in its own words, for who reads no other.
LANGUAGE_NAMES = {PageLanguage.ENGLISH: "English", PageLanguage.SPANISH: "Español"}


@dataclass(frozen=True)
class NavItem:
    """One line of the sidebar; `count` is of people or alerts, in the words of `count_means`."""

    label: str
    icon: str
    url: str
    is_current: bool
    is_extra: bool
    count: int = 0
    count_means: str = ""


@dataclass(frozen=True)
class Facts:
    """What is read for the frame: the clinic's name, people at risk, alerts, the days closed.

    `opened` are the records that this person has open in an emergency.
    """

    clinic: str
    at_risk: int
    alerts: int
    today: date
    week: Week
    shut: frozenset[date]
    opened: tuple[OpenRecord, ...]


@dataclass(frozen=True)
class Day:
    """One square of the week strip; `css` says past, today or shut."""

    letter: str
    title: str
    css: str
    is_today: bool


@dataclass(frozen=True)
class WeekStrip:
    """The program's current week, day by day, and one line about it."""

    days: tuple[Day, ...]
    line: str


@dataclass(frozen=True)
class Person:
    """Who is signed in, and as what in the program shown."""

    name: str
    email: str
    initials: str
    roles: str


@dataclass(frozen=True)
class Choice:
    """One button of the account menu: light or dark, or a language."""

    value: str
    label: str
    is_current: bool
    icon: str = ""


@dataclass(frozen=True)
class Shell:
    """The frame of one page for one person."""

    clinic: str
    place: str
    nav: tuple[NavItem, ...]
    week: WeekStrip | None
    person: Person
    themes: tuple[Choice, ...]
    languages: tuple[Choice, ...]
    opened: tuple[OpenRecord, ...]

    @property
    def more(self) -> tuple[NavItem, ...]:
        """The pages that stand behind More on a phone."""
        return tuple(item for item in self.nav if item.is_extra)


def shell(request: HttpRequest) -> dict[str, Any]:
    """Give templates the frame, and the clinic's name; each is read when first used."""
    return {
        "shell": SimpleLazyObject(lambda: _shell_of(request)),
        "clinic_name": SimpleLazyObject(clinic_name),
        "idle_minutes": settings.IOP_IDLE_MINUTES,
    }


def clinic_name() -> str:
    """Return the clinic's name, or nothing before a clinic is on record."""
    return Clinic.objects.values_list("name", flat=True).first() or ""


def _shell_of(request: HttpRequest) -> Shell | None:
    if not request.user.is_authenticated:
        return None
    access: Access = getattr(request, "access", None) or access_of(request.user)
    program = getattr(request, "program", None) or next(iter(access.programs), None)
    facts = _facts(access, program, timezone.now()) if program else None
    return Shell(
        clinic=facts.clinic if facts else clinic_name(),
        place=f"{program.name} · {program.site.name}" if program else "",
        nav=_nav(request, access, program, facts) if program and facts else (),
        week=_week_strip(facts) if facts else None,
        person=_person(access, program),
        themes=_themes(access.user),
        languages=_languages(access.user),
        opened=facts.opened if facts else (),
    )


def _facts(access: Access, program: Program, now: datetime) -> Facts:
    today = local_date(now, program.zone)
    week = program.week_of(today)
    closures = Closure.objects.of_program(program).touching(week.first_on, week.last_on)
    dates = JSONObject(first_on="first_on", last_on="last_on")
    found = Program.objects.filter(pk=program.pk).values(
        clinic=Subquery(Clinic.objects.values("name")[:1]),
        at_risk=Subquery(_people_at_risk(access, program, week, today)),
        alerts=Subquery(_alerts_waiting(access, program, today)),
        shut=ArraySubquery(closures.values(json=dates)),
        opened=open_accesses(access.user, now),
    )[0]
    shut = {
        day
        for each in found["shut"]
        for day in week.dates
        if each["first_on"] <= day.isoformat() <= each["last_on"]
    }
    counts = (found["at_risk"] or 0, found["alerts"] or 0)
    opened = open_records(found["opened"], program, now)
    return Facts(found["clinic"] or "", *counts, today, week, frozenset(shut), opened)


def _people_at_risk(access: Access, program: Program, week: Week, today: date) -> QuerySet:
    """Return a query that counts, by one group of all, the people whose week needs a hand.

    Without those whose alert can wait.
    """
    alerts = Alert.objects.visible_to(access.user).waiting(today).of_week(week.first_on)
    found = alerts.filter(enrollment__program=program, kind__in=AT_RISK).order_by()
    people = found.values(all=Value(1)).annotate(people=Count("enrollment", distinct=True))
    return people.values("people")


def _alerts_waiting(access: Access, program: Program, today: date) -> QuerySet:
    """Return a query that counts the alerts that wait for somebody, of whichever week."""
    alerts = Alert.objects.visible_to(access.user).waiting(today)
    found = alerts.filter(enrollment__program=program).order_by().values(all=Value(1))
    return found.annotate(waiting=Count("pk")).values("waiting")


def _nav(
    request: HttpRequest, access: Access, program: Program, facts: Facts
) -> tuple[NavItem, ...]:
    here = request.resolver_match.view_name if request.resolver_match else ""
    return tuple(
        NavItem(
            label=str(place.label),
            icon=place.icon,
            url=reverse(place.view, kwargs={"program_id": program.public_id}),
            is_current=place.holds(here),
            is_extra=place.is_extra,
            **_count(place.view, access, program, facts),
        )
        for place in PLACES
        if access.scope(place.action, program)
    )


def _count(view: str, access: Access, program: Program, facts: Facts) -> dict[str, Any]:
    """Say how many are at risk, or alerts wait; nothing to who sees only their own people."""
    if view not in (BOARD, ALERTS) or access.scope("hours.read", program) != Scope.PROGRAM:
        return {}
    if view == ALERTS:
        means = ngettext("alert waits", "alerts wait", facts.alerts)
        return {"count": facts.alerts, "count_means": means}
    means = ngettext("person at risk", "people at risk", facts.at_risk)
    return {"count": facts.at_risk, "count_means": means}


def _week_strip(facts: Facts) -> WeekStrip:
    days = tuple(_day(day, facts.today, facts.shut) for day in facts.week.dates)
    return WeekStrip(days, _week_line(facts.week, facts.shut))


def _day(day: date, today: date, shut: frozenset[date]) -> Day:
    said = {
        _("past"): day < today,
        _("today"): day == today,
        _("closed"): day in shut,
    }
    css = "today" if day == today else "shut" if day in shut else "past" if day < today else ""
    name = _weekday(day)
    title = ", ".join([name, *(word for word, holds in said.items() if holds)])
    return Day(letter=name[0].upper(), title=title, css=css, is_today=day == today)


def _week_line(week: Week, shut: frozenset[date]) -> str:
    line = _("Week of %(day)s") % {
        "day": date_format(week.first_on, pgettext("date format: Nov 16", "M j"))
    }
    if not shut:
        return line
    if len(shut) == len(week.dates):
        return f"{line} · {_('closed all week')}"
    days = get_text_list([_weekday(day) for day in sorted(shut)], _("and"))
    return f"{line} · {_('closed %(days)s') % {'days': days}}"


def _weekday(day: date) -> str:
    return str(Weekday(day.weekday()).label)


def _person(access: Access, program: Program | None) -> Person:
    user = access.user
    roles = access.roles_in(program) if program else []
    return Person(
        name=user.display_name,
        email=user.email,
        initials=user.initials,
        roles=", ".join(str(role.label) for role in roles),
    )


def _themes(user: User) -> tuple[Choice, ...]:
    return tuple(
        Choice(theme.value, str(theme.label), theme.value == user.theme, THEME_ICONS[theme])
        for theme in Theme
    )


def _languages(user: User) -> tuple[Choice, ...]:
    return tuple(
        Choice(each.value, LANGUAGE_NAMES.get(each, str(each.label)), each.value == user.language)
        for each in PageLanguage
    )
