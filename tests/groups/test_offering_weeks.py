"""Offered minutes of a week and the gap: the rules, held against an oracle by minutes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groups.enrolling.wording import hours
from groups.offering.gap import Filling, Untaught, fillings, together
from groups.offering.weeks import Offer, Run, offered_minutes, runs_of
from groups.offering.wording import (
    filling_words,
    missing_words,
    offered_words,
    together_words,
)

MIDNIGHT = datetime(2026, 11, 23, tzinfo=UTC)


def at(minute: int) -> datetime:
    return MIDNIGHT + timedelta(minutes=minute)


@st.composite
def offers(draw: st.DrawFn) -> Offer:
    begins = draw(st.integers(0, 300))
    length = draw(st.integers(1, 120))
    breaks = []
    if draw(st.booleans()):
        first = draw(st.integers(0, length - 1))
        breaks.append((at(begins + first), at(begins + draw(st.integers(first + 1, length)))))
    return Offer(1, at(begins), at(begins + length), tuple(breaks))


def minutes_of(found: list[Offer], *, with_breaks: bool) -> int:
    """The oracle: each minute of the day is asked for on its own."""

    def is_offered(minute: int) -> bool:
        moment = at(minute)
        return any(
            each.starts_at <= moment < each.ends_at
            and (with_breaks or not any(a <= moment < b for a, b in each.breaks))
            for each in found
        )

    return sum(map(is_offered, range(500)))


@given(st.lists(offers(), max_size=6))
def test_minutes_at_the_same_time_count_once(found: list[Offer]):
    assert offered_minutes(found, "net_minutes") == minutes_of(found, with_breaks=False)
    assert offered_minutes(found, "scheduled_span") == minutes_of(found, with_breaks=True)


@given(st.lists(offers(), max_size=6))
def test_hours_of_fifty_minutes_are_rounded_down_session_by_session(found: list[Offer]):
    net = offered_minutes(found, "net_minutes")
    clinical = offered_minutes(found, "clinical_hours")
    assert net * 6 // 5 - len(found) <= clinical <= net * 6 / 5


def test_two_in_a_row_are_rounded_each():
    found = [Offer(1, at(0), at(51)), Offer(1, at(51), at(102))]
    assert offered_minutes(found, "clinical_hours") == 61 + 61


@given(st.lists(st.tuples(st.sampled_from([0, 270, 370]), st.none() | st.just(540)), max_size=16))
def test_runs_hold_every_week_once(weeks: list[tuple[int, int | None]]):
    runs = runs_of(weeks)
    told = [(each.offered, each.required) for each in runs for _week in range(each.weeks)]
    assert told == weeks
    assert all(a.last + 1 == b.first for a, b in pairwise(runs))


MATRIX = [Run(1, 4, 370, 540), Run(5, 16, 270, 540)]


def plain(words: str) -> str:
    return words.replace("\N{NO-BREAK SPACE}", " ")


def test_the_matrix_schedule_in_words():
    assert plain(offered_words(MATRIX)) == (
        "Weeks 1 to 4 offer 6 h 10 min a week, weeks 5 to 16 offer 4 h 30 min."
    )
    assert plain(missing_words(MATRIX)) == (
        "The program asks for 9 h: 2 h 50 min are missing in weeks 1 to 4, "
        "4 h 30 min in weeks 5 to 16."
    )


@pytest.mark.parametrize(
    ("runs", "words"),
    [
        ([Run(1, 16, 600, 540)], "All 16 weeks offer 10 h a week."),
        ([Run(1, 1, 60, 540), Run(2, 16, 0, 540)], "Week 1 offers 1 h, weeks 2 to 16 offer 0 h."),
        (
            [Run(n, n, 60 * n, 540) for n in range(1, 17)],
            "The 16 weeks offer between 1 h and 16 h each.",
        ),
    ],
)
def test_what_is_offered_in_words(runs: list[Run], words: str):
    assert plain(offered_words(runs)) == words


@pytest.mark.parametrize(
    ("runs", "words"),
    [
        ([Run(1, 16, 600, 540)], "The program asks for 9 h: nothing is missing."),
        ([Run(1, 16, 600, None)], "No rule says how many hours the program asks for."),
        (
            [Run(n, n, 20 * n, 540) for n in range(1, 17)],
            "The program asks for 9 h: 16 weeks fall short, by up to 8 h 40 min.",
        ),
        (
            [Run(1, 1, 500, 540), Run(2, 16, 500, 600)],
            "The program asks for 9 h to 10 h: 40 min are missing in week 1, "
            "1 h 40 min in weeks 2 to 16.",
        ),
    ],
)
def test_what_is_missing_in_words(runs: list[Run], words: str):
    assert plain(missing_words(runs)) == words


def test_what_would_fill_a_gap():
    ways = fillings(170, [Untaught("Mindfulness", 50), Untaught("CBT skills", None)], "net_minutes")
    assert ways == [Filling("Mindfulness", 2, 90, 180, 0), Filling("CBT skills", 2, 90, 180, 0)]
    assert plain(filling_words(ways[1])) == (
        "Two sessions a week of 90 minutes of CBT skills would bring 3 h a week: enough."
    )
    assert fillings(0, [Untaught("CBT skills", 90)], "net_minutes") == []
    (clinical,) = fillings(100, [Untaught("CBT skills", 90)], "clinical_hours")
    assert (clinical.sessions, clinical.brings) == (1, 108)


def test_several_tracks_fill_what_one_does_not():
    tracks = [Untaught("CBT", 60), Untaught("DBT", 120), Untaught("Family", 60)]
    ways = fillings(400, tracks, "net_minutes")
    assert [(each.track, each.left) for each in ways] == [
        ("DBT", 40),
        ("CBT", 220),
        ("Family", 220),
    ]
    chosen = together(400, ways)
    assert [(each.track, each.sessions, each.left) for each in chosen] == [
        ("DBT", 3, 40),
        ("CBT", 1, 0),
    ]
    assert plain(together_words(chosen)) == (
        "Together, three sessions a week of DBT and one session a week of CBT would bring 7 h: "
        "enough."
    )


@given(
    st.integers(1, 900),
    st.lists(st.builds(Untaught, st.just("A"), st.none() | st.integers(20, 180)), max_size=5),
    st.sampled_from(["net_minutes", "clinical_hours", "scheduled_span"]),
)
def test_no_way_brings_a_session_more_than_is_missing(missing: int, tracks, count: str):
    for each in fillings(missing, tracks, count):
        assert 1 <= each.sessions <= 3
        assert each.left == max(0, missing - each.brings)
        assert each.brings - each.brings // each.sessions < missing
        assert hours(each.brings)
    chosen = together(missing, fillings(missing, tracks, count))
    best = min((each.left for each in fillings(missing, tracks, count)), default=missing)
    assert not chosen or chosen[-1].left <= best
