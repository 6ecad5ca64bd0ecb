"""Lanes: sessions that overlap stand side by side, each cluster in as few lanes as it needs."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass

Span = tuple[int, int]


@dataclass(frozen=True)
class Lane:
    """The place of one session: lane `number`, from 1, of the `of` lanes of its cluster."""

    number: int
    of: int


def lanes_of(spans: Sequence[Span]) -> list[Lane]:
    """Return the lane of each span (start and end, the end excluded), in the order given.

    A cluster is a run of spans that hang together by overlaps. It gets as many lanes as spans
    that are open at once; each span, by its start, takes the lowest lane that is free.
    """
    lanes: dict[int, Lane] = {}
    for cluster in _clusters(spans):
        numbers = _numbers([spans[index] for index in cluster])
        of = max(numbers)
        lanes |= {index: Lane(number, of) for index, number in zip(cluster, numbers, strict=True)}
    return [lanes[index] for index in range(len(spans))]


def _clusters(spans: Sequence[Span]) -> list[list[int]]:
    """Return the indexes of each cluster's spans, by start."""
    clusters: list[list[int]] = []
    open_until = None
    for index in sorted(range(len(spans)), key=lambda each: (spans[each], each)):
        start, end = spans[index]
        if open_until is None or start >= open_until:
            clusters.append([])
            open_until = end
        clusters[-1].append(index)
        open_until = max(open_until, end)
    return clusters


def _numbers(spans: Sequence[Span]) -> list[int]:
    """Return the lane number of each span of a cluster; the spans come by start."""
    free: list[int] = []
    taken: list[tuple[int, int]] = []
    numbers = []
    for start, end in spans:
        while taken and taken[0][0] <= start:
            heapq.heappush(free, heapq.heappop(taken)[1])
        number = heapq.heappop(free) if free else len(taken) + 1
        heapq.heappush(taken, (end, number))
        numbers.append(number)
    return numbers
