"""The page of offered hours: week by week against the rule, by group, and what would fill a gap."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from curriculum.tabs import curriculum_tabs
from groups.enrolling.wording import hours, short_hours
from groups.offering.gap import Filling, Untaught, fillings, together
from groups.offering.reading import Offered, read_offered, untaught_tracks
from groups.offering.weeks import Run, offered_minutes, runs_of
from groups.offering.wording import (
    filling_words,
    missing_words,
    offered_words,
    together_words,
    weeks_words,
)
from groups.readable import readable_groups
from programs.access import Access
from programs.models import HoursRule, Program
from programs.models.rule import Count
from programs.weeks import local_date
from programs.whose import Tab

# How many ways to fill a gap are told one by one.
MOST_WAYS = 4


@dataclass(frozen=True)
class WeekRow:
    """One week: what is offered, asked and missing, and as a bar in percent of the widest."""

    number: int
    first_on: date
    offered: str
    required: str
    missing: str
    label: str
    width: float
    required_x: float | None

    @property
    def bar_x(self) -> str:
        return f"{self.width:.2f}%"

    @property
    def line_x(self) -> str:
        return f"{self.required_x or 0:.2f}%"


@dataclass(frozen=True)
class GroupRow:
    """One group: its hours in each week, and how many sessions there are."""

    name: str
    cells: tuple[str, ...]
    sessions: int


@dataclass(frozen=True)
class Gap:
    """What would fill the hours that are missing in some weeks."""

    weeks: str
    missing: str
    ways: tuple[str, ...]
    together: str


@dataclass(frozen=True)
class OfferedPage:
    """Everything `offering/offered.html` reads."""

    program: Program
    tabs: tuple[Tab, ...]
    since: str
    says: str
    asks: str
    citation: str
    rows: tuple[WeekRow, ...]
    groups: tuple[GroupRow, ...]
    gaps: tuple[Gap, ...]
    has_untaught: bool
    can_edit: bool

    @property
    def is_empty(self) -> bool:
        return not any(row.width for row in self.rows)


def offered_page(
    access: Access, program: Program, *, since: date | None, now: datetime
) -> OfferedPage:
    """Return the page of sixteen weeks; a fixed number of statements."""
    read = read_offered(program, since=since, now=now)
    held = zip(read.offers, read.rules, strict=True)
    minutes = [offered_minutes(offers, _count(rule)) for offers, rule in held]
    required = [rule.min_minutes_per_week if rule else None for rule in read.rules]
    runs = runs_of(zip(minutes, required, strict=True))
    today = local_date(now, program.zone)
    untaught = untaught_tracks(program, today=today)
    cited = (rule.citation for rule in read.rules if rule and rule.citation)
    readable = readable_groups(access, program, today=today).values_list("pk", flat=True)
    return OfferedPage(
        program=program,
        tabs=curriculum_tabs(access, program, here="offering:offered"),
        since=read.weeks[0].first_on.isoformat(),
        says=offered_words(runs),
        asks=missing_words(runs),
        citation=next(cited, ""),
        rows=_week_rows(read, minutes, required),
        groups=_group_rows(read, set(readable)),
        gaps=_gaps(runs, read, untaught),
        has_untaught=bool(untaught),
        can_edit=access.scope("groups.edit", program) is not None,
    )


def _count(rule: HoursRule | None) -> str:
    return rule.count if rule else Count.NET_MINUTES.value


def _week_rows(
    read: Offered, minutes: Sequence[int], required: Sequence[int | None]
) -> tuple[WeekRow, ...]:
    widest = max([*minutes, *(each or 0 for each in required), 1])
    return tuple(
        _week_row(number, week.first_on, offered, asked, widest)
        for number, (week, offered, asked) in enumerate(
            zip(read.weeks, minutes, required, strict=True), 1
        )
    )


def _week_row(
    number: int, first_on: date, offered: int, required: int | None, widest: int
) -> WeekRow:
    missing = max(0, (required or 0) - offered)
    label = _("Week %(n)d: %(offered)s offered") % {"n": number, "offered": hours(offered)}
    if required is not None:
        asked = _("%(label)s, %(required)s asked for")
        label = asked % {"label": label, "required": hours(required)}
    return WeekRow(
        number=number,
        first_on=first_on,
        offered=hours(offered),
        required="" if required is None else hours(required),
        missing=hours(missing) if missing else "",
        label=label,
        width=100 * offered / widest,
        required_x=None if required is None else 100 * required / widest,
    )


def _group_rows(read: Offered, readable: Collection[int]) -> tuple[GroupRow, ...]:
    """Return the groups that this person may read, those that meet."""
    rows = []
    for key, group in read.groups.items():
        if key not in readable:
            continue
        weeks = [[each for each in offers if each.group == key] for offers in read.offers]
        sums = [
            offered_minutes(offers, _count(rule))
            for offers, rule in zip(weeks, read.rules, strict=True)
        ]
        if any(sums):
            cells = tuple(short_hours(each) if each else "" for each in sums)
            rows.append(GroupRow(group.name, cells, sum(map(len, weeks))))
    return tuple(rows)


def _gaps(runs: Sequence[Run], read: Offered, untaught: Sequence[Untaught]) -> tuple[Gap, ...]:
    """Return the gaps, each amount that is missing once, in the order of the weeks."""
    found: dict[int, list[Run]] = {}
    for run in runs:
        if run.missing:
            found.setdefault(run.missing, []).append(run)
    return tuple(
        _gap(missing, alike, _count(read.rules[alike[0].first - 1]), untaught)
        for missing, alike in list(found.items())[:MOST_WAYS]
    )


def _gap(missing: int, alike: Sequence[Run], count: str, untaught: Sequence[Untaught]) -> Gap:
    ways = fillings(missing, untaught, count)
    return Gap(
        weeks=", ".join(weeks_words(run) for run in alike),
        missing=hours(missing),
        ways=tuple(filling_words(each) for each in ways[:MOST_WAYS]),
        together=_together(missing, ways),
    )


def _together(missing: int, ways: Sequence[Filling]) -> str:
    """Say what several tracks bring together, where none alone is enough."""
    if len(ways) < 2 or not ways[0].left:
        return ""
    return together_words(together(missing, ways))
