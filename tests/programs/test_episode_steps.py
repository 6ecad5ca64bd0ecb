"""Where an episode stands on a date, and which step may follow which."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import date, timedelta
from itertools import product

import pytest

from programs.models import STEPS, Enrollment, EpisodeStep, Leave, Referral, Standing
from programs.standing import standing_of, standing_of_referral
from tests import build
from tests.build import FIRST_DAY, NOW
from tests.refusals import refused

START = date(2026, 11, 2)


def test_the_database_takes_exactly_the_steps_of_the_table(db):
    enrollment = build.an_enrollment()
    accepted = {(came_from, to) for came_from, nexts in STEPS.items() for to in nexts}
    for came_from, to in product(["", *Standing.values], [*Standing.values, ""]):
        step = a_step(enrollment, came_from, to)
        with nullcontext() if (came_from, to) in accepted else refused("episode_step_allowed"):
            step.save()
    assert EpisodeStep.objects.count() == len(accepted)


def a_step(enrollment: Enrollment, came_from: str, to: str) -> EpisodeStep:
    return EpisodeStep(
        enrollment=enrollment,
        participant=enrollment.participant,
        program=enrollment.program,
        came_from=came_from,
        to=to,
        takes_effect_on=FIRST_DAY,
        made_at=NOW,
    )


def test_the_table_names_every_standing_and_no_step_in_place():
    assert set(STEPS) == {"", *Standing}
    assert all(came_from not in nexts for came_from, nexts in STEPS.items())
    assert {to for nexts in STEPS.values() for to in nexts} == set(Standing)
    # Whoever is in treatment is discharged; only who never began is declined.
    assert [each for each in STEPS if Standing.DECLINED in STEPS[each]] == [
        Standing.REFERRED,
        Standing.WAITLISTED,
        Standing.SCHEDULED,
    ]


def day(number: int) -> date:
    return START + timedelta(days=number)


def an_episode(last: int | None = None, *, first: int = 0, reason: str = "completed") -> Enrollment:
    ended = {} if last is None else {"discharged_on": day(last), "discharge_reason": reason}
    return Enrollment(admitted_on=day(first), **ended)


def a_leave(first: int, last: int | None) -> Leave:
    return Leave(first_on=day(first), last_on=None if last is None else day(last))


@pytest.mark.parametrize(
    ("episode", "leaves", "on", "standing"),
    [
        (an_episode(), [], -1, Standing.SCHEDULED),
        (an_episode(), [], 0, Standing.ACTIVE),
        (an_episode(), [], 9_999, Standing.ACTIVE),
        (an_episode(5), [], 5, Standing.ACTIVE),
        (an_episode(5), [], 6, Standing.DISCHARGED),
        (an_episode(0), [], 0, Standing.ACTIVE),
        (an_episode(0), [], -1, Standing.SCHEDULED),
        (an_episode(), [a_leave(3, 4)], 2, Standing.ACTIVE),
        (an_episode(), [a_leave(3, 4)], 3, Standing.ON_LEAVE),
        (an_episode(), [a_leave(3, 4)], 4, Standing.ON_LEAVE),
        (an_episode(), [a_leave(3, 4)], 5, Standing.ACTIVE),
        (an_episode(), [a_leave(3, None)], 9_999, Standing.ON_LEAVE),
        # A leave that runs on past the last day, or begins before the first, changes neither.
        (an_episode(5), [a_leave(3, None)], 6, Standing.DISCHARGED),
        (an_episode(), [a_leave(-3, 2)], -1, Standing.SCHEDULED),
        (an_episode(), [a_leave(-3, 2)], 0, Standing.ON_LEAVE),
        # One that never began has no dates.
        (an_episode(), [a_leave(3, 2)], 3, Standing.ACTIVE),
        (an_episode(), [a_leave(3, 2)], 2, Standing.ACTIVE),
        *((an_episode(-1, reason="never_started"), [], n, Standing.DECLINED) for n in (-2, 0, 5)),
    ],
)
def test_where_an_episode_stands(
    episode: Enrollment, leaves: list[Leave], on: int, standing: Standing
):
    assert standing_of(episode, day(on), leaves) == standing


def test_where_an_episode_stands_day_by_day():
    """Every short episode with every short leave, asked of sets of days instead."""
    for last, (leave_first, leave_last) in product([0, 1, 3], product(range(-2, 5), range(-3, 5))):
        if leave_last < leave_first - 1:
            continue
        inside, away = range(last + 1), range(leave_first, leave_last + 1)
        for n in range(-3, 6):
            expected = Standing.ON_LEAVE if n in away else Standing.ACTIVE
            if n not in inside:
                expected = Standing.SCHEDULED if n < 0 else Standing.DISCHARGED
            leaves = [a_leave(leave_first, leave_last)]
            assert standing_of(an_episode(last), day(n), leaves) == expected, (last, leaves, n)


@pytest.mark.parametrize(
    ("status", "standing"),
    [
        ("referred", Standing.REFERRED),
        ("waitlisted", Standing.WAITLISTED),
        ("declined", Standing.DECLINED),
    ],
)
def test_where_somebody_stands_who_is_not_enrolled(status: str, standing: Standing):
    assert standing_of_referral(Referral(status=status)) == standing


def test_who_is_enrolled_stands_where_the_enrollment_does():
    with pytest.raises(KeyError):
        standing_of_referral(Referral(status="enrolled"))
