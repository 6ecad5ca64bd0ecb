"""What an import would do: every check made, nothing left to decide, no row written yet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from attendance.clinic_folder.after import After
from attendance.clinic_folder.calendar import Calendar, lay_out
from attendance.clinic_folder.check_attendance import MarkKey, Settled, settle_attendance
from attendance.clinic_folder.check_bookings import check_bookings, check_zones
from attendance.clinic_folder.check_lessons import Taught, TaughtKey, settle_lessons
from attendance.clinic_folder.check_library import check_library
from attendance.clinic_folder.check_names import check_names
from attendance.clinic_folder.check_people import Places, check_people, settle_memberships
from attendance.clinic_folder.folder import Folder
from attendance.clinic_folder.problems import FolderRefused, Problem, Problems
from attendance.clinic_folder.reach import beyond_reach
from attendance.clinic_folder.sessions import (
    Marks,
    OnPlan,
    load_lessons,
    load_marks,
    load_sessions,
)
from attendance.clinic_folder.steps import CALENDAR, CHECKS, STORED, Begin, tell_nobody
from attendance.clinic_folder.stored import load_stored
from programs.weeks import local_date


@dataclass
class Plan:
    """What is to be written, and what of it the database has already."""

    after: After
    calendar: Calendar
    until: date
    places: Places
    attendance: Settled
    marks_before: dict[MarkKey, Marks]
    lessons: Taught
    lessons_before: dict[TaughtKey, OnPlan]


def make_plan(
    read: Folder, now: datetime, directs: frozenset[str] | None = None, begin: Begin = tell_nobody
) -> Plan:
    """Check the folder against what is stored. Raises FolderRefused with every problem.

    `directs` are the codes of the programs that who imports directs (None: all). What reaches
    beyond them is refused before anything else is looked at.
    """
    begin(STORED)
    after = _within_reach(After(read, load_stored(), directs))
    begin(CALENDAR)
    sessions, lessons_before = load_sessions(), load_lessons()
    until = _horizon(after, now)
    marks_before = _marks_before(after)
    calendar = lay_out(after, sessions, _far_enough(after, until))
    begin(CHECKS)
    plan = Plan(
        after=after,
        calendar=calendar,
        until=until,
        places=settle_memberships(after),
        attendance=settle_attendance(after, calendar, marks_before),
        marks_before=marks_before,
        lessons=settle_lessons(after, calendar, lessons_before, now),
        lessons_before=lessons_before,
    )
    if problems := _problems(plan):
        raise FolderRefused(problems)
    return plan


def _within_reach(after: After) -> After:
    if beyond := Problems(beyond_reach(after)):
        raise FolderRefused(beyond)
    return after


def _problems(plan: Plan) -> Problems:
    after, calendar = plan.after, plan.calendar
    problems = Problems()
    found: tuple[Iterable[Problem], ...] = (
        after.folder.problems,
        check_names(after),
        check_people(after),
        check_zones(after, calendar.before.values()),
        calendar.problems,
        check_bookings(after, calendar),
        plan.places.problems,
        plan.attendance.problems,
        check_library(after),
        plan.lessons.problems,
    )
    for each in found:
        problems.extend(each)
    return problems


def _horizon(after: After, now: datetime) -> date:
    """Return how far sessions go: as many weeks past today, and past the last attendance."""
    zones = {ZoneInfo(site.timezone) for site in after.sites.values()}
    days = [local_date(now, zone) for zone in zones] or [now.date()]
    if after.last_attendance_on is not None:
        days.append(after.last_attendance_on)
    return max(days) + timedelta(weeks=settings.SESSION_HORIZON_WEEKS)


def _far_enough(after: After, until: date) -> date:
    """Return a date by which every slot has begun, so that each clash of two is seen."""
    begins = [slot.first_on for slot in after.schedule.values()]
    return max([until, *(day + timedelta(weeks=settings.SESSION_HORIZON_WEEKS) for day in begins)])


def _marks_before(after: After) -> dict[MarkKey, Marks]:
    days = [row.date for row in after.folder.attendance.rows.values()]
    return load_marks(min(days), max(days)) if days else {}
