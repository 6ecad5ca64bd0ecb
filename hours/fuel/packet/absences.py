"""Absences by kind, each with its date and group; the reasons for those who may read them."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from django.utils.translation import gettext as _

from attendance.models import Absence, AttendanceRecord
from attendance.papers.content import Fact
from groups.wording import short_day
from hours.facts import SessionLine
from programs.models import Enrollment

UNEXPLAINED = ""


def absence_facts(
    lines: Iterable[SessionLine], reasons: dict[uuid.UUID, str], *, as_of: datetime
) -> tuple[Fact, ...]:
    """Return the absences under their kinds; a kind without any is left out."""
    by_kind: dict[str, list[SessionLine]] = defaultdict(list)
    for line in absences_in(lines, as_of=as_of):
        by_kind[line.absence].append(line)
    return tuple(
        Fact(
            _("%(kind)s (%(n)s)") % {"kind": label, "n": len(by_kind[kind])},
            _said(by_kind[kind], reasons),
        )
        for kind, label in [*Absence.choices, (UNEXPLAINED, _("Not explained"))]
        if by_kind[kind]
    )


def absences_in(lines: Iterable[SessionLine], *, as_of: datetime) -> list[SessionLine]:
    """Return the sessions that somebody was expected at, and has a record of not being there."""
    return [
        line
        for line in lines
        if line.is_expected and line.has_record and not line.stretches and line.ends_at <= as_of
    ]


def reasons_of(
    enrollment: Enrollment, lines: Iterable[SessionLine], *, as_of: datetime
) -> dict[uuid.UUID, str]:
    """Return why, by session, where that is on record; one statement."""
    keys = [line.session_id for line in absences_in(lines, as_of=as_of)]
    found = AttendanceRecord.objects.filter(
        participant=enrollment.participant_id, session__public_id__in=keys
    )
    return {key: why for key, why in found.values_list("session__public_id", "reason") if why}


def _said(lines: list[SessionLine], reasons: dict[uuid.UUID, str]) -> str:
    """Return the dates with their groups; one reason of several sessions of a date is said once."""
    by_date: dict[tuple[date, str], list[str]] = defaultdict(list)
    for line in lines:
        by_date[line.held_on, reasons.get(line.session_id, "")].append(line.group)
    said = []
    for (day, reason), groups in by_date.items():
        where = f"{short_day(day)} {', '.join(groups)}"
        said.append(f"{where}: {reason}" if reason else where)
    return "; ".join(said)
