"""Sessions that overlap stand side by side, in as few lanes as they need."""

from __future__ import annotations

import itertools

from hypothesis import example, given
from hypothesis import strategies as st

from groups.calendar.lanes import Lane, lanes_of

spans = st.lists(
    st.tuples(st.integers(0, 95), st.integers(1, 24)).map(lambda each: (each[0], sum(each))),
    max_size=20,
)


def overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def together(wanted: list[tuple[int, int]], start: int) -> list[int]:
    """Return the cluster of the span at index `start`: whatever hangs together by overlaps."""
    found, open_ones = {start}, [start]
    while open_ones:
        here = open_ones.pop()
        near = {i for i in range(len(wanted)) if overlap(wanted[here], wanted[i])} - found
        found |= near
        open_ones += near
    return sorted(found)


@given(spans)
@example([(36, 42), (42, 48)])
@example([(36, 48), (36, 40), (40, 44), (44, 50)])
@example([(0, 96)] * 9)
def test_no_two_that_overlap_share_a_lane_and_no_lane_is_wasted(wanted):
    lanes = lanes_of(wanted)
    assert len(lanes) == len(wanted)
    for one, other in itertools.combinations(range(len(wanted)), 2):
        if overlap(wanted[one], wanted[other]):
            assert lanes[one].number != lanes[other].number
            assert lanes[one].of == lanes[other].of
    for index, lane in enumerate(lanes):
        cluster = together(wanted, index)
        at_once = max(
            sum(wanted[each][0] <= quarter < wanted[each][1] for each in cluster)
            for quarter in range(96 + 24)
        )
        assert 1 <= lane.number <= lane.of == at_once


def test_one_after_the_other_needs_one_lane():
    assert lanes_of([(36, 42), (42, 48)]) == [Lane(1, 1), Lane(1, 1)]


def test_the_order_given_is_kept():
    assert lanes_of([(40, 44), (36, 42)]) == [Lane(2, 2), Lane(1, 2)]


def test_nothing_needs_no_lane():
    assert lanes_of([]) == []
