"""What was done while the program is shut, on the wall clock of its site."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from programs.trail.patterns.facts import Facts, Finding, Line, Unusual, finding
from programs.trail.words import Kind

# Of two minutes of the small hours one belongs to the night before: nights change at noon.
NOON = timedelta(hours=12)


def reads_at_night(facts: Facts) -> list[Finding]:
    """Find, for each colleague and night, the looks at records outside the program's hours."""
    looks = (line for line in facts.looks if not line.is_emergency)
    return _nights(facts, Unusual.NIGHT, looks)


def exports_at_night(facts: Facts) -> list[Finding]:
    """Find, for each colleague and night, the lists taken along outside the program's hours.

    A list is an export about no participant: of a whole program or week.
    """
    return _nights(facts, Unusual.EXPORT, filter(_is_list, facts.lines))


def is_shut(moment: datetime, facts: Facts) -> bool:
    """Whether the site's clock shows a time before the program opens, or after it closes.

    The hour that the clocks repeat in fall is night both times; the one they skip in spring
    never comes.
    """
    clock = moment.astimezone(facts.zone).time()
    return clock < facts.opens or clock >= facts.closes


def night_of(moment: datetime, facts: Facts) -> date:
    """Return the date of the evening that the night began with."""
    local = moment.astimezone(facts.zone).replace(tzinfo=None)
    return (local - NOON).date()


def hours_around(first: time | None, last: time | None) -> tuple[time, time]:
    """Return when staff can be expected, where sessions lie between these times of day.

    Two hours on either side are for getting ready and for notes; seven to eight at least.
    """
    opens, closes = time(7), time(20)
    if first is not None and first.hour >= 2:
        opens = min(opens, first.replace(hour=first.hour - 2))
    elif first is not None:
        opens = time(0)
    if last is not None:
        closes = max(closes, last.replace(hour=last.hour + 2) if last.hour < 22 else time.max)
    return opens, closes


def _is_list(line: Line) -> bool:
    return line.participant is None and line.by is not None and line.kind is Kind.EXPORT


def _nights(facts: Facts, kind: Unusual, counted: Iterable[Line]) -> list[Finding]:
    lines: dict[tuple[int, date], list[Line]] = defaultdict(list)
    for line in counted:
        if is_shut(line.at, facts):
            lines[line.by or 0, night_of(line.at, facts)].append(line)
    return [finding(kind, who, found) for (who, _night), found in lines.items()]
