"""Imports a clinic folder, all of it or nothing: read, check against what is stored, write."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pghistory
from django.conf import settings
from django.db import DataError, IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from accounts.audit import write_audit
from accounts.models import User
from attendance.clinic_folder.after import After
from attendance.clinic_folder.calendar import Calendar, lay_out
from attendance.clinic_folder.check_attendance import Settled, settle_attendance
from attendance.clinic_folder.check_bookings import check_bookings, check_zones
from attendance.clinic_folder.check_lessons import Taught, settle_lessons
from attendance.clinic_folder.check_names import check_names
from attendance.clinic_folder.check_people import Places, check_people, settle_memberships
from attendance.clinic_folder.counts import Counts
from attendance.clinic_folder.folder import Folder
from attendance.clinic_folder.problems import FolderRefused, Problem
from attendance.clinic_folder.reading import read_folder
from attendance.clinic_folder.refusals import in_words
from attendance.clinic_folder.sessions import load_lessons, load_marks, load_sessions
from attendance.clinic_folder.stored import load_stored
from attendance.clinic_folder.write_attendance import (
    write_attendance,
    write_curriculum,
    write_lessons,
)
from attendance.clinic_folder.write_calendar import write_calendar
from attendance.clinic_folder.write_clinic import write_clinic
from attendance.clinic_folder.write_people import write_memberships, write_people
from attendance.clinic_folder.writing import Writing
from programs.weeks import local_date

COMMAND = "import_clinic"


def import_clinic_folder(
    *,
    folder: Path,
    now: datetime,
    by: User | None,
    say: Callable[[str], None] = lambda line: None,
    is_rehearsal: bool = False,
) -> Counts:
    """Import the folder and return what changed, table by table.

    A folder that is on record already changes nothing, not even the audit trail. `is_rehearsal`
    does everything and takes it back. `say` is told each file as it is read.
    Raises FolderRefused with every problem found; then nothing was written.
    """
    read = read_folder(folder, say)
    with pghistory.context(command=COMMAND), transaction.atomic():
        _one_at_a_time()
        plan = _plan(read, now)
        writing = Writing(plan.after, now, by, say)
        try:
            with transaction.atomic():
                _write(writing, plan)
        except (IntegrityError, DataError) as error:
            raise FolderRefused([in_words(error, writing.file)]) from error
        if writing.counts.has_changes:
            write_audit("clinic.imported", by=by, **writing.counts.as_detail())
        transaction.set_rollback(is_rehearsal)
    return writing.counts


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [COMMAND])


@dataclass
class _Plan:
    """What is to be written: checked, with nothing left to decide."""

    after: After
    calendar: Calendar
    until: date
    places: Places
    attendance: Settled
    marks_before: dict
    lessons: Taught
    lessons_before: dict


def _plan(read: Folder, now: datetime) -> _Plan:
    """Check the folder against what is stored. Raises FolderRefused with every problem."""
    after = After(read, load_stored())
    sessions, lessons_before = load_sessions(), load_lessons()
    until = _horizon(after, now)
    marks_before = _marks_before(after)
    calendar = lay_out(after, sessions, _far_enough(after, until))
    plan = _Plan(
        after=after,
        calendar=calendar,
        until=until,
        places=settle_memberships(after),
        attendance=settle_attendance(after, calendar, marks_before),
        marks_before=marks_before,
        lessons=settle_lessons(after, calendar, lessons_before),
        lessons_before=lessons_before,
    )
    problems = [*read.problems, *_problems(plan)]
    if problems:
        raise FolderRefused(problems)
    return plan


def _problems(plan: _Plan) -> list[Problem]:
    after, calendar = plan.after, plan.calendar
    return [
        *check_names(after),
        *check_people(after),
        *check_zones(after, calendar.before.values()),
        *calendar.problems,
        *check_bookings(after, calendar),
        *plan.places.problems,
        *plan.attendance.problems,
        *plan.lessons.problems,
    ]


def _horizon(after: After, now: datetime) -> date:
    """Return how far sessions go: as many weeks past today, and past the last attendance."""
    zones = {ZoneInfo(site.timezone) for site in after.sites.values()}
    days = [now.date(), *(local_date(now, zone) for zone in zones)]
    if after.last_attendance_on is not None:
        days.append(after.last_attendance_on)
    return max(days) + timedelta(weeks=settings.SESSION_HORIZON_WEEKS)


def _far_enough(after: After, until: date) -> date:
    """Return a date by which every slot has begun, so that each clash of two is seen."""
    begins = [slot.first_on for slot in after.schedule.values()]
    return max([until, *(day + timedelta(weeks=settings.SESSION_HORIZON_WEEKS) for day in begins)])


def _marks_before(after: After) -> dict:
    days = [row.date for row in after.folder.attendance.rows.values()]
    return load_marks(min(days), max(days)) if days else {}


def _write(writing: Writing, plan: _Plan) -> None:
    write_clinic(writing)
    write_people(writing)
    write_calendar(writing, plan.calendar, plan.until)
    write_memberships(writing, plan.places.rows)
    write_attendance(writing, plan.attendance.marks, plan.marks_before)
    write_curriculum(writing)
    write_lessons(writing, plan.lessons.lessons, plan.lessons_before)
    # A membership outside its enrollment is refused at the end of the transaction: be it now.
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
