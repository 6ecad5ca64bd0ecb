"""How minutes are counted, said twice: once for PostgreSQL, once in Python.

A session, a part of it, or what somebody attended of it is a set of stretches. Counted minutes
of such a set are:

* `scheduled_span`: its length, breaks included;
* `net_minutes`: its length less what of it falls in breaks;
* `clinical_hours`: net minutes times 6/5 (a 50-minute hour), rounded down.

A test draws sessions, breaks and stretches and holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from programs.models.rule import Count

Span = tuple[datetime, datetime]


def counted_sql(stretches: str, breaks: str, count: str) -> str:
    """Return SQL for the counted minutes of a tstzmultirange; all three arguments are SQL."""
    # One look at the stretches, whatever the count: net minutes are 5/5 of themselves.
    kept = f"CASE WHEN {count} = '{Count.SCHEDULED_SPAN}' THEN {stretches}"
    kept = _length_sql(f"({kept} ELSE {stretches} - {breaks} END)")
    return f"({kept} * CASE WHEN {count} = '{Count.CLINICAL_HOURS}' THEN 6 ELSE 5 END / 5)"


def _length_sql(stretches: str) -> str:
    return (
        "(SELECT coalesce(extract(epoch FROM sum(upper(part) - lower(part)))::int / 60, 0)"
        f" FROM unnest({stretches}) AS part)"
    )


def counted(stretches: Iterable[Span], breaks: Iterable[Span], count: str) -> int:
    """Return the counted minutes of the union of the stretches."""
    whole = union(stretches)
    if count == Count.SCHEDULED_SPAN:
        return _length(whole)
    gaps = union(breaks)
    net = _length(whole) - _length(
        [
            (max(start, gap_start), min(end, gap_end))
            for start, end in whole
            for gap_start, gap_end in gaps
        ]
    )
    return net * 6 // 5 if count == Count.CLINICAL_HOURS else net


def union(stretches: Iterable[Span]) -> list[Span]:
    """Return the same instants as ordered stretches that do not touch."""
    merged: list[Span] = []
    for start, end in sorted(stretch for stretch in stretches if stretch[0] < stretch[1]):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _length(stretches: Iterable[Span]) -> int:
    return sum(max(0, int((end - start).total_seconds())) // 60 for start, end in stretches)
