"""What the board says of a week that is over: whether it is closed, and what changed since."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hours.concluding.concluded import concluded_now, concluded_then
from hours.concluding.difference_words import Known, difference_lines
from hours.concluding.differences import Difference, difference_of
from hours.concluding.reading import ClosedWeek
from hours.models import WeekClose
from hours.verdict_looks import LOOKS, OVER, Look, standing_of
from hours.weekly_hours import WeeklyHours
from programs.weeks import Week

By = Mapping[int, WeeklyHours]


@dataclass(frozen=True)
class SideLink:
    """The week as it is now, or as it was closed: its counts, and the link that shows it."""

    label: str
    counts: str
    url: str
    is_current: bool


@dataclass(frozen=True)
class ChangedRow:
    """One person whose week says something else now; blank looks where they had no row."""

    name: str
    then: Look | None
    now: Look | None
    lines: tuple[str, ...]

    @property
    def is_other_verdict(self) -> bool:
        return self.then is not self.now


@dataclass(frozen=True)
class Closing:
    """A closed week: when, by whom, both sides, and who differs."""

    said: str
    is_rule_changed: bool
    sides: tuple[SideLink, ...]
    in_sum: str
    changed: tuple[ChangedRow, ...]


def differences(then: By, now: By, closed: ClosedWeek) -> dict[int, Difference]:
    """Return what differs, by enrollment; both sides hold whom the reader may see."""
    kept = {each.enrollment_id: concluded_then(each) for each in closed.conclusions}
    worked_out = {key: concluded_now(row) for key, row in now.items()}
    found = {key: difference_of(kept.get(key), worked_out.get(key)) for key in {**then, **now}}
    return {key: each for key, each in found.items() if each}


def changed_sessions(found: Iterable[Difference]) -> set[uuid.UUID]:
    """Return the sessions that differ for anybody."""
    return {change.session for each in found for change in each.sessions}


def changed_rows(
    found: Mapping[int, Difference], then: By, now: By, names: Mapping[str, str], known: Known
) -> tuple[ChangedRow, ...]:
    """Return the rows that differ by name, those with another verdict first."""
    charts = {key: row.chart_number for key, row in {**then, **now}.items()}
    rows = [
        ChangedRow(
            name=names[charts[key]],
            then=_look(then.get(key)),
            now=_look(now.get(key)),
            lines=difference_lines(difference, charts[key], known),
        )
        for key, difference in found.items()
    ]
    return tuple(sorted(rows, key=lambda row: (not row.is_other_verdict, row.name.casefold())))


def by_enrollment(rows: Iterable[WeeklyHours]) -> dict[int, WeeklyHours]:
    """Return the rows by the enrollment's key."""
    return {row.person.enrollment_key: row for row in rows}


def _look(row: WeeklyHours | None) -> Look | None:
    return LOOKS[standing_of(row)] if row else None


def counts_in_words(rows: Iterable[WeeklyHours]) -> str:
    """Return the counts of a week that is over: `2 not met, 1 pending, 17 met`."""
    standings = [standing_of(row) for row in rows]
    parts = [
        f"{standings.count(each)} {str(LOOKS[each].label).lower()}"
        for each in OVER
        if each in standings
    ]
    return ", ".join(parts) or _("nobody")


def closed_in_words(close: WeekClose, week: Week) -> str:
    """Return when the week was closed, and by whom."""
    at = date_format(close.closed_at.astimezone(week.zone), "DATETIME_FORMAT")
    if close.closed_by is None:
        return _("Week closed %(moment)s, automatically.") % {"moment": at}
    return _("Week closed %(moment)s by %(name)s.") % {
        "moment": at,
        "name": close.closed_by.display_name,
    }


def in_sum(changed: int) -> str:
    """Return how many rows differ, in one sentence."""
    if not changed:
        return _("Nothing has changed since.")
    return ngettext(
        "%(count)s person’s week has changed since.",
        "%(count)s people’s weeks have changed since.",
        changed,
    ) % {"count": changed}
