"""Days of 23 and 25 hours: when an attempt was made, and what is due today."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.models import User
from attendance.models import Outreach
from attendance.outreach.forms import AttemptForm
from attendance.outreach.panel import outreach_panel
from attendance.outreach.wording import due_chip
from programs.access import access_of
from programs.models import Program
from tests import build
from tests.build import CHICAGO, moment
from tests.build_records import an_outreach

pytestmark = pytest.mark.django_db
BACK, FORWARD = date(2026, 11, 1), date(2026, 3, 8)


def missed_on(program: Program, day: date, owner: User, due_at: datetime) -> Outreach:
    person = build.an_enrollment(program, admitted_on="2026-01-05")
    session = build.a_session(build.a_group(program), day)
    opened_at = due_at - timedelta(days=1)
    return an_outreach(person, session, owned_by=owner, opened_at=opened_at, due_at=due_at)


@pytest.mark.parametrize(
    ("day", "typed", "at"),
    [
        # the clocks go back at two: half past one comes twice, and the first is meant
        (BACK, "01:30", datetime(2026, 11, 1, 6, 30, tzinfo=UTC)),
        (BACK, "02:30", datetime(2026, 11, 1, 8, 30, tzinfo=UTC)),
        # they go forward at two: half past two never comes, and half past three is meant
        (FORWARD, "01:59", datetime(2026, 3, 8, 7, 59, tzinfo=UTC)),
        (FORWARD, "02:30", datetime(2026, 3, 8, 8, 30, tzinfo=UTC)),
        (FORWARD, "03:30", datetime(2026, 3, 8, 8, 30, tzinfo=UTC)),
    ],
)
def test_an_attempt_by_the_clock_of_the_site(program, clinician, day: date, typed: str, at):
    now = moment(day, "20:00")
    row = missed_on(program, day - timedelta(days=1), clinician, now)
    sent = {
        "tried_on_0": day.month,
        "tried_on_1": day.day,
        "tried_on_2": day.year,
        "tried_time": typed,
        "way": "phone",
        "outcome": "reached",
    }
    form = AttemptForm(
        {f"attempt-{name}": str(value) for name, value in sent.items()}, outreach=row, now=now
    )
    assert form.is_valid(), form.errors
    assert form.attempt()["tried_at"] == at


@pytest.mark.parametrize("day", [BACK, FORWARD])
def test_today_ends_at_midnight_of_the_site(program: Program, clinician: User, day: date):
    midnight = moment(day + timedelta(days=1), "00:00")
    last = missed_on(program, day - timedelta(days=1), clinician, midnight - timedelta(minutes=1))
    missed_on(program, day - timedelta(days=1), clinician, midnight)
    panel = outreach_panel(access_of(clinician), program, moment(day, "00:30"))
    assert panel is not None
    assert [row.url.split("/")[-2] for row in panel.rows] == [str(last.public_id)]


@pytest.mark.parametrize(
    ("ahead", "label", "tone"),
    [
        (timedelta(hours=2), "Due today at 11:00 AM", "warn"),
        (timedelta(days=1), "Due tomorrow at 9:00 AM", "go"),
        (timedelta(0), "Overdue", "lost"),
        (timedelta(hours=-1), "1 hour overdue", "lost"),
        (timedelta(hours=-25), "1 day overdue", "lost"),
    ],
)
def test_by_when_it_is_said(program, clinician, ahead: timedelta, label: str, tone: str):
    now = moment("2026-11-23", "09:00")
    row = missed_on(program, date(2026, 11, 20), clinician, now + ahead)
    chip = due_chip(row, now, CHICAGO)
    assert (chip.label, chip.tone) == (label, tone)
