"""The staff of a program: what they are licensed as, whether they are away, how much they lead."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import License, User
from groups.forms import WeekForm
from groups.leading.led_bars import LedBar, led_bar, scale_of
from groups.leading.led_hours import Led, led_by_week
from groups.leading.license_states import held_credentials, license_chip
from groups.leading.staff import roles_of, staff_of
from groups.leading.wording import Chip, away_chip, near_date
from groups.schedule.placing import LEADING_ROLES
from groups.week_switch import ProgramLink, WeekSwitch, program_links, week_switch
from groups.wording import dates
from programs.access import Access
from programs.models import Program, Role, StaffLeave
from programs.weeks import local_date

WEEKS = 2


@dataclass(frozen=True)
class StaffRow:
    """One colleague: licenses and leave as chips, a bar for each week shown."""

    url: str
    name: str
    initials: str
    roles: tuple[str, ...]
    licenses: tuple[Chip, ...]
    asks_license: bool
    away: Chip | None
    weeks: tuple[LedBar, ...]


@dataclass(frozen=True)
class StaffPage:
    """Everything the list's template reads."""

    program: Program
    programs: tuple[ProgramLink, ...]
    week: str
    weeks: tuple[str, ...]
    switch: WeekSwitch
    rows: tuple[StaffRow, ...]
    has_elsewhere: bool
    problems: list[str]


def staff_page(*, program: Program, form: WeekForm, access: Access, now: datetime) -> StaffPage:
    """Return the list for the week asked for and the one after it."""
    form.is_valid()
    today = local_date(now, program.zone)
    this_week = program.week_of(today)
    week = program.week_of(form.day(today=today))
    people = list(staff_of(program, now=now))
    led = led_by_week([each.pk for each in people], week, WEEKS, program=program)
    asked = "" if week == this_week else week.first_on.isoformat()
    return StaffPage(
        program=program,
        programs=program_links("staff:staff", access, program, action="staff.manage", week=asked),
        week=dates(week.dates),
        weeks=tuple(_week_words(each.first_on, today) for each in (week, week.moved(1))),
        switch=week_switch(week, this_week),
        rows=_rows(people, led, program=program, today=today),
        has_elsewhere=any(each.elsewhere for each in led.values()),
        problems=form.problems(),
    )


def _rows(
    people: Sequence[User],
    led: Mapping[tuple[int, date], Led],
    *,
    program: Program,
    today: date,
) -> tuple[StaffRow, ...]:
    keys = [each.pk for each in people]
    roles, licenses, leaves = roles_of(keys, program), _licenses(keys), _leaves(keys, today)
    bars = _bars(led, today)
    return tuple(
        StaffRow(
            url=reverse("staff:person", args=[program.public_id, each.public_id]),
            name=each.display_name,
            initials=each.initials,
            roles=tuple(str(role.label) for role in roles[each.pk]),
            licenses=_chips(licenses[each.pk], today),
            asks_license=_leads(roles[each.pk]),
            away=_away(leaves.get(each.pk), today),
            weeks=tuple(bars[each.pk]),
        )
        for each in people
    )


def _bars(led: Mapping[tuple[int, date], Led], today: date) -> dict[int, list[LedBar]]:
    """Return each user's bars in the order of the weeks, all on one scale."""
    scale, found = scale_of(led.values()), defaultdict[int, list[LedBar]](list)
    for (user, first_on), each in led.items():
        found[user].append(led_bar(each, week=_week_words(first_on, today), scale=scale))
    return found


def _week_words(first_on: date, today: date) -> str:
    return _("Week of %(day)s") % {"day": near_date(first_on, today)}


def _chips(licenses: Iterable[License], today: date) -> tuple[Chip, ...]:
    return tuple(license_chip(each, today) for each in held_credentials(licenses, today))


def _leads(roles: Iterable[Role]) -> bool:
    return any(role in LEADING_ROLES for role in roles)


def _away(leave: StaffLeave | None, today: date) -> Chip | None:
    return away_chip(leave.first_on, leave.last_on, today) if leave else None


def _licenses(users: Sequence[int]) -> dict[int, list[License]]:
    found: dict[int, list[License]] = defaultdict(list)
    for each in License.objects.on_record().filter(user__in=users):
        found[each.user_id].append(each)
    return found


def _leaves(users: Sequence[int], today: date) -> dict[int, StaffLeave]:
    """Return each user's leave of today, else the next one."""
    found: dict[int, StaffLeave] = {}
    ahead = StaffLeave.objects.filter(
        Q(last_on=None) | Q(last_on__gte=today), user__in=users, withdrawn_at=None
    )
    for each in ahead.order_by("first_on", "pk"):
        found.setdefault(each.user_id, each)
    return found
