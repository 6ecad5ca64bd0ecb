"""What a record says in one word: present, late, left early, out and back, or which absence.

A mark is derived from minutes of presence each time it is shown; nothing here is stored.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from attendance.models import Absence

Stretch = tuple[datetime, datetime | None]


class Mark(StrEnum):
    """One word for one person in one session."""

    PRESENT = "present"
    LATE = "late"
    LEFT_EARLY = "left_early"
    OUT_AND_BACK = "out_and_back"
    EXCUSED = "excused"
    UNEXCUSED = "unexcused"
    NO_CALL = "no_call"
    UNEXPLAINED = "unexplained"
    UNMARKED = "unmarked"


@dataclass(frozen=True)
class MarkLook:
    """Tone, icon and word of a mark."""

    tone: str
    icon: str
    label: str | Promise


MARK_LOOKS: dict[Mark, MarkLook] = {
    Mark.PRESENT: MarkLook("ok", "check", _("Present")),
    Mark.LATE: MarkLook("warn", "clock", _("Late")),
    Mark.LEFT_EARLY: MarkLook("warn", "log-out", _("Left early")),
    Mark.OUT_AND_BACK: MarkLook("go", "repeat", _("Out and back")),
    Mark.EXCUSED: MarkLook("go", "mail", _("Excused")),
    Mark.UNEXCUSED: MarkLook("lost", "user-x", _("Unexcused")),
    Mark.NO_CALL: MarkLook("lost", "phone-missed", _("No call")),
    Mark.UNEXPLAINED: MarkLook("warn", "circle-question-mark", _("Absent, not explained")),
    Mark.UNMARKED: MarkLook("", "circle-dashed", _("Not marked")),
}
ABSENCES = {
    Absence.EXCUSED: Mark.EXCUSED,
    Absence.UNEXCUSED: Mark.UNEXCUSED,
    Absence.NO_CALL: Mark.NO_CALL,
}


def mark_of(
    stretches: Sequence[Stretch],
    *,
    absence: str,
    has_record: bool,
    starts_at: datetime,
    ends_at: datetime,
    grace: timedelta,
) -> Mark:
    """Return the mark of one record; `stretches` are (arrived, left or None) in order of time.

    A few minutes at the door are not worth a word: the program's `grace`. Credited minutes count
    them all the same.
    """
    if not has_record:
        return Mark.UNMARKED
    if not stretches:
        return ABSENCES[Absence(absence)] if absence else Mark.UNEXPLAINED
    if len(stretches) > 1:
        return Mark.OUT_AND_BACK
    arrived, left = stretches[0]
    if arrived > starts_at + grace:
        return Mark.LATE
    if left is not None and left < ends_at - grace:
        return Mark.LEFT_EARLY
    return Mark.PRESENT
