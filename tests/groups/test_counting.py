"""Counted minutes: what PostgreSQL says and what Python says are one number."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from psycopg.types.multirange import TimestamptzMultirange
from psycopg.types.range import Range

from groups.counting import Span, counted, counted_sql, union
from programs.models import Count

START = datetime(2026, 11, 1, 5, 0, tzinfo=UTC)
SPANS = st.lists(
    st.tuples(st.integers(0, 240), st.integers(0, 120)).map(
        lambda pair: (
            START + timedelta(minutes=pair[0]),
            START + timedelta(minutes=pair[0] + pair[1]),
        )
    ),
    max_size=4,
)


def _multirange(spans: list[Span]) -> TimestamptzMultirange:
    return TimestamptzMultirange(Range(start, end) for start, end in spans if start < end)


@pytest.mark.django_db
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(stretches=SPANS, breaks=SPANS, count=st.sampled_from(Count.values))
@example(stretches=[], breaks=[], count=Count.NET_MINUTES)
@example(stretches=[(START, START + timedelta(minutes=50))], breaks=[], count=Count.CLINICAL_HOURS)
@example(stretches=[(START, START + timedelta(minutes=59))], breaks=[], count=Count.CLINICAL_HOURS)
def test_both_count_the_same(stretches: list[Span], breaks: list[Span], count: str) -> None:
    statement = counted_sql("%(stretches)s::tstzmultirange", "%(breaks)s", "%(count)s")
    with connection.cursor() as cursor:
        values: dict[str, Any] = {
            "stretches": _multirange(stretches),
            "breaks": _multirange(breaks),
            "count": count,
        }
        cursor.execute(f"SELECT {statement}", values)
        assert cursor.fetchone() == (counted(stretches, breaks, count),)


@given(SPANS)
def test_a_union_has_each_minute_once(spans: list[Span]) -> None:
    minutes = {
        start + timedelta(minutes=number)
        for start, end in spans
        for number in range(int((end - start).total_seconds()) // 60)
    }
    merged = union(spans)
    assert sum((end - start).total_seconds() // 60 for start, end in merged) == len(minutes)
    assert all(one[1] < other[0] for one, other in pairwise(merged))


@pytest.mark.parametrize(
    ("minutes", "pause", "count", "expected"),
    [
        (190, 10, Count.NET_MINUTES, 180),
        (190, 10, Count.SCHEDULED_SPAN, 190),
        (110, 10, Count.CLINICAL_HOURS, 120),
        (49, 0, Count.CLINICAL_HOURS, 58),
    ],
)
def test_counted_as_the_rule_says(minutes: int, pause: int, count: str, expected: int) -> None:
    session = (START, START + timedelta(minutes=minutes))
    gap = (START + timedelta(minutes=20), START + timedelta(minutes=20 + pause))
    assert counted([session], [gap], count) == expected
