"""What the check finds in somebody's week."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta

from hours.checking.finding import Finding
from hours.models import AlertKind
from hours.sums.week_sums import WeekSums
from hours.verdicts import Flag, Verdict
from programs.weeks import local_date

OF_VERDICT = {
    Verdict.RECOVERABLE: AlertKind.RECOVERABLE,
    Verdict.UNREACHABLE: AlertKind.UNREACHABLE,
    Verdict.NOT_MET: AlertKind.NOT_MET,
    Verdict.PENDING: AlertKind.PENDING,
}
OF_FLAG = {
    Flag.DAYS_SHORT: AlertKind.DAYS_SHORT,
    Flag.OVER_MAXIMUM: AlertKind.OVER_MAXIMUM,
}


def week_findings(
    sums: Iterable[WeekSums],
    *,
    makeup: Mapping[tuple[int, date], int],
    waits: Mapping[int, timedelta],
    as_of: datetime,
) -> Iterator[Finding]:
    """Yield what holds in these weeks, each with the minutes short.

    `makeup` are minutes by enrollment and week, where seats decide; `waits`, by program, is how
    long a session may go without a record. Exempt weeks raise nothing: nobody is expected to act
    on them.
    """
    for each in sums:
        verdict = each.verdict(makeup.get((each.enrollment_key, each.week_on), 0))
        if verdict is Verdict.EXEMPT:
            continue
        if verdict in OF_VERDICT:
            yield _finding(each, OF_VERDICT[verdict])
        for flag in each.flags(verdict):
            if flag in OF_FLAG:
                yield _finding(each, OF_FLAG[flag])
        since = each.unrecorded_since
        if since is not None and since + waits[each.asked.program_key] <= as_of:
            yield _finding(each, AlertKind.UNRECORDED, local_date(since, each.asked.week.zone))


def _finding(sums: WeekSums, kind: AlertKind, due_on: date | None = None) -> Finding:
    return Finding(
        enrollment_key=sums.enrollment_key,
        week_on=sums.week_on,
        kind=kind,
        minutes_short=sums.short,
        due_on=due_on,
    )
