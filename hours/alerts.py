"""Which alerts a weekly-hours row gives rise to."""

from __future__ import annotations

from hours.models import AlertKind
from hours.weekly_hours import Flag, Verdict, WeeklyHours

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


def findings_of(row: WeeklyHours) -> dict[AlertKind, int]:
    """Return the kinds of alert that hold, each with the minutes short (0 where none are).

    Exempt weeks raise nothing: nobody is expected to act on them.
    """
    if row.verdict is Verdict.EXEMPT:
        return {}
    short = max(0, -row.slack)
    kinds = [OF_VERDICT[row.verdict]] if row.verdict in OF_VERDICT else []
    kinds += [OF_FLAG[flag] for flag in row.flags if flag in OF_FLAG]
    return dict.fromkeys(kinds, short)
