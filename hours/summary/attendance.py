"""How often somebody was there, counted over the sessions of an episode that are over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from attendance.marks import Mark, mark_of
from hours.facts import SessionLine

THERE = (Mark.PRESENT, Mark.LATE, Mark.LEFT_EARLY, Mark.OUT_AND_BACK)


@dataclass(frozen=True)
class Attendance:
    """Sessions expected and over, by what became of them; walk-ins were not expected."""

    expected: int
    attended: int
    excused: int
    unexcused: int
    no_call: int
    unexplained: int
    unrecorded: int
    walk_ins: int

    @property
    def recorded(self) -> int:
        return self.expected - self.unrecorded

    @property
    def percent(self) -> int | None:
        """Attended of recorded, in whole percent and never rounded up; None where none is."""
        return 100 * self.attended // self.recorded if self.recorded else None


def attendance_of(lines: Iterable[SessionLine], *, as_of: datetime) -> Attendance:
    """Return the counts."""
    over = [line for line in lines if line.ends_at <= as_of]
    marks = Counter(_mark(line) for line in over if line.is_expected)
    return Attendance(
        expected=marks.total(),
        attended=sum(marks[each] for each in THERE),
        excused=marks[Mark.EXCUSED],
        unexcused=marks[Mark.UNEXCUSED],
        no_call=marks[Mark.NO_CALL],
        unexplained=marks[Mark.UNEXPLAINED],
        unrecorded=marks[Mark.UNMARKED],
        walk_ins=sum(bool(line.stretches) for line in over if not line.is_expected),
    )


def _mark(line: SessionLine) -> Mark:
    return mark_of(
        line.stretches,
        absence=line.absence,
        has_record=line.has_record,
        starts_at=line.starts_at,
        ends_at=line.ends_at,
        grace=line.grace,
    )


def counts_in_words(attendance: Attendance) -> tuple[tuple[str, int], ...]:
    """Return each count under its word; what seldom is, only where it is."""
    seldom = (
        (_("Not explained"), attendance.unexplained),
        (_("Not recorded"), attendance.unrecorded),
        (_("Walk-ins"), attendance.walk_ins),
    )
    return (
        (_("Expected"), attendance.expected),
        (_("Attended"), attendance.attended),
        (_("Excused"), attendance.excused),
        (_("Unexcused"), attendance.unexcused),
        (_("No call"), attendance.no_call),
        *(each for each in seldom if each[1]),
    )


def percent_in_words(attendance: Attendance) -> str:
    """Return the share of recorded sessions that were attended."""
    if attendance.percent is None:
        return _("No session that counts toward the weekly hours is recorded yet.")
    return ngettext(
        "Attended %(there)s of %(count)s recorded session that counts toward the weekly hours:"
        " %(percent)s%%.",
        "Attended %(there)s of %(count)s recorded sessions that count toward the weekly hours:"
        " %(percent)s%%.",
        attendance.recorded,
    ) % {
        "there": attendance.attended,
        "count": attendance.recorded,
        "percent": attendance.percent,
    }
