"""Before the first day: later, or not at all."""

from __future__ import annotations

from datetime import timedelta

import pytest

from accounts.models import AuditEvent
from groups.roster import expected_at
from programs.models import Enrollment
from tests import build
from tests.build import NOW
from tests.groups.episodes import call_off, dates, discharge, put_off, refuses, steps
from tests.groups.joining import NEXT, a_weekly_group, somebody, wait

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(program):
    return a_weekly_group(program)


@pytest.fixture
def ada(group):
    """Somebody who begins on the next Monday, for ten weeks."""
    planned = {"admitted_on": NEXT, "planned_discharge_on": "2027-02-05"}
    return build.a_membership(group, somebody(group.program, **planned)).enrollment


def test_what_begins_with_them_moves_along(group, ada):
    later = build.a_membership(a_weekly_group(group.program), ada, first_on="2026-12-14")
    short = build.a_membership(
        a_weekly_group(group.program), ada, first_on="2026-12-01", last_on="2026-12-04"
    )
    seat = build.a_make_up_seat(build.a_session(build.a_group(group.program), "2026-12-01"), ada)
    put_off(ada, "2026-12-07")
    put_off(ada, "2026-12-07")
    ada.refresh_from_db()
    assert ada.planned_discharge_on.isoformat() == "2027-02-12"
    assert dates(ada.memberships.get(group=group)) == ("2026-12-07", None)
    assert dates(later) == ("2026-12-14", None)
    assert dates(short) == ("2026-12-01", "2026-11-30")
    seat.refresh_from_db()
    assert seat.released_at == NOW
    event = AuditEvent.objects.get(verb="enrollment.put_off")
    assert (event.detail["was"], event.detail["memberships"]) == (NEXT, 2)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-11-27", "They begin Nov 30, 2026. Choose a later day."),
        ("9999-12-31", "Enter a date within a year of today"),
    ],
)
def test_not_earlier_and_no_mistyped_year(ada, day, said):
    assert refuses(lambda: put_off(ada, day), "admitted_on") == said


def test_called_off_the_row_stays_without_dates(group, ada):
    full = a_weekly_group(group.program, capacity=1)
    build.a_membership(full)
    wait(full, ada)
    call_off(ada)
    call_off(ada)
    ada.refresh_from_db()
    assert (ada.discharged_on.isoformat(), ada.discharge_reason) == ("2026-11-29", "never_started")
    assert dates(ada.memberships.get(group=group)) == (NEXT, "2026-11-29")
    assert ada.waiting.get().left_at == NOW
    assert steps(ada) == [("scheduled", "declined", "2026-11-25")]
    assert not expected_at(group.sessions.get(held_on=NEXT)).exists()
    again = build.an_enrollment(group.program, ada.participant, admitted_on="2026-11-26")
    assert Enrollment.objects.begun().filter(participant=ada.participant).get() == again


def test_a_leave_planned_inside_what_never_begins_is_called_off_too(ada):
    inside = build.a_leave(ada.participant, ada.admitted_on, None)
    before = build.a_leave(ada.participant, "2026-11-02", "2026-11-04")
    call_off(ada)
    assert dates(inside) == (
        ada.admitted_on.isoformat(),
        (ada.admitted_on - timedelta(days=1)).isoformat(),
    )
    assert dates(before) == ("2026-11-02", "2026-11-04")


def test_whoever_has_begun_is_neither_put_off_nor_called_off(group):
    here = somebody(group.program)
    assert "enrolled since Nov 2" in refuses(lambda: put_off(here, "2026-12-07"))
    assert "enrolled since Nov 2" in refuses(lambda: call_off(here))


def test_whoever_is_discharged_neither(ada):
    discharge(ada, "2026-12-20")
    assert "discharged already" in refuses(lambda: put_off(ada, "2026-12-07"))
    assert "discharged already" in refuses(lambda: call_off(ada))


def test_nothing_is_kept_when_the_trail_cannot_be(ada, audit_fails):
    assert refuses(lambda: put_off(ada, "2026-12-07"))
    assert refuses(lambda: call_off(ada))
