"""When staff can lead and when not: what the database refuses, and what putting on record does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest
from django.db import IntegrityError, models

from accounts.keeping import NotKept
from accounts.models import AuditEvent, User
from programs.actions import (
    add_availability,
    add_staff_leave,
    withdraw_availability,
    withdraw_staff_leave,
)
from programs.models import Availability, Program, StaffLeave
from tests import build, build_staff
from tests.build import MONDAY, NOW, on
from tests.refusals import explains, refused

pytestmark = pytest.mark.django_db

Fields = dict[str, Any]


def a_staff_leave(**fields: Any) -> models.Model:
    return build_staff.a_staff_leave(None, **fields)


def an_availability(**fields: Any) -> models.Model:
    return build_staff.an_availability(None, **fields)


# The constraint, who builds the row, fields that are accepted, and changes that are refused.
ROWS: list[tuple[str, Callable[..., models.Model], Fields, Fields]] = [
    (
        "staff_leave_ends_after_start",
        a_staff_leave,
        {"first_on": "2026-11-09", "last_on": "2026-11-09"},
        {"last_on": "2026-11-08"},
    ),
    ("availability_weekday_known", an_availability, {"weekday": 6}, {"weekday": 7}),
    (
        "availability_ends_after_start",
        an_availability,
        {"starts": "09:00", "ends": "09:01"},
        {"ends": "09:00"},
    ),
    (
        "availability_last_after_first",
        an_availability,
        {"first_on": "2026-11-09", "last_on": "2026-11-09"},
        {"last_on": "2026-11-08"},
    ),
]


@pytest.mark.parametrize(("constraint", "build_row", "good", "changes"), ROWS)
def test_one_row(constraint: str, build_row: Callable, good: Fields, changes: Fields):
    row = build_row(**good)
    with refused(constraint):
        build_row(**{**good, **changes})
    explains(row, constraint, **changes)


@pytest.mark.parametrize(
    ("day", "is_on"),
    [("2026-11-08", False), ("2026-11-09", True), ("2026-11-11", True), ("2026-11-12", False)],
)
@pytest.mark.parametrize("build_row", [a_staff_leave, an_availability])
def test_both_ends_are_in_force(build_row: Callable[..., Any], day: str, is_on: bool):
    row = build_row(first_on="2026-11-09", last_on="2026-11-11")
    build_row(first_on="2026-11-09", last_on="2026-11-11", withdrawn_at=NOW)
    found = type(row).objects.on(on(day))
    assert list(found) == ([row] if is_on else [])


def test_an_open_end_goes_on():
    row = build_staff.a_staff_leave(first_on="2026-11-09")
    assert list(StaffLeave.objects.between(on("2030-01-01"), on("2030-01-31"))) == [row]
    assert not StaffLeave.objects.between(on("2026-11-01"), on("2026-11-08")).exists()


def a_leave_to_be(user: User | None = None, **fields: Any) -> StaffLeave:
    given = {"first_on": MONDAY, "last_on": date(2026, 11, 27), "reason": "Court", **fields}
    return StaffLeave(user=user or build.a_user(), **given)


def hours_to_be(user: User | None = None, **fields: Any) -> Availability:
    given = {"weekday": 2, "starts": time(9), "ends": time(12), "first_on": MONDAY, **fields}
    return Availability(user=user or build.a_user(), **given)


def test_a_leave_is_kept_with_who_did_it(director: User, program: Program):
    row = add_staff_leave(leave=a_leave_to_be(), program=program, by=director)
    assert StaffLeave.objects.get().reason == "Court"
    event = AuditEvent.objects.get(verb="staff_leave.added")
    assert (event.by, event.subject_id, event.program_id) == (
        director,
        row.public_id,
        program.public_id,
    )
    assert event.detail == {
        "user": str(row.user.public_id),
        "first_on": "2026-11-23",
        "last_on": "2026-11-27",
    }


def test_hours_are_kept_with_who_did_it(director: User, program: Program):
    row = add_availability(hours=hours_to_be(), program=program, by=director)
    assert Availability.objects.get().starts == time(9)
    event = AuditEvent.objects.get(verb="availability.added")
    assert (event.by, event.subject_id) == (director, row.public_id)
    assert event.detail["last_on"] is None


def test_a_leave_is_on_record_once(director: User, program: Program):
    row = add_staff_leave(leave=a_leave_to_be(), program=program, by=director)
    again = a_leave_to_be(row.user, reason="Ill")
    with pytest.raises(NotKept) as caught:
        add_staff_leave(leave=again, program=program, by=director)
    assert caught.value.words == {"first_on": ["This leave is on record already."]}
    withdraw_staff_leave(leave=row, program=program, now=NOW, by=director)
    add_staff_leave(leave=a_leave_to_be(row.user), program=program, by=director)
    assert StaffLeave.objects.count() == 2


def test_hours_are_on_record_once(director: User, program: Program):
    row = add_availability(hours=hours_to_be(), program=program, by=director)
    with pytest.raises(NotKept) as caught:
        add_availability(hours=hours_to_be(row.user), program=program, by=director)
    assert caught.value.words == {"starts": ["These hours are on record already."]}
    add_availability(hours=hours_to_be(row.user, ends=time(13)), program=program, by=director)
    assert Availability.objects.count() == 2


@pytest.mark.parametrize(
    ("add", "field", "words"),
    [
        (
            lambda **who: add_staff_leave(leave=a_leave_to_be(last_on=date(2026, 11, 22)), **who),
            "last_on",
            "A leave ends on or after its first day.",
        ),
        (
            lambda **who: add_availability(hours=hours_to_be(ends=time(9)), **who),
            "ends",
            "Availability ends after it starts, on the same day.",
        ),
        (
            lambda **who: add_availability(hours=hours_to_be(last_on=date(2026, 11, 22)), **who),
            "last_on",
            "The last day is on or after the first.",
        ),
        (
            lambda **who: add_availability(hours=hours_to_be(weekday=7), **who),
            "weekday",
            "Value 7 is not a valid choice.",
        ),
    ],
    ids=["leave", "hours", "days", "weekday"],
)
def test_what_the_database_would_refuse_is_said_at_its_field(
    director: User, program: Program, add: Callable, field: str, words: str
):
    with pytest.raises(NotKept) as caught:
        add(program=program, by=director)
    assert words in caught.value.words[field]
    assert not StaffLeave.objects.exists()
    assert not Availability.objects.exists()
    assert not AuditEvent.objects.exists()


def test_withdrawing_leaves_the_row_and_does_it_once(director: User, program: Program):
    leave, hours = build_staff.a_staff_leave(), build_staff.an_availability()
    for _time in range(2):
        withdraw_staff_leave(leave=leave, program=program, now=NOW, by=director)
        withdraw_availability(hours=hours, program=program, now=NOW, by=director)
    assert StaffLeave.objects.get().withdrawn_at == NOW
    assert Availability.objects.get().withdrawn_at == NOW
    verbs = AuditEvent.objects.order_by("verb").values_list("verb", flat=True)
    assert list(verbs) == ["availability.withdrawn", "staff_leave.withdrawn"]


def test_nothing_changes_when_the_trail_cannot_be_written(
    director: User, program: Program, audit_fails: None
):
    leave, hours = build_staff.a_staff_leave(), build_staff.an_availability()
    changes: list[Callable[[], object]] = [
        lambda: add_staff_leave(leave=a_leave_to_be(), program=program, by=director),
        lambda: add_availability(hours=hours_to_be(), program=program, by=director),
        lambda: withdraw_staff_leave(leave=leave, program=program, now=NOW, by=director),
        lambda: withdraw_availability(hours=hours, program=program, now=NOW, by=director),
    ]
    for change in changes:
        with pytest.raises(IntegrityError):
            change()
    assert StaffLeave.objects.get().withdrawn_at is None
    assert Availability.objects.get().withdrawn_at is None
