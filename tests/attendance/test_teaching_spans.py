"""How lessons share a session: always inside it, in order, and nothing of it is left over."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from attendance.teaching.spans import TooShort, laid_out
from tests.build import CHICAGO, moment

A_MINUTE = timedelta(minutes=1)
START = datetime(2026, 11, 23, 15, tzinfo=UTC)


def at(minutes: int) -> datetime:
    return START + minutes * A_MINUTE


@st.composite
def sessions(draw):
    """A session of up to three hours, its breaks, and the minutes of some lessons."""
    length = draw(st.integers(2, 180))
    edges = sorted(draw(st.sets(st.integers(0, length), max_size=6)))
    breaks = [(at(first), at(last)) for first, last in zip(edges[::2], edges[1::2], strict=False)]
    lessons = draw(st.lists(st.none() | st.integers(1, 240), min_size=1, max_size=5))
    return (at(0), at(length)), breaks, lessons


def net(span, breaks) -> set[datetime]:
    """The minutes of a span outside the breaks, one by one."""
    first, last = span
    minutes = {first + n * A_MINUTE for n in range(int((last - first) / A_MINUTE))}
    return {m for m in minutes if not any(start <= m < end for start, end in breaks)}


@given(sessions())
@example(((at(0), at(2)), [(at(0), at(1))], [None]))
@example(((at(0), at(3)), [(at(1), at(2))], [1, 240]))
def test_all_that_must_hold(drawn):
    session, breaks, lessons = drawn
    try:
        spans = laid_out(lessons, session, breaks)
    except TooShort:
        assert len(net(session, breaks)) < len(lessons)
        return
    assert len(spans) == len(lessons)
    for first, last in spans:
        assert session[0] <= first < last <= session[1]
        assert first.second == last.second == first.microsecond == last.microsecond == 0
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    parts = [net(span, breaks) for span in spans]
    assert set().union(*parts) == net(session, breaks)
    if len(lessons) > 1:
        assert all(parts)
        for first, last in spans:
            assert not any(start <= first < end or start < last <= end for start, end in breaks)


@given(sessions())
def test_in_proportion_to_their_minutes(drawn):
    """Nobody is off by more than a minute at either end, where each has a minute at all."""
    session, breaks, lessons = drawn
    whole = len(net(session, breaks))
    known = [each for each in lessons if each]
    usual = sum(known) / len(known) if known else 1
    weights = [each or usual for each in lessons]
    shares = [whole * each / sum(weights) for each in weights]
    if len(lessons) < 2 or min(shares) < 1:
        return
    spans = laid_out(lessons, session, breaks)
    for span, share in zip(spans, shares, strict=True):
        assert abs(len(net(span, breaks)) - share) <= 1 + 1e-9


def test_an_hour_and_half_an_hour_around_a_break():
    breaks = [(at(60), at(75))]
    assert laid_out([60, 60], (at(0), at(135)), breaks) == [(at(0), at(60)), (at(75), at(135))]
    assert laid_out([None], (at(0), at(135)), breaks) == [(at(0), at(135))]
    assert laid_out([], (at(0), at(135)), breaks) == []
    with pytest.raises(TooShort):
        laid_out([5, 5], (at(0), at(2)), [(at(0), at(1))])


@pytest.mark.parametrize(
    ("day", "minutes"),
    [("2026-11-01", 210), ("2027-03-14", 90), ("2026-11-02", 150)],
)
def test_the_clocks_change_and_no_minute_is_lost(day, minutes):
    """Two and a half hours on the wall clock: one hour more when it goes back, or one less."""
    session = (moment(day, "00:30", CHICAGO), moment(day, "03:00", CHICAGO))
    local = (session[0].astimezone(CHICAGO), session[1].astimezone(CHICAGO))
    spans = laid_out([1, 1], local, [])
    assert sum((last - first for first, last in spans), timedelta()) == minutes * A_MINUTE
    assert spans == laid_out([1, 1], session, [])


def test_another_zone():
    kolkata = ZoneInfo("Asia/Kolkata")
    session = (moment("2026-11-23", "09:15", kolkata), moment("2026-11-23", "10:45", kolkata))
    (_first, cut), (again, _last) = laid_out([30, 60], session, [])
    assert cut == again == moment("2026-11-23", "09:45", kolkata)
