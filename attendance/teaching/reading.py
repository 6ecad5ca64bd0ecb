"""Reads what a session is planned to teach, or has taught, with the words to lead it by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from attendance.teaching.checking import span_of
from attendance.teaching.spans import Span, TooShort, laid_out
from curriculum.models import Handout, Lesson, LessonVersion, VersionHandout
from groups.models import GroupSession, SessionLesson
from programs.models import Program


@dataclass(frozen=True)
class InSession:
    """One lesson of a session: its row, the words it is led by, and when it is taught.

    `version` is the one kept once taught, else the latest published; None where there is none.
    `span` is None where the session has fewer minutes than lessons.
    """

    row: SessionLesson
    version: LessonVersion | None
    handouts: tuple[Handout, ...]
    span: Span | None

    @property
    def is_taught(self) -> bool:
        return self.row.taught_at is not None

    @property
    def lesson(self) -> Lesson:
        return self.row.lesson


def lessons_of(session: GroupSession) -> list[InSession]:
    """Return the session's lessons, taught ones as they were and planned ones laid out.

    Three statements, whatever their number.
    """
    rows = list(
        session.lessons.standing()
        .select_related("lesson__module__track", "version", "taught_by")
        .order_by("began_at", "position", "pk")
    )
    versions = _versions(rows)
    handouts = _handouts(versions.values())
    spans = _spans(session, rows)
    return [
        InSession(
            row=row,
            version=versions.get(row.pk),
            handouts=tuple(handouts[versions[row.pk].pk]) if row.pk in versions else (),
            span=spans.get(row.pk),
        )
        for row in rows
    ]


def library_of(program: Program) -> list[Lesson]:
    """Return the program's lessons that can be taught: in use, and published; by the library."""
    lessons = Lesson.objects.of_program(program).in_use().in_order()
    published = LessonVersion.objects.published().values("lesson")
    return list(lessons.filter(pk__in=published).select_related("module__track"))


def _versions(rows: Sequence[SessionLesson]) -> dict[int, LessonVersion]:
    """Return the words of each row, by its key."""
    kept = {row.pk: row.version for row in rows if row.version is not None}
    lacking = {row.lesson_id: row.pk for row in rows if row.pk not in kept}
    latest = LessonVersion.objects.latest_of(lacking) if lacking else ()
    return kept | {lacking[each.lesson_id]: each for each in latest}


def _handouts(versions: object) -> Mapping[int, list[Handout]]:
    found: dict[int, list[Handout]] = defaultdict(list)
    keys = [each.pk for each in versions]  # type: ignore[attr-defined]
    links = VersionHandout.objects.filter(version__in=keys).select_related("handout")
    for link in links.order_by("position", "pk") if keys else ():
        found[link.version_id].append(link.handout)
    return found


def _spans(session: GroupSession, rows: Sequence[SessionLesson]) -> dict[int, Span]:
    taught = {row.pk: span_of(row) for row in rows if row.taught_at}
    planned = [row for row in rows if not row.taught_at]
    whole = (session.starts_at, session.ends_at)
    try:
        spans = laid_out([row.lesson.minutes for row in planned], whole, session.breaks)
    except TooShort:
        return taught
    return taught | {row.pk: span for row, span in zip(planned, spans, strict=True)}
