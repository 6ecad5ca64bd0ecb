"""How far somebody is with what completes the program, against an oracle that tries it out."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hours.completion.readiness import (
    Asked,
    Facts,
    Parts,
    Reach,
    Stay,
    part_of,
    readiness_of,
)
from hours.models.certificate import Criterion

PERCENTS = st.none() | st.integers(1, 100)
SMALL = st.integers(0, 12)


@st.composite
def parts(draw: st.DrawFn) -> Parts:
    total = draw(SMALL)
    done = draw(st.integers(0, total))
    return Parts(total, done, draw(st.integers(0, total - done)))


@st.composite
def stays(draw: st.DrawFn) -> Stay:
    days = draw(st.integers(0, 120))
    rest = draw(st.none() | st.integers(0, 60))
    is_over = draw(st.booleans()) if rest == 0 else False
    return Stay(
        days=days,
        days_in_all=None if rest is None else days + rest,
        is_over=is_over,
        sees_end=rest is not None and draw(st.booleans()),
        attended=draw(st.integers(0, 9_000)),
        minutes_ahead=draw(st.integers(0, 3_000)),
        weeks_met=draw(SMALL),
        weeks_not_met=draw(SMALL),
        weeks_ahead=draw(SMALL),
    )


ASKED = st.builds(
    Asked,
    core_percent=PERCENTS,
    has_all_topics=st.booleans(),
    weeks=st.none() | st.integers(1, 20),
    hours=st.none() | st.integers(1, 150),
    weeks_met_percent=PERCENTS,
    plan_percent=PERCENTS,
    homework_percent=PERCENTS,
)


@st.composite
def facts(draw: st.DrawFn) -> Facts:
    given_out = draw(SMALL)
    return Facts(
        core=draw(parts()),
        topics=draw(parts()),
        stay=draw(stays()),
        plan_percent=draw(st.integers(0, 100)),
        homework_given=given_out,
        homework_done=draw(st.integers(0, given_out)),
    )


def share_reached(have: int, total: int, percent: int) -> bool:
    return total == 0 or Fraction(have, total) >= Fraction(percent, 100)


def weeks_reached(met: int, concluded: int, percent: int) -> bool:
    return met > 0 and Fraction(met, concluded) >= Fraction(percent, 100)


def oracle(asked: Asked, known: Facts) -> dict[Criterion, Reach]:
    """Say the same by going through all that could still become of each criterion."""
    stay = known.stay

    def tried(ahead: int, is_enough: Callable[[int], bool]) -> list[bool] | None:
        """Try each number that may be added; None where nobody can tell."""
        return [is_enough(each) for each in range(ahead + 1)] if stay.sees_end else None

    def judge(now: bool, futures: list[bool] | None) -> Reach:
        if now:
            return Reach.MET
        if stay.is_over or (futures is not None and not any(futures)):
            return Reach.OUT_OF_REACH
        return Reach.OPEN

    found = {}
    if (percent := asked.core_percent) is not None:
        core, share = known.core, percent
        found[Criterion.CORE] = judge(
            share_reached(core.done, core.total, share),
            tried(core.coming, lambda each: share_reached(core.done + each, core.total, share)),
        )
    if asked.has_all_topics:
        topics = known.topics
        found[Criterion.TOPICS] = judge(
            topics.done == topics.total,
            tried(topics.coming, lambda each: topics.done + each == topics.total),
        )
    if asked.weeks is not None:
        days = stay.days_in_all
        found[Criterion.WEEKS] = judge(
            stay.days >= 7 * asked.weeks, None if days is None else [days >= 7 * asked.weeks]
        )
    if asked.hours is not None:
        need = 60 * asked.hours
        futures = [stay.attended + stay.minutes_ahead >= need] if stay.sees_end else None
        found[Criterion.HOURS] = judge(stay.attended >= need, futures)
    if (percent := asked.weeks_met_percent) is not None:
        concluded = stay.weeks_met + stay.weeks_not_met
        futures = [
            weeks_reached(stay.weeks_met + each, concluded + each, percent)
            for each in range(stay.weeks_ahead + 1)
        ]
        found[Criterion.WEEKS_MET] = judge(
            weeks_reached(stay.weeks_met, concluded, percent),
            None if stay.days_in_all is None else futures,
        )
    if asked.plan_percent is not None:
        found[Criterion.PLAN] = judge(known.plan_percent >= asked.plan_percent, None)
    if (percent := asked.homework_percent) is not None:
        done, total = known.homework_done, known.homework_given
        found[Criterion.HOMEWORK] = judge(share_reached(done, total, percent), None)
    return found


@given(ASKED, facts())
@example(Asked(), Facts())
@example(Asked(core_percent=100), Facts(core=Parts(9, 7, 2)))
@example(Asked(core_percent=100), Facts(core=Parts(9, 7, 1), stay=Stay(1, 9, sees_end=True)))
@example(Asked(core_percent=75), Facts(core=Parts(4, 3)))
@example(Asked(weeks=1), Facts(stay=Stay(days=6, days_in_all=7)))
@example(Asked(weeks=1), Facts(stay=Stay(days=6, days_in_all=6)))
@example(Asked(hours=1), Facts(stay=Stay(1, 9, sees_end=True, attended=59, minutes_ahead=1)))
@example(Asked(hours=1), Facts(stay=Stay(1, 9, sees_end=True, attended=59, minutes_ahead=0)))
@example(Asked(weeks_met_percent=50), Facts(stay=Stay(1, 9, weeks_not_met=1, weeks_ahead=1)))
@example(Asked(weeks_met_percent=51), Facts(stay=Stay(1, 9, weeks_not_met=1, weeks_ahead=1)))
def test_it_says_what_trying_it_out_says(asked: Asked, known: Facts) -> None:
    readiness = readiness_of(asked, known)
    found = {line.criterion: line.reach for line in readiness.lines}
    assert found == oracle(asked, known)
    assert readiness.is_complete == all(reach is Reach.MET for reach in found.values())
    assert readiness.met_count + len(readiness.open_criteria) == len(found)


@given(ASKED, facts())
def test_what_is_met_has_as_much_as_it_needs(asked: Asked, known: Facts) -> None:
    for line in readiness_of(asked, known).lines:
        assert line.is_met == (line.have >= line.need)


@given(st.integers(1, 100), st.integers(0, 500))
def test_a_part_is_the_least_that_is_enough(percent: int, total: int) -> None:
    part = part_of(percent, total)
    assert 100 * part >= percent * total
    assert part == 0 or 100 * (part - 1) < percent * total


@pytest.mark.parametrize(
    ("asked", "known", "reach"),
    [
        # Nothing asked for in a criterion is no line at all, so everything is met.
        (Asked(), Facts(), None),
        (Asked(core_percent=100), Facts(), Reach.MET),
        (Asked(homework_percent=100), Facts(), Reach.MET),
        (Asked(plan_percent=100), Facts(plan_percent=99), Reach.OPEN),
        (Asked(plan_percent=1), Facts(stay=Stay(9, 9, is_over=True)), Reach.OUT_OF_REACH),
        (Asked(weeks_met_percent=1), Facts(), Reach.OPEN),
        # Without a planned last day, anything may still come.
        (Asked(core_percent=100), Facts(core=Parts(9, 0, 0)), Reach.OPEN),
        # The calendar does not reach that far yet.
        (Asked(core_percent=100), Facts(core=Parts(9), stay=Stay(1, 400)), Reach.OPEN),
        (
            Asked(core_percent=100),
            Facts(core=Parts(9), stay=Stay(1, 40, sees_end=True)),
            Reach.OUT_OF_REACH,
        ),
    ],
)
def test_each_end(asked: Asked, known: Facts, reach: Reach | None) -> None:
    lines = readiness_of(asked, known).lines
    assert [line.reach for line in lines] == ([reach] if reach else [])
