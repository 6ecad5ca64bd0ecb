"""Leave: away, longer, back earlier, not at all; roster, reminders and weekly row agree."""

from __future__ import annotations

import pytest

from accounts.models import AuditEvent
from groups.roster import expected_at
from hours.program_week import weekly_hours
from programs.models import EpisodeStep
from reminders.expected import everyones_first_starts
from tests import build
from tests.build import NOW, on
from tests.groups.episodes import (
    back,
    dates,
    discharge,
    leave,
    longer,
    refuses,
    stay_after_all,
    steps,
)
from tests.groups.joining import NEXT, a_weekly_group, somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(program):
    return a_weekly_group(program)


@pytest.fixture
def ada(group):
    return build.a_membership(group, somebody(group.program)).enrollment


def test_from_when_to_when(ada):
    row = leave(ada, "2026-11-26", "2026-12-06")
    assert dates(row) == ("2026-11-26", "2026-12-06")
    assert steps(ada) == [("active", "on_leave", "2026-11-26")]
    event = AuditEvent.objects.get(verb="leave.begun")
    assert (event.detail["first_on"], event.program_id) == ("2026-11-26", ada.program.public_id)
    assert leave(ada, "2026-11-26", "2026-12-06") == row
    assert EpisodeStep.objects.count() == 1


def test_back_earlier_longer_and_back_at_last(ada):
    row = leave(ada, "2026-11-26", "2026-12-06")
    back(row, "2026-12-02")
    longer(row, None)
    back(row, "2026-12-10")
    assert dates(row) == ("2026-11-26", "2026-12-10")
    assert steps(ada) == [
        ("active", "on_leave", "2026-11-26"),
        ("on_leave", "active", "2026-12-03"),
        ("active", "on_leave", "2026-12-03"),
        ("on_leave", "active", "2026-12-11"),
    ]


def test_not_away_after_all(ada):
    row = leave(ada, "2026-11-26", None)
    stay_after_all(row)
    assert dates(row) == ("2026-11-26", "2026-11-25")
    stay_after_all(row)
    assert steps(ada)[1:] == [("on_leave", "active", "2026-11-26")]
    assert dates(leave(ada, "2026-11-26", "2026-11-30")) == ("2026-11-26", "2026-11-30")


@pytest.mark.parametrize(
    ("first_on", "last_on", "field", "said"),
    [
        ("2026-11-01", None, "first_on", "They are admitted Nov 2, 2026."),
        ("2026-11-23", None, "first_on", "They are on a roster of Nov 23, 2026"),
        ("2026-12-24", None, "first_on", "Their last day is Dec 18, 2026."),
        ("2026-11-26", "2026-11-25", "last_on", "The last day is on or after the first."),
        ("0001-01-01", None, "first_on", "Enter a date within a year of today"),
        ("2026-11-26", "9999-12-31", "last_on", "Enter a date within a year of today"),
        ("2026-12-03", None, "first_on", "They are on leave from Dec 1, 2026 already."),
        ("2026-11-26", "2026-12-01", "first_on", "They are on leave from Dec 1, 2026 already."),
    ],
)
def test_days_that_cannot_be(ada, first_on, last_on, field, said):
    build.a_leave(ada.participant, "2026-12-01", "2026-12-04")
    discharge(ada, "2026-12-18")
    assert refuses(lambda: leave(ada, first_on, last_on), field).startswith(said)


def test_what_they_were_away_for_stays(ada):
    row = build.a_leave(ada.participant, "2026-11-20", None)
    assert "away on Nov 23" in refuses(lambda: back(row, "2026-11-22"), "last_on")
    assert "away on Nov 23" in refuses(lambda: stay_after_all(row))
    assert "call it off" in refuses(lambda: back(row, "2026-11-19"), "last_on")
    back(row, "2026-11-23")


def test_longer_only_while_they_are_away(ada):
    row = build.a_leave(ada.participant, "2026-11-14", "2026-11-17")
    assert "a roster of Nov 23" in refuses(lambda: longer(row, "2026-11-30"), "last_on")
    ahead = build.a_leave(ada.participant, "2026-11-28", "2026-11-29")
    build.a_leave(ada.participant, "2026-12-05", None)
    assert "from Dec 5" in refuses(lambda: longer(ahead, "2026-12-05"), "last_on")
    assert "end it" in refuses(lambda: longer(ahead, "2026-11-28"), "last_on")
    assert "extend it" in refuses(lambda: back(ahead, "2026-11-30"), "last_on")


@pytest.mark.parametrize("is_away", [True, False])
def test_roster_reminders_and_weekly_row_agree(group, ada, is_away):
    build.a_rule(group.program)
    row = leave(ada, NEXT, "2026-12-02")
    if not is_away:
        stay_after_all(row)
    expected = set() if is_away else {ada.pk}
    session = group.sessions.get(held_on=NEXT)
    assert {each.pk for each in expected_at(session)} == expected
    reminded = {person for person, _day in everyones_first_starts([on(NEXT)])}
    assert reminded == ({ada.participant_id} if expected else set())
    (hours,) = weekly_hours(group.program, week=group.program.week_of(on(NEXT)), as_of=NOW)
    assert (hours.offered, hours.tag) == ((0, "leave") if is_away else (180, "full"))
