"""How many places in sessions were taken, and what became of the others."""

from __future__ import annotations

import json
import uuid
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import TypeVar

from hours.program_week import rows_of
from hours.sums.asked import Asked
from hours.trends.attendance_sql import ATTENDANCE
from programs.models import GroupKind, Program
from programs.weeks import whole_minute

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Places:
    """Places in sessions that are over: one for each person expected at each."""

    expected: int = 0
    attended: int = 0
    excused: int = 0
    unexcused: int = 0
    no_call: int = 0
    unrecorded: int = 0

    def __add__(self, other: Places) -> Places:
        return Places(
            *(getattr(self, each.name) + getattr(other, each.name) for each in fields(Places))
        )

    @property
    def recorded(self) -> int:
        return self.expected - self.unrecorded

    @property
    def missed(self) -> int:
        return self.recorded - self.attended

    @property
    def unexplained(self) -> int:
        """Recorded without a minute that counts, and without a kind of absence."""
        return self.missed - self.excused - self.unexcused - self.no_call

    @property
    def percent(self) -> int | None:
        """Attended of recorded, in whole percent and never rounded up; None where none is."""
        return 100 * self.attended // self.recorded if self.recorded else None


@dataclass(frozen=True)
class GroupPlaces:
    """The places of one group on one weekday (Monday is 0) of one week."""

    week_on: date
    group_id: uuid.UUID
    group: str
    weekday: int
    places: Places


def places_in(program: Program, asked: Sequence[Asked], *, as_of: datetime) -> list[GroupPlaces]:
    """Return the places of these weeks, by week, group and weekday; one statement."""
    weeks = [
        {
            "first_on": each.week.first_on.isoformat(),
            "last_on": each.week.last_on.isoformat(),
            "count": each.rule.count,
            "kinds": list(each.rule.counts or GroupKind.values),
        }
        for each in asked
    ]
    values = {
        "program": program.pk,
        "as_of": whole_minute(as_of),
        "weeks": json.dumps(weeks),
    }
    return [
        GroupPlaces(
            week_on=row.week_on,
            group_id=row.group_id,
            group=row.group_name,
            weekday=row.weekday,
            places=Places(**{each.name: getattr(row, each.name) for each in fields(Places)}),
        )
        for row in rows_of(ATTENDANCE, values)
    ]


def places_by(found: Iterable[GroupPlaces], key: Callable[[GroupPlaces], Key]) -> dict[Key, Places]:
    """Return the places summed by what `key` says of them; none where there are none."""
    summed: dict[Key, Places] = defaultdict(Places)
    for each in found:
        summed[key(each)] += each.places
    return summed
