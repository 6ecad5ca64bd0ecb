"""What sessions taught as lessons.csv: a line for each lesson, as the import reads it back."""

from __future__ import annotations

from collections.abc import Iterator

from attendance.clinic_folder.tables import LESSONS
from curriculum.files.cells import guarded
from groups.models import SessionLesson
from programs.models import Program
from programs.table_file import Row, csv_of


def lessons_csv(program: Program) -> bytes:
    """Return every lesson taught, the earliest first; what is only planned is not in it."""
    return csv_of(LESSONS.names, _lines(program))


def _lines(program: Program) -> Iterator[Row]:
    rows = SessionLesson.objects.taught().filter(session__group__program=program)
    zone = program.zone
    for each in rows.select_related("session__group", "lesson__module__track").order_by(
        "session__starts_at", "session__group__name", "position", "pk"
    ):
        session, module = each.session, each.lesson.module
        times = (each.began_at, each.ended_at)
        clocks = (f"{at.astimezone(zone):%H:%M}" if at else "" for at in times)
        yield (
            session.group.name,
            session.held_on,
            f"{session.starts_at.astimezone(zone):%H:%M}",
            guarded(module.name),
            guarded(each.lesson.name),
            guarded(module.track.name),
            *clocks,
            guarded(each.homework),
        )
