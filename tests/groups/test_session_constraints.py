"""What the database refuses about one session: its slot, its date, its room, who stands in."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import models

from groups.models import Facilitation, GroupSession
from programs.models import Program
from tests import build
from tests.build import MONDAY, moment, on
from tests.refusals import explains, refused

pytestmark = pytest.mark.django_db

AUCKLAND = ZoneInfo("Pacific/Auckland")


def of(row: models.Model) -> models.QuerySet:
    return type(row).objects.filter(pk=row.pk)


@pytest.mark.parametrize("status", ["scheduled", "withdrawn"])
def test_only_a_cancelled_session_says_why(status: str):
    session = build.a_session(status="cancelled", cancelled_reason="Facilitator ill")
    build.a_session(status=status)
    with refused("session_reason_only_if_cancelled"):
        of(session).update(status=status)
    explains(session, "session_reason_only_if_cancelled", status=status)


@pytest.mark.parametrize("status", ["scheduled", "withdrawn"])
def test_only_a_cancelled_session_names_the_one_its_people_are_in(status: str):
    taking = build.a_session()
    combined = build.a_session(taking.group, starts="13:00", ends="14:00", status="cancelled")
    of(combined).update(combined_into=taking)
    with refused("session_reason_only_if_cancelled"):
        of(combined).update(status=status)
    explains(combined, "session_reason_only_if_cancelled", status=status, combined_into=taking)


def test_a_session_of_a_slot_fills_one_of_its_dates():
    pattern = build.a_pattern()
    of_slot = build.a_session(pattern.group, pattern=pattern, slot_on=MONDAY)
    alone = build.a_session(pattern.group, starts="13:00", ends="14:00")
    with refused("session_slot_has_date"):
        of(of_slot).update(slot_on=None)
    with refused("session_slot_has_date"):
        of(alone).update(slot_on=MONDAY)
    explains(of_slot, "session_slot_has_date", slot_on=None)


@pytest.mark.parametrize("status", ["scheduled", "cancelled", "withdrawn"])
def test_a_date_of_a_slot_has_one_session_whatever_became_of_it(status: str):
    """A session that was moved away still fills its date; generation must not fill it again."""
    pattern = build.a_pattern()
    slot: dict[str, Any] = {"pattern": pattern, "slot_on": MONDAY}
    first = build.a_session(pattern.group, "2026-11-24", **slot, status=status)
    build.a_session(pattern.group, pattern=pattern, slot_on=on("2026-11-30"))
    build.a_session(pattern.group, starts="13:00", ends="14:00")
    build.a_session(pattern=build.a_pattern(), slot_on=MONDAY)
    with refused("session_once_per_slot_date"):
        build.a_session(pattern.group, "2026-11-25", **slot)
    again = GroupSession(
        group=pattern.group,
        held_on=on("2026-11-25"),
        starts_at=first.starts_at + timedelta(days=1),
        ends_at=first.ends_at + timedelta(days=1),
        **slot,
    )
    explains(again, "session_once_per_slot_date")


def a_session_between(program: Program, held_on: date, start: datetime, end: datetime):
    return GroupSession.objects.create(
        group=build.a_group(program), held_on=held_on, starts_at=start, ends_at=end
    )


# Both ends of the local day, on ordinary days and on those of a changing clock.
@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("America/Chicago", "2026-11-23"),
        ("America/Chicago", "2026-03-08"),
        ("America/Chicago", "2026-11-01"),
        ("America/Phoenix", "2026-03-08"),
        ("Pacific/Auckland", "2026-04-05"),
        ("Pacific/Auckland", "2026-09-27"),
    ],
)
def test_a_session_lies_on_its_date_and_never_crosses_midnight(zone: str, day: str):
    here = ZoneInfo(zone)
    program = build.a_program(build.a_site(timezone=zone))
    midnight, next_midnight = (
        moment(each, "00:00", here) for each in (day, on(day) + timedelta(days=1))
    )
    minute = timedelta(minutes=1)
    a_session_between(program, on(day), midnight, next_midnight)
    with refused("session_on_its_date"):
        a_session_between(program, on(day), midnight - minute, next_midnight - minute)
    with refused("session_on_its_date"):
        a_session_between(program, on(day), midnight, next_midnight + minute)
    with refused("session_on_its_date"):
        a_session_between(program, on(day) + timedelta(days=1), midnight, next_midnight)


def test_a_session_is_moved_with_its_date_or_not_at_all():
    session = build.a_session()
    times = {
        "starts_at": session.starts_at + timedelta(days=1),
        "ends_at": session.ends_at + timedelta(days=1),
    }
    with refused("session_on_its_date"):
        of(session).update(**times)
    with refused("session_on_its_date"):
        of(session).update(held_on=on("2026-11-24"))
    assert of(session).update(**times, held_on=on("2026-11-24")) == 1


def test_the_date_is_that_of_the_site_and_not_of_the_browser():
    program = build.a_program(build.a_site(timezone=str(AUCKLAND)))
    evening = moment(MONDAY, "20:00", AUCKLAND)
    assert evening.date() == MONDAY  # 07:00 in UTC; in Chicago still Sunday
    a_session_between(program, MONDAY, evening, evening + timedelta(hours=1))
    morning = moment(MONDAY, "09:00", AUCKLAND)
    assert morning.date() < MONDAY
    a_session_between(program, MONDAY, morning, morning + timedelta(hours=1))


def test_a_session_meets_in_a_room_of_its_own_site():
    ours, elsewhere = build.a_room(), build.a_room(build.a_site())
    session = build.a_session(room=ours)
    build.a_session(build.a_group(build.a_program(elsewhere.site)), room=elsewhere)
    with refused("session_room_of_its_site"):
        build.a_session(room=elsewhere)
    with refused("session_room_of_its_site"):
        of(session).update(room=elsewhere)
    with refused("session_room_of_its_site"):
        of(session).update(group=build.a_group(build.a_program(elsewhere.site)))
    assert of(session).update(room=None) == 1


def test_only_a_substitute_says_why_they_stand_in():
    session = build.a_session()
    ill = build.a_facilitation(session, build.a_user(), is_former=True)
    substitute = build.a_facilitation(session, build.a_user(), instead_of=ill, reason="Ill")
    plain = build.a_facilitation(session, build.a_user())
    build.a_facilitation(build.a_session(), build.a_user(), instead_of=ill)
    with refused("facilitation_reason_of_substitute"):
        of(plain).update(reason="Ill")
    with refused("facilitation_reason_of_substitute"):
        of(substitute).update(instead_of=None)
    explains(plain, "facilitation_reason_of_substitute", reason="Ill")


def test_a_withdrawn_session_frees_its_room_and_its_facilitator():
    user, room = build.a_user(), build.a_room()
    first = build.a_session(room=room, facilitators=[user])
    of(first).update(status="withdrawn")
    build.a_session(room=room, facilitators=[user])
    assert Facilitation.objects.get(session=first).span.isempty
    with refused("session_room_once"):
        of(first).update(status="scheduled")
