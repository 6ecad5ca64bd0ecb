"""The rules of a plan of care: how certification stands, what length is usual, which episode."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.http import Http404

from groups.enrolling.wording import hours as hours_of_groups
from hours.wording import hours as hours_of_weeks
from programs.models import Enrollment
from programs.models.plan_of_care import due_after
from programs.plan.certified import Certified, certified_on
from programs.plan.episodes import chosen_episode, episode_links, episode_words
from programs.plan.looks import certified_look
from programs.plan.planned_length import is_usual, weeks_planned
from programs.plan.wording import hours

TODAY = date(2026, 11, 25)
ADMITTED = date(2026, 11, 2)


@pytest.mark.parametrize(
    ("days", "standing", "words"),
    [
        (-1, Certified.OVERDUE, "Overdue since Nov 24, 2026"),
        (0, Certified.DUE_SOON, "Due soon, Nov 25, 2026"),
        (14, Certified.DUE_SOON, "Due soon, Dec 9, 2026"),
        (15, Certified.STANDING, "Standing until Dec 10, 2026"),
    ],
)
def test_how_a_certification_stands(days: int, standing: Certified, words: str):
    due_on = TODAY + timedelta(days=days)
    assert certified_on(due_on, TODAY) == standing
    assert certified_look(due_on, TODAY).label == words


def test_without_a_certification_it_is_missing():
    assert certified_on(None, TODAY) == Certified.MISSING
    assert certified_look(None, TODAY).label == "None on record"


def test_each_standing_has_a_shape_and_a_color_of_its_own():
    looks = [certified_look(TODAY + timedelta(days=days), TODAY) for days in (-1, 0, 15)]
    assert len({look.icon for look in looks}) == len({look.tone for look in looks}) == 3


def test_the_next_certification_is_due_60_days_later():
    assert due_after(date(2026, 11, 2)) == date(2027, 1, 1)


@pytest.mark.parametrize(
    ("planned_on", "weeks", "usual"),
    [
        (ADMITTED, 1, False),
        # Seven weeks, to the Sunday; the day after begins the eighth.
        (date(2026, 12, 20), 7, False),
        (date(2026, 12, 21), 8, True),
        (date(2026, 12, 25), 8, True),
        (date(2027, 1, 24), 12, True),
        (date(2027, 1, 25), 13, False),
    ],
)
def test_what_length_is_usual(planned_on: date, weeks: int, usual: bool):
    assert weeks_planned(ADMITTED, planned_on) == weeks
    assert is_usual(weeks) is usual


def test_hours_are_written_as_everywhere():
    for minutes in (0, 1, 55, 60, 65, 540, 570, 3_600):
        assert hours(minutes) == hours_of_groups(minutes) == hours_of_weeks(minutes)


def an_episode(first_on: date, last_on: date | None = None, reason: str = "") -> Enrollment:
    return Enrollment(
        pk=first_on.toordinal(),
        admitted_on=first_on,
        discharged_on=last_on,
        discharge_reason=reason,
    )


LATER = an_episode(date(2026, 12, 7), date(2026, 12, 6), "never_started")
LATEST = an_episode(ADMITTED)
FIRST = an_episode(date(2026, 3, 2), date(2026, 5, 1), "completed")


def test_the_latest_episode_that_began_is_shown():
    assert chosen_episode([LATER, LATEST, FIRST]) == LATEST
    assert chosen_episode([LATER]) == LATER
    assert chosen_episode([]) is None


def test_another_episode_is_shown_where_it_is_asked_for():
    assert chosen_episode([LATEST, FIRST], str(FIRST.public_id)) == FIRST


@pytest.mark.parametrize("wanted", ["6f1f7a52-3b6e-4f5b-9a55-0c1d2e3f4a5b", "x", "\x00", "1" * 40])
def test_an_episode_that_there_is_not(wanted: str):
    with pytest.raises(Http404):
        chosen_episode([LATEST, FIRST], wanted)


def test_each_episode_is_named_by_its_dates():
    assert [episode_words(each) for each in (LATER, LATEST, FIRST)] == [
        "Dec 7, 2026, never started",
        "From Nov 2, 2026 on",
        "Mar 2, 2026 to May 1, 2026",
    ]


def test_one_episode_needs_no_switch():
    assert episode_links([LATEST], LATEST, "/plan/") == ()
    links = episode_links([LATEST, FIRST], FIRST, "/plan/")
    assert [link.is_current for link in links] == [False, True]
    assert links[0].url == f"/plan/?episode={LATEST.public_id}"
