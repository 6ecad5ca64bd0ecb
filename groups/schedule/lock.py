"""One change of the calendar at a time: who waits here then sees what the other has done."""

from __future__ import annotations

from django.db import connection


def schedule_lock() -> None:
    """Wait until nobody else changes the calendar; held to the end of the transaction.

    Clinics have a handful of schedulers, so a queue costs nothing, and the second of two who want
    one room is told who has it instead of meeting a deadlock. The constraints stay the last word.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('groups.schedule'))")
