"""Looks at programs' weeks and care, a bounded number at a time, in as many statements for all."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from hours.checking.care_findings import care_findings
from hours.checking.finding import Finding
from hours.checking.gap_findings import gap_findings
from hours.checking.making_up import minutes_to_make_up
from hours.checking.other_weeks import Place, other_weeks
from hours.checking.week_findings import week_findings
from hours.program_week import current_week
from hours.sums.asked import Asked, asked_weeks
from hours.sums.reading import week_sums
from programs.models import Program, alert_rules_on
from programs.weeks import Week, local_date


@dataclass(frozen=True)
class Checked:
    """What was looked at, and what was found there: weeks, or all care of the programs."""

    programs: Sequence[Program]
    findings: Sequence[Finding]
    asked: Sequence[Asked] = ()
    # Weeks, by program, whose alerts end.
    over: Collection[Place] = ()
    is_about_care: bool = False


def look_at_weeks(
    programs: Sequence[Program], *, now: datetime, besides: Sequence[Week] = ()
) -> Checked:
    """Return what holds in every program's last and present week, and in others not closed.

    Others are those that hold an open alert, and those asked for with `besides`. The number of
    statements does not depend on how many programs there are, nor on how many people.
    """
    recent = {program.pk: last_and_present(program, now) for program in programs}
    others = other_weeks(programs, recent, besides)
    pairs = [(program, week) for program in programs for week in recent[program.pk]]
    asked = asked_weeks([*others.still, *pairs])
    found = [*_of_weeks(programs, asked, now), *gap_findings(asked, as_of=now)]
    return Checked(programs, found, asked, others.over)


def look_at_care(programs: Sequence[Program], *, now: datetime) -> Checked:
    """Return what waits in the care of everybody in these programs, likewise."""
    return Checked(programs, care_findings(programs, now=now), is_about_care=True)


def last_and_present(program: Program, now: datetime) -> tuple[Week, Week]:
    """Return the weeks that are checked every hour, by the program's own calendar."""
    present = current_week(program, now)
    return present.moved(-1), present


def _of_weeks(
    programs: Sequence[Program], asked: Sequence[Asked], now: datetime
) -> Iterable[Finding]:
    sums = week_sums(asked, as_of=now, only_troubled=True)
    makeup = minutes_to_make_up(sums, as_of=now)
    return week_findings(sums, makeup=makeup, waits=_waits(programs, now), as_of=now)


def _waits(programs: Sequence[Program], now: datetime) -> dict[int, timedelta]:
    """Return how long a session may go without a record, by program."""
    today = {program.pk: local_date(now, program.zone) for program in programs}
    return {
        key: timedelta(hours=rule.unrecorded_hours) for key, rule in alert_rules_on(today).items()
    }
