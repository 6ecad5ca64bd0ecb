"""Tells how far a worker is with an upload, while its transaction is still open.

A rehearsal is rolled back and an import is seen only at its end; so what is told meanwhile goes
over a connection of its own, one short statement for each step. The row then says both: how far,
and (`claimed_at`) that the worker lives.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.db import DEFAULT_DB_ALIAS, OperationalError, connections

from attendance.clinic_folder.steps import STEPS, Begin
from attendance.clinic_upload.moving import WORKING
from attendance.models import ClinicUpload

TELL = """
    UPDATE attendance_clinicupload
       SET step = least(%s, steps), claimed_at = greatest(claimed_at, clock_timestamp())
     WHERE id = %s AND status = ANY (%s)
"""


@contextmanager
def told_beside(upload: ClinicUpload) -> Iterator[Begin]:
    """Give what tells the step that begins. It must be over before the row itself is changed."""
    beside = connections[DEFAULT_DB_ALIAS].copy()

    def begin(step: str) -> None:
        # With no connection to be had the work goes on untold.
        with suppress(OperationalError), beside.cursor() as cursor:
            cursor.execute(TELL, [STEPS.index(step) + 1, upload.pk, list(map(str, WORKING))])

    try:
        yield begin
    finally:
        beside.close()
