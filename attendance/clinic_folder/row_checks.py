"""What must hold inside one line: ends after starts, pairs given together, breaks inside.

A check names the columns it looks at. It is left out where one of them could not be read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from attendance.clinic_folder.problems import Problem
from attendance.clinic_folder.rows import (
    AttendanceRow,
    EnrollmentRow,
    GroupRow,
    Row,
    RuleRow,
    SlotRow,
    TaughtRow,
    as_written,
)
from programs.models import GroupKind


@dataclass(frozen=True)
class RowCheck:
    """A check of one row: the columns it needs, and what finds the problems."""

    needs: tuple[str, ...]
    find: Callable[[Any], Iterator[Problem]]


def not_before(last: str, first: str) -> RowCheck:
    """Refuse a `last` that is given and earlier than `first`."""

    def find(row: Row) -> Iterator[Problem]:
        end, start = getattr(row, last), getattr(row, first)
        if end is not None and end < start:
            words = _("on or after %(first)s (%(value)s)")
            yield row.problem(last, words % {"first": first, "value": as_written(start)})

    return RowCheck((last, first), find)


def _maximum(row: RuleRow) -> Iterator[Problem]:
    if row.max_minutes_per_week < row.min_minutes_per_week:
        words = _("at least min_minutes_per_week (%(least)d)")
        yield row.problem("max_minutes_per_week", words % {"least": row.min_minutes_per_week})


def _discharge(row: EnrollmentRow) -> Iterator[Problem]:
    if row.discharged_on and not row.discharge_reason:
        yield row.problem("discharge_reason", _("a discharge has a date and a reason: say why"))
    if row.discharge_reason and not row.discharged_on:
        yield row.problem(
            "discharged_on",
            _("a discharge has a date and a reason: say when, or leave discharge_reason blank"),
        )


def _individual(row: GroupRow) -> Iterator[Problem]:
    if row.kind == GroupKind.INDIVIDUAL and row.capacity != 1:
        yield row.problem("capacity", _("1, since an individual group has one seat"))


def _length(row: SlotRow) -> Iterator[Problem]:
    if row.ends <= row.starts:
        words = _("a time after starts (%(starts)s), on the same day")
        yield row.problem("ends", words % {"starts": as_written(row.starts)})


def _breaks(row: SlotRow) -> Iterator[Problem]:
    words = _("a break between %(starts)s and %(ends)s, inside its slot") % {
        "starts": as_written(row.starts),
        "ends": as_written(row.ends),
    }
    for start, end in row.breaks if row.starts < row.ends else ():
        if start < row.starts or end > row.ends:
            yield row.problem("breaks", words, f"{as_written(start)}-{as_written(end)}")


def _came(row: AttendanceRow) -> Iterator[Problem]:
    if row.left and not row.arrived:
        yield row.problem("left", _("blank, or say in arrived when they came"))
    if row.left and row.arrived and row.left < row.arrived:
        words = _("not before arrived (%(arrived)s)")
        yield row.problem("left", words % {"arrived": as_written(row.arrived)})


def _absent(row: AttendanceRow) -> Iterator[Problem]:
    if row.arrived and row.absence:
        yield row.problem("absence", _("blank, since arrived says that they came"))


def _taught(row: TaughtRow) -> Iterator[Problem]:
    if (row.began is None) != (row.ended is None):
        column = "ended" if row.ended is None else "began"
        yield row.problem(column, _("a time: a lesson is given with both began and ended"))
    if row.began and row.ended and row.ended <= row.began:
        words = _("a time after began (%(began)s)")
        yield row.problem("ended", words % {"began": as_written(row.began)})


MAXIMUM = RowCheck(("max_minutes_per_week", "min_minutes_per_week"), _maximum)
DISCHARGE = RowCheck(("discharged_on", "discharge_reason"), _discharge)
INDIVIDUAL = RowCheck(("kind", "capacity"), _individual)
LENGTH = RowCheck(("starts", "ends"), _length)
BREAKS = RowCheck(("starts", "ends", "breaks"), _breaks)
CAME = RowCheck(("arrived", "left"), _came)
ABSENT = RowCheck(("arrived", "absence"), _absent)
TAUGHT = RowCheck(("began", "ended"), _taught)
