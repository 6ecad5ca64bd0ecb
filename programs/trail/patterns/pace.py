"""How fast charts were opened."""

from __future__ import annotations

import uuid
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import timedelta

from programs.trail.patterns.facts import Facts, Finding, Line, Unusual, finding
from programs.weeks import local_date

# One a minute for a whole hour: nobody reads charts so fast. Who goes through a list of a site
# for its attendance or its census opens the list, which is one line, not the charts.
MANY_CHARTS = 60
WITHIN = timedelta(hours=1)


def many_charts(facts: Facts) -> list[Finding]:
    """Find, for each colleague and local day, the fullest hour with many different charts.

    An hour begins with one of their looks on that day, and may end on the next.
    """
    looks: dict[int, list[Line]] = defaultdict(list)
    for line in facts.looks:
        looks[line.by or 0].append(line)
    return [
        each
        for who, lines in looks.items()
        if len(lines) >= MANY_CHARTS
        for each in _fullest_hours(who, lines, facts)
    ]


def _fullest_hours(who: int, lines: Sequence[Line], facts: Facts) -> list[Finding]:
    """Slide an hour over the lines, counting as they come in and go out."""
    best: dict = {}
    inside: Counter[uuid.UUID | None] = Counter()
    end = 0
    for start, first in enumerate(lines):
        while end < len(lines) and lines[end].at < first.at + WITHIN:
            inside[lines[end].participant] += 1
            end += 1
        if len(inside) >= MANY_CHARTS:
            day = local_date(first.at, facts.zone)
            if len(inside) > best.get(day, (0,))[0]:
                best[day] = (len(inside), start, end)
        inside[first.participant] -= 1
        if not inside[first.participant]:
            del inside[first.participant]
    return [
        finding(Unusual.MANY, who, lines[start:stop], charts=charts)
        for charts, start, stop in best.values()
    ]
