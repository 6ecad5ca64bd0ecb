"""A program's week in numbers: who met the hours, and the hours of those held to the minimum.

Plain values in, plain values out: no database, no clock.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from hours.sums.asked import Asked
from hours.sums.week_sums import WeekSums
from hours.verdicts import Verdict

# What was concluded of a closed week: the verdict of each enrollment, by its key.
Verdicts = Mapping[int, str]


@dataclass(frozen=True)
class Concluded:
    """What a week was closed with: how many had met, and how many stand differently now."""

    met: int
    differing: int


@dataclass(frozen=True)
class WeekTally:
    """One week that is over. Minutes are of those held to the minimum, but for `exempt_attended`.

    `concluded` is None where the week has not been closed.
    """

    week_on: date
    met: int
    not_met: int
    pending: int
    exempt: int
    required: int
    offered: int
    attended: int
    unrecorded: int
    exempt_attended: int
    concluded: Concluded | None

    @property
    def people(self) -> int:
        return self.held + self.exempt

    @property
    def held(self) -> int:
        """How many are held to the minimum."""
        return self.met + self.not_met + self.pending

    @property
    def percent(self) -> int | None:
        """Met of those held to the minimum, in whole percent and never rounded up."""
        return 100 * self.met // self.held if self.held else None

    @property
    def differs(self) -> bool:
        """Whether anybody stands differently now than when the week was closed."""
        return self.concluded is not None and self.concluded.differing > 0


def tallies_of(
    asked: Iterable[Asked], sums: Iterable[WeekSums], closed: Mapping[date, Verdicts]
) -> tuple[WeekTally, ...]:
    """Return a tally for each week asked for, in that order."""
    by_week: dict[date, list[WeekSums]] = {each.week.first_on: [] for each in asked}
    for each in sums:
        by_week[each.week_on].append(each)
    return tuple(
        tally_of(week_on, people, closed.get(week_on)) for week_on, people in by_week.items()
    )


def tally_of(week_on: date, people: Sequence[WeekSums], closed: Verdicts | None) -> WeekTally:
    """Return one week's tally; `people` are of that week."""
    verdicts = {each.enrollment_key: each.verdict() for each in people}
    count = Counter(verdicts.values())
    held = [each for each in people if verdicts[each.enrollment_key] is not Verdict.EXEMPT]
    exempt = [each for each in people if verdicts[each.enrollment_key] is Verdict.EXEMPT]
    return WeekTally(
        week_on=week_on,
        met=count[Verdict.MET],
        not_met=count[Verdict.NOT_MET],
        pending=count[Verdict.PENDING],
        exempt=count[Verdict.EXEMPT],
        required=sum(each.required for each in held),
        offered=sum(each.amounts.offered for each in held),
        attended=sum(each.amounts.attended for each in held),
        unrecorded=sum(each.amounts.unrecorded for each in held),
        exempt_attended=sum(each.amounts.attended for each in exempt),
        concluded=None if closed is None else _concluded(closed, verdicts),
    )


def _concluded(then: Verdicts, now: Mapping[int, Verdict]) -> Concluded:
    return Concluded(
        met=sum(verdict == Verdict.MET for verdict in then.values()),
        differing=sum(then.get(key) != now.get(key) for key in {*then, *now}),
    )
