"""What higher parts know and the patterns ask: whose people are whose, and the program's hours.

The calendar stands above this app; it registers its answers when the apps are ready.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, time

from programs.models import Program

# The pairs of a colleague (primary key) and somebody (public id) of sessions they lead or led.
OwnPeople = Callable[[Program, Collection[int]], frozenset[tuple[int, uuid.UUID]]]
# When the first session begins and the last one ends, on the site's wall clock.
SessionTimes = Callable[[Program, datetime, datetime], tuple[time | None, time | None]]


@dataclass
class _Calendar:
    own_people: OwnPeople | None = None
    times: SessionTimes | None = None


_calendar = _Calendar()


def known_by(*, own_people: OwnPeople, times: SessionTimes) -> None:
    """Let the calendar answer; called once, when the apps are ready."""
    _calendar.own_people, _calendar.times = own_people, times


def own_people(program: Program, users: Collection[int]) -> frozenset[tuple[int, uuid.UUID]]:
    """Return the pairs; three statements, none where nobody is asked about."""
    if not users or _calendar.own_people is None:
        return frozenset()
    return _calendar.own_people(program, users)


def session_times(
    program: Program, since: datetime, until: datetime
) -> tuple[time | None, time | None]:
    """Return the times of day; None where there was no session. One statement."""
    if _calendar.times is None:
        return None, None
    return _calendar.times(program, since, until)
