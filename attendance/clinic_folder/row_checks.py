"""What must hold inside one line: ends after starts, pairs given together, breaks inside."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from attendance.clinic_folder.problems import Problem
from attendance.clinic_folder.rows import (
    AttendanceRow,
    ClosureRow,
    EnrollmentRow,
    GroupRow,
    LeaveRow,
    MembershipRow,
    Row,
    RuleRow,
    SlotRow,
    as_written,
)
from programs.models import GroupKind


def _not_before(row: Row, last: str, first: str) -> Iterator[Problem]:
    """Yield a problem where `last` is given and earlier than `first`."""
    end, start = getattr(row, last), getattr(row, first)
    if end is not None and end < start:
        yield row.problem(
            last,
            _("on or after %(first)s (%(value)s)") % {"first": first, "value": as_written(start)},
        )


def check_closure(row: ClosureRow) -> Iterator[Problem]:
    yield from _not_before(row, "last_on", "first_on")


def check_rule(row: RuleRow) -> Iterator[Problem]:
    if row.max_minutes_per_week < row.min_minutes_per_week:
        yield row.problem(
            "max_minutes_per_week",
            _("at least min_minutes_per_week (%(least)d)") % {"least": row.min_minutes_per_week},
        )


def check_enrollment(row: EnrollmentRow) -> Iterator[Problem]:
    yield from _not_before(row, "planned_discharge_on", "admitted_on")
    yield from _not_before(row, "discharged_on", "admitted_on")
    if row.discharged_on and not row.discharge_reason:
        yield row.problem("discharge_reason", _("a discharge has a date and a reason: say why"))
    if row.discharge_reason and not row.discharged_on:
        yield row.problem(
            "discharged_on",
            _("a discharge has a date and a reason: say when, or leave discharge_reason blank"),
        )


def check_leave(row: LeaveRow) -> Iterator[Problem]:
    yield from _not_before(row, "last_on", "first_on")


def check_group(row: GroupRow) -> Iterator[Problem]:
    if row.kind == GroupKind.INDIVIDUAL and row.capacity != 1:
        yield row.problem("capacity", _("1, since an individual group has one seat"))


def check_slot(row: SlotRow) -> Iterator[Problem]:
    yield from _not_before(row, "last_on", "first_on")
    if row.ends <= row.starts:
        yield row.problem(
            "ends",
            _("a time after starts (%(starts)s), on the same day")
            % {"starts": as_written(row.starts)},
        )
        return
    for start, end in row.breaks:
        if start < row.starts or end > row.ends:
            yield row.problem("breaks", _breaks_inside(row), f"{start:%H:%M}-{end:%H:%M}")


def _breaks_inside(row: SlotRow) -> str:
    return _("a break between %(starts)s and %(ends)s, inside its slot") % {
        "starts": as_written(row.starts),
        "ends": as_written(row.ends),
    }


def check_membership(row: MembershipRow) -> Iterator[Problem]:
    yield from _not_before(row, "last_on", "first_on")


def check_attendance(row: AttendanceRow) -> Iterator[Problem]:
    if row.left and not row.arrived:
        yield row.problem("left", _("blank, or say in arrived when they came"))
    if row.left and row.arrived and row.left < row.arrived:
        yield row.problem(
            "left", _("not before arrived (%(arrived)s)") % {"arrived": as_written(row.arrived)}
        )
    if row.arrived and row.absence:
        yield row.problem("absence", _("blank, since arrived says that they came"))


def no_check(row: Any) -> Iterator[Problem]:
    """For rows whose cells need nothing of each other."""
    return iter(())
