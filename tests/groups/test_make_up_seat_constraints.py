"""What the database refuses about make-up seats."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests import build
from tests.build import MONDAY, NOW
from tests.refusals import explains, refused

pytestmark = pytest.mark.django_db


def test_who_gave_a_seat_back_did_so_at_some_time():
    session, who = build.a_session(), build.a_user()
    enrollment = build.an_enrollment(session.group.program)
    seat = build.a_make_up_seat(session, enrollment, released_at=NOW, released_by=who)
    with refused("makeup_seat_released_by_somebody"):
        build.a_make_up_seat(session, enrollment, released_by=who)
    explains(seat, "makeup_seat_released_by_somebody", released_at=None)


def test_a_session_does_not_make_up_for_itself():
    session = build.a_session()
    missed = build.a_session(session.group, MONDAY - timedelta(days=3))
    enrollment = build.an_enrollment(session.group.program)
    with refused("makeup_seat_for_another_session"):
        build.a_make_up_seat(session, enrollment, makes_up=session)
    seat = build.a_make_up_seat(session, enrollment, makes_up=missed)
    explains(seat, "makeup_seat_for_another_session", makes_up=session)


@pytest.mark.parametrize(
    ("admitted_on", "discharged_on"),
    [("2026-11-24", None), ("2026-11-02", "2026-11-22")],
)
def test_a_seat_lies_inside_its_enrollment(admitted_on: str, discharged_on: str | None):
    session = build.a_session()
    given: dict[str, Any] = {"admitted_on": admitted_on, "discharged_on": discharged_on}
    if discharged_on:
        given["discharge_reason"] = "completed"
    outside = build.an_enrollment(session.group.program, **given)
    with refused("makeup_seat_inside_enrollment"):
        build.a_make_up_seat(session, outside)
    edge = build.an_enrollment(session.group.program, admitted_on=MONDAY)
    assert build.a_make_up_seat(session, edge).released_at is None
