"""Whom a lesson in a coming session serves: those expected there who do not have it by then."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime

from attendance.coverage.cells import Cell, State
from attendance.coverage.reading import coverage_of
from groups.models import GroupSession
from groups.roster import expected_in
from programs.models import Enrollment, Program

HAD = frozenset({State.RECEIVED, State.WAIVED})
Times = Mapping[uuid.UUID, datetime]


def serves(
    program: Program, sessions: Iterable[GroupSession], *, now: datetime
) -> dict[tuple[int, int], int]:
    """Return, by session and lesson (keys), how many people the lesson would serve there.

    They are expected there on or before they leave, have not received it, need it, and no earlier
    session is planned to give it to them. Pairs that serve nobody are left out. Five statements,
    whatever the numbers.
    """
    coming = list(sessions)
    expected = expected_in(each.pk for each in coming)
    people = {key for keys in expected.values() for key in keys}
    coverage = coverage_of(program, now=now, enrollments=Enrollment.objects.filter(pk__in=people))
    planned = {cell.coming_id for cell in coverage.cells.values() if cell.coming_id}
    rows = GroupSession.objects.filter(public_id__in=planned)
    starts = dict(rows.values_list("public_id", "starts_at"))
    leaves = {each.enrollment_pk: each.until for each in coverage.people}
    counts: dict[tuple[int, int], int] = {}
    for session in coming:
        there = [
            key
            for key in expected.get(session.pk, ())
            if (until := leaves.get(key)) is None or session.held_on <= until
        ]
        for lesson in coverage.lessons:
            cells = (coverage.cell(key, lesson.pk) for key in there)
            if count := sum(_is_served(cell, session, starts) for cell in cells):
                counts[session.pk, lesson.pk] = count
    return counts


def _is_served(cell: Cell, session: GroupSession, starts: Times) -> bool:
    if cell.state in HAD:
        return False
    return cell.coming_id is None or starts[cell.coming_id] >= session.starts_at
