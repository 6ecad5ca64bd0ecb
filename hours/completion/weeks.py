"""Weeks of an episode as completion counts them: of one person, or of everybody at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from hours.summary.weeks import weeks_of_episode
from hours.sums.asked import asked_weeks
from hours.sums.reading import week_sums
from hours.verdicts import Verdict
from programs.models import Enrollment, Program
from programs.weeks import DAYS, Week

# Two years, as long as anybody's weeks are looked at.
MOST = 104


@dataclass(frozen=True)
class StayWeek:
    """One week: whether it is over, its verdict, minutes attended and still to be attended."""

    is_over: bool
    verdict: Verdict
    attended: int
    ahead: int


def weeks_of_one(enrollment: Enrollment, *, until: date, now: datetime) -> list[StayWeek]:
    """Return the weeks of one episode, two statements for every 26 weeks."""
    until = min(until, enrollment.admitted_on + timedelta(days=DAYS * MOST))
    weeks, _without_rule = weeks_of_episode(enrollment, until=until, as_of=now)
    return [
        StayWeek(
            each.is_over,
            each.row.verdict,
            each.row.attended,
            each.row.unrecorded + each.row.remaining,
        )
        for each in weeks
    ]


def weeks_of_all(
    program: Program, ends: Mapping[Enrollment, date], *, now: datetime
) -> dict[int, list[StayWeek]]:
    """Return the weeks of each episode through its end, by its key; two statements in all."""
    found: dict[int, list[StayWeek]] = defaultdict(list)
    until = {enrollment.pk: end for enrollment, end in ends.items()}
    for each in week_sums(asked_weeks(_weeks(program, ends)), as_of=now):
        end = until.get(each.enrollment_key)
        if end is None or each.week_on > end:
            continue
        amounts = each.amounts
        found[each.enrollment_key].append(
            StayWeek(
                each.asked.is_over(now),
                each.verdict(),
                amounts.attended,
                amounts.unrecorded + amounts.remaining,
            )
        )
    return found


def _weeks(program: Program, ends: Mapping[Enrollment, date]) -> Iterable[tuple[Program, Week]]:
    """Return every week that any of the episodes touches, of at most two years."""
    if not ends:
        return []
    last = max(ends.values())
    week, weeks = program.week_of(min(each.admitted_on for each in ends)), []
    while week.first_on <= last:
        weeks.append((program, week))
        week = week.moved(1)
    return weeks[-MOST:]


def counted(weeks: Sequence[StayWeek]) -> tuple[int, int, int]:
    """Return how many weeks held to their hours are met, are not met, and are yet to be told."""
    met = sum(week.verdict is Verdict.MET for week in weeks)
    not_met = sum(week.is_over and week.verdict is Verdict.NOT_MET for week in weeks)
    held = sum(week.verdict is not Verdict.EXEMPT for week in weeks)
    return met, not_met, held - met - not_met
