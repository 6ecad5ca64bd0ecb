"""Holds what clients were told is saved against the database: `python -m tests.bench_load_check`.

Reads their lists from a file named on the command line and prints, as JSON, how many of each sort
were acknowledged and which of them are not there. Nothing may be there by half either.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any


def main(file: str) -> None:
    """Look for everything in the lists."""
    import django

    django.setup()
    told = json.loads(Path(file).read_text())
    checks: dict[str, Callable[[list], Iterator[str]]] = {
        "marks": marks,
        "last marks": last_marks,
        "notes": notes,
        "documents": documents,
    }
    found = {name: [len(told[name]), list(check(told[name]))] for name, check in checks.items()}
    print(json.dumps({**found, "halves": [0, list(halves())]}))


def marks(told: list[str]) -> Iterator[str]:
    """Give the taps that no history of any record knows."""
    from attendance.models import AttendanceRecord

    history = AttendanceRecord.pgh_event_model.objects.filter(mark_id__isnull=False)
    known = {str(each) for each in history.values_list("mark_id", flat=True)}
    yield from (each for each in told if each not in known)


def last_marks(told: list[list[Any]]) -> Iterator[str]:
    """Give the people whose record is neither as last acknowledged nor as sent after that."""
    from attendance.models import AttendanceRecord

    rows = AttendanceRecord.objects.values_list(
        "session__public_id", "participant__public_id", "mark_id"
    )
    known = {(str(one), str(two)): str(mark_id) for one, two, mark_id in rows}
    for session, person, allowed in told:
        if known.get((session, person)) not in allowed:
            yield f"{session} {person}"


def notes(told: list[list[Any]]) -> Iterator[str]:
    """Give the notes that say neither what was acknowledged last nor what was sent after that."""
    from attendance.models import ParticipantNote

    stored = ParticipantNote.objects.select_related("session", "participant")
    known = {
        (str(each.session.public_id), str(each.participant.public_id)): each.response
        for each in stored
    }
    for session, person, allowed in told:
        if known.get((session, person)) not in allowed:
            yield f"{session} {person}"


def documents(told: list[str]) -> Iterator[str]:
    """Give the documents that are not on record, or whose bytes cannot be read."""
    from programs.agreements.opening import open_document
    from programs.models import Document

    known = {str(each.public_id): each for each in Document.objects.all()}
    for key in told:
        if key not in known or not open_document(known[key]):
            yield key


def halves() -> Iterator[str]:
    """Give files without a row."""
    from django.conf import settings

    from programs.models import Document

    rows = set(Document.objects.values_list("stored_name", flat=True))
    folder = Path(settings.DOCUMENTS_ROOT)
    files = {path.name for path in folder.iterdir()} if folder.exists() else set()
    yield from files - rows


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iop.settings")
    main(sys.argv[1])
