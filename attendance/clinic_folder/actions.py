"""Imports a clinic folder, all of it or nothing: read, check against what is stored, write."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pghistory
from django.db import DataError, IntegrityError, connection, transaction

from accounts.audit import write_audit
from accounts.models import User
from attendance.clinic_folder.counts import Counts
from attendance.clinic_folder.planning import Plan, make_plan
from attendance.clinic_folder.problems import FolderRefused
from attendance.clinic_folder.reading import read_folder
from attendance.clinic_folder.refusals import in_words
from attendance.clinic_folder.steps import WRITING, Begin, tell_nobody
from attendance.clinic_folder.stored_people import COMMAND
from attendance.clinic_folder.write_attendance import write_attendance
from attendance.clinic_folder.write_calendar import write_calendar
from attendance.clinic_folder.write_clinic import write_clinic
from attendance.clinic_folder.write_lessons import write_curriculum, write_lessons
from attendance.clinic_folder.write_people import write_memberships, write_people
from attendance.clinic_folder.writing import Writing


def import_clinic_folder(
    *,
    folder: Path,
    now: datetime,
    by: User | None,
    say: Callable[[str], None] = lambda line: None,
    begin: Begin = tell_nobody,
    directs: frozenset[str] | None = None,
    is_rehearsal: bool = False,
) -> Counts:
    """Import the folder and return what changed, table by table.

    A folder that is on record already changes nothing, not even the audit trail. `is_rehearsal`
    does everything and takes it back. `say` is told each file as it is read, `begin` each of
    STEPS as it begins. `directs`: the programs beyond which the folder may not reach (None: all).
    Raises FolderRefused with every problem found; then nothing was written.
    """
    read = read_folder(folder, say, begin)
    who = {"user": by.pk} if by else {}
    with pghistory.context(command=COMMAND, **who), transaction.atomic():
        _one_at_a_time()
        plan = make_plan(read, now, directs=directs, begin=begin)
        writing = Writing(plan.after, now, by, say)
        try:
            with transaction.atomic():
                _write(writing, plan, begin)
        except (IntegrityError, DataError) as error:
            raise FolderRefused([in_words(error, writing.file)]) from error
        if writing.counts.has_changes:
            write_audit("clinic.imported", by=by, tables=writing.counts.as_detail())
        transaction.set_rollback(is_rehearsal)
    return writing.counts


def _one_at_a_time() -> None:
    """Wait for another import to end."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [COMMAND])


def _write(writing: Writing, plan: Plan, begin: Begin) -> None:
    """Write table after table, with constraints checked at each statement.

    Left to the end of the transaction, thousands of waiting checks would slow every statement.
    Only that memberships lie in their enrollments waits until both are written.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS groups_enrollment_holds_memberships DEFERRED")
        step = iter(WRITING)
        begin(next(step))
        write_clinic(writing)
        begin(next(step))
        write_people(writing)
        begin(next(step))
        write_calendar(writing, plan.calendar, plan.until)
        begin(next(step))
        write_memberships(writing, plan.places.rows)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        begin(next(step))
        write_attendance(writing, plan.attendance.marks, plan.marks_before)
        begin(next(step))
        write_curriculum(writing)
        write_lessons(writing, plan.lessons.lessons, plan.lessons_before)
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
