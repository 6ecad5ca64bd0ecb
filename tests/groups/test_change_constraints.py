"""What the database refuses about changes, exceptions, waiting lists and calendar addresses."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import models

from groups.models import CalendarFeed, WaitingPlace
from programs.models import Program
from tests import build
from tests.build import NOW
from tests.refusals import explains, refused

pytestmark = pytest.mark.django_db

Fields = dict[str, Any]
EARLIER = NOW - timedelta(minutes=1)
_numbers = itertools.count(1)


def a_waiting_place(**fields: Any) -> WaitingPlace:
    """Somebody who waits for a group of their program, unless `membership` says they got in."""
    group = fields.pop("group", None) or build.a_group()
    enrollment = fields.pop("enrollment", None) or build.an_enrollment(group.program)
    if fields.get("membership"):
        fields["membership"] = build.a_membership(group, enrollment)
    return WaitingPlace.objects.create(
        group=group, enrollment=enrollment, **{"asked_at": NOW, **fields}
    )


def a_feed(**fields: Any) -> CalendarFeed:
    user = fields.pop("user", None) or build.a_user()
    number = next(_numbers)
    return CalendarFeed.objects.create(
        user=user, **{"secret_hash": f"{number:064}", "made_at": NOW, **fields}
    )


def a_reviewed_exception(**fields: Any) -> models.Model:
    reviewer = build.a_user()
    if not fields.pop("has_reviewer", True):
        return build.a_schedule_exception(**fields)
    return build.a_schedule_exception(reviewed_by=reviewer, **fields)


# The constraint, who builds the row, fields that are accepted, and changes that are refused.
ROWS: list[tuple[str, Callable[..., models.Model], Fields, Fields]] = [
    ("schedule_change_kind_known", build.a_schedule_change, {"kind": "combined"}, {"kind": "lost"}),
    (
        "schedule_change_undone_after_made",
        build.a_schedule_change,
        {"undone_at": NOW},
        {"undone_at": EARLIER},
    ),
    ("schedule_exception_kind_known", build.a_schedule_exception, {"kind": "gap"}, {"kind": "x"}),
    (
        "schedule_exception_last_after_first",
        build.a_schedule_exception,
        {"first_on": "2026-11-23", "last_on": "2026-11-23"},
        {"last_on": "2026-11-22"},
    ),
    (
        "schedule_exception_reviewed_by_someone",
        a_reviewed_exception,
        {"reviewed_at": NOW},
        {"reviewed_at": None},
    ),
    ("waiting_place_left_after_asked", a_waiting_place, {"left_at": NOW}, {"left_at": EARLIER}),
    (
        "waiting_place_ends_with_membership",
        a_waiting_place,
        {"left_at": NOW, "membership": True},
        {"left_at": None},
    ),
    ("calendar_feed_revoked_after_made", a_feed, {"revoked_at": NOW}, {"revoked_at": EARLIER}),
]


@pytest.mark.parametrize(("constraint", "build_row", "good", "changes"), ROWS)
def test_one_row(constraint: str, build_row: Callable, good: Fields, changes: Fields):
    row = build_row(**good)
    with refused(constraint):
        build_row(**{**good, **changes})
    explains(row, constraint, **changes)


def test_a_review_has_a_person():
    build.a_schedule_exception()
    with refused("schedule_exception_reviewed_by_someone"):
        build.a_schedule_exception(reviewed_at=NOW)


def test_one_waits_once_for_a_group_until_they_leave_the_line():
    place = a_waiting_place()
    same = {"group": place.group, "enrollment": place.enrollment}
    a_waiting_place(**same, left_at=NOW)
    a_waiting_place(enrollment=place.enrollment)
    a_waiting_place(group=place.group)
    with refused("waiting_place_once"):
        a_waiting_place(**same)
    with refused("waiting_place_once"):
        WaitingPlace.objects.filter(**same).update(left_at=None)
    explains(WaitingPlace(**same, asked_at=NOW), "waiting_place_once")


@pytest.mark.parametrize("of_program", [True, False])
def test_one_address_for_each_calendar_until_it_is_revoked(program: Program, of_program: bool):
    user = build.a_user()
    given = {"user": user, "program": program if of_program else None}
    a_feed(**given, revoked_at=NOW)
    a_feed(**given)
    a_feed(user=user, program=build.a_program())
    a_feed(program=given["program"])
    with refused("calendar_feed_once"):
        a_feed(**given)
    explains(CalendarFeed(**given, secret_hash="new", made_at=NOW), "calendar_feed_once")


def test_a_secret_opens_one_calendar():
    feed = a_feed()
    with refused("groups_calendarfeed_secret_hash_key"):
        a_feed(secret_hash=feed.secret_hash)
