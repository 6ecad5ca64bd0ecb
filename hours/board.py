"""The director's board as plain values: counts, rows worst first, and the seats that save a week."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hours.explanation import what_it_means
from hours.ledger import Ledger, ledger_of
from hours.minute_bar import MinuteBar, minute_bar, scale_of
from hours.verdict_looks import LOOKS, OVER, RUNNING, Look, Standing, standing_of
from hours.weekly_hours import ProgramWeek, Tag, WeeklyHours, weekly_hours_of
from hours.wording import all_of, hours, session_name, short_hours
from programs.models import GroupKind
from programs.names import roster_names
from programs.weeks import DAYS


@dataclass(frozen=True)
class Chosen:
    """What the reader picked, as it stands in the address."""

    week: str
    verdict: str
    why: uuid.UUID | None

    def url(self, **change: object) -> str:
        """Return the address of the same board with something else picked."""
        parts = {"week": self.week, "verdict": self.verdict, "why": self.why} | change
        return "?" + urlencode({key: str(part) for key, part in parts.items() if part})


@dataclass(frozen=True)
class Tile:
    """One count, which is also a filter."""

    tone: str
    icon: str
    label: object
    note: object
    count: int
    url: str
    is_current: bool


@dataclass(frozen=True)
class BoardRow:
    """One enrollment on the board."""

    anchor: str
    name: str
    progress: str
    bar: MinuteBar
    days: tuple[str, ...]
    days_words: str
    is_days_short: bool
    is_calm: bool
    sum_strong: str
    sum_rest: str
    words: str
    why_path: str
    why_url: str
    ledger: Ledger | None


@dataclass(frozen=True)
class Section:
    """The rows of one standing."""

    look: Look
    rows: tuple[BoardRow, ...]
    count_words: str


@dataclass(frozen=True)
class SavingSeat:
    """An open session and whom a seat in it would help."""

    session: str
    kind_class: str
    details: str
    helps: str


@dataclass(frozen=True)
class Board:
    """Everything the page shows of one program's week."""

    tiles: tuple[Tile, ...]
    sections: tuple[Section, ...]
    people: int
    title: str
    closures: str
    closures_count: bool
    seats: tuple[SavingSeat, ...]


# The stylesheet's short names for the kinds of group.
KIND_CLASSES = {
    GroupKind.PROCESS: "process",
    GroupKind.SKILLS: "skills",
    GroupKind.PSYCHOEDUCATION: "psychoed",
    GroupKind.RELAPSE_PREVENTION: "relapse",
    GroupKind.MINDFULNESS: "mindful",
    GroupKind.FAMILY: "family",
    GroupKind.INDIVIDUAL: "process",
}


def board_of(
    facts: ProgramWeek, *, chosen: Chosen, only_sessions: frozenset[uuid.UUID] | None = None
) -> Board:
    """Return the board; `only_sessions` narrows it to the people expected or seen in them."""
    names = roster_names(facts.people)
    rows = [weekly_hours_of(person, facts) for person in facts.people]
    if only_sessions is not None:
        rows = [row for row in rows if _met_in(row, only_sessions)]
    order = OVER if facts.is_over else RUNNING
    by_standing = {
        standing: [row for row in rows if standing_of(row) is standing] for standing in order
    }
    shown = {
        standing: kept
        for standing, kept in by_standing.items()
        if kept and chosen.verdict in ("", standing)
    }
    scale = scale_of(rows)
    draw = _Drawing(facts, names, chosen, scale)
    people = sum(len(kept) for kept in shown.values())
    return Board(
        tiles=tuple(_tile(standing, len(kept), chosen) for standing, kept in by_standing.items()),
        sections=tuple(draw.section(standing, kept) for standing, kept in shown.items()),
        people=people,
        title=ngettext("%(count)s person", "%(count)s people, worst first", people)
        % {"count": people},
        closures=_closures(facts),
        closures_count=facts.rule.closures == "count",
        seats=_saving_seats(by_standing.get(Standing.RECOVERABLE, []), facts, names),
    )


def _met_in(row: WeeklyHours, sessions: frozenset[uuid.UUID]) -> bool:
    return any(line.session_id in sessions for line in row.person.lines)


def _tile(standing: Standing, count: int, chosen: Chosen) -> Tile:
    is_current = chosen.verdict == standing
    look = LOOKS[standing]
    url = chosen.url(verdict="" if is_current else standing, why="")
    return Tile(look.tone, look.icon, look.label, look.note, count, url, is_current)


@dataclass(frozen=True)
class _Drawing:
    """What every row of one board is drawn with."""

    facts: ProgramWeek
    names: dict[str, str]
    chosen: Chosen
    scale: int

    def section(self, standing: Standing, rows: Sequence[WeeklyHours]) -> Section:
        ordered = sorted(rows, key=lambda row: (row.slack, self.names[row.chart_number]))
        look = LOOKS[standing]
        return Section(
            look=look,
            rows=tuple(self.row(row, look) for row in ordered),
            count_words=ngettext("%(count)s person", "%(count)s people", len(rows))
            % {"count": len(rows)},
        )

    def row(self, row: WeeklyHours, look: Look) -> BoardRow:
        is_open = self.chosen.why == row.person.enrollment_id
        anchor = f"row-{row.person.enrollment_id}"
        why_path = self.chosen.url(why="" if is_open else row.person.enrollment_id)
        return BoardRow(
            anchor=anchor,
            name=self.names[row.chart_number],
            progress=_progress(row),
            bar=minute_bar(row, scale=self.scale),
            days=_days(row, self.facts.rule.min_days_per_week),
            days_words=_("%(days)s of %(least)s")
            % {"days": row.qualifying_days, "least": self.facts.rule.min_days_per_week},
            is_days_short=row.is_days_short,
            is_calm=look.is_calm and not row.is_days_short and not is_open,
            sum_strong=short_hours(row.attended),
            sum_rest=_in_short(row, self.facts),
            words=what_it_means(row, self.facts),
            why_path=why_path,
            why_url=f"{why_path}#{anchor}",
            ledger=ledger_of(row, self.facts) if is_open else None,
        )


def _progress(row: WeeklyHours) -> str:
    this = _week_number(row.week, row)
    planned = row.person.planned_discharge_on
    if planned is None:
        return _("Week %(this)s") % {"this": this}
    return _("Week %(this)s of %(of)s") % {
        "this": this,
        "of": max(this, _week_number(planned, row)),
    }


def _week_number(day: date, row: WeeklyHours) -> int:
    """Return in which week of the enrollment the day lies; the week of admission is the first."""
    admission_week_on = row.admitted_on - timedelta(days=(row.admitted_on - row.week).days % DAYS)
    return (day - admission_week_on).days // DAYS + 1


def _days(row: WeeklyHours, least: int) -> tuple[str, ...]:
    ahead = row.possible_days - row.qualifying_days
    marks = ["q"] * row.qualifying_days + ["n"] * ahead
    return tuple(marks + [""] * (least - len(marks)))


def _in_short(row: WeeklyHours, facts: ProgramWeek) -> str:
    """Return the calm row's few words after the attended hours."""
    person = row.person
    if standing_of(row) is Standing.EXEMPT:
        return {
            Tag.ADMIT_PARTIAL: lambda: (
                _("admitted %(day)s") % {"day": date_format(person.admitted_on, "l")}
            ),
            Tag.DISCHARGE_PARTIAL: lambda: (
                _("discharged %(day)s") % {"day": date_format(person.discharged_on, "l")}
            ),
            Tag.LEAVE: lambda: (
                _("on leave %(days)s")
                % {"days": all_of([date_format(day, "D") for day in sorted(person.leave_dates)])}
            ),
            Tag.CLOSURE: lambda: _("a week with a closure"),
            Tag.FULL: str,
        }[row.tag]()
    if standing_of(row) is Standing.MET:
        return _("the ordered hours") if person.ordered else _("the week is met")
    return _("%(spare)s to spare") % {"spare": short_hours(row.slack)}


def _closures(facts: ProgramWeek) -> str:
    days = [
        _("%(day)s (%(reason)s)") % {"day": date_format(day, "l"), "reason": reason}
        for day, reason in facts.closed_dates
    ]
    return _("Closed on %(days)s.") % {"days": all_of(days)} if days else ""


def _saving_seats(
    rows: Iterable[WeeklyHours], facts: ProgramWeek, names: dict[str, str]
) -> tuple[SavingSeat, ...]:
    helped: dict[uuid.UUID, list[str]] = {}
    seats = {}
    for row in rows:
        for seat in row.saving_seats:
            seats[seat.session_id] = seat
            helped.setdefault(seat.session_id, []).append(names[row.chart_number])
    return tuple(
        SavingSeat(
            session=session_name(seat, facts.week.zone),
            kind_class=KIND_CLASSES[seat.kind],
            details=ngettext("%(hours)s, %(free)s seat", "%(hours)s, %(free)s seats", seat.free)
            % {"hours": hours(seat.net), "free": seat.free},
            helps=_("would help %(names)s") % {"names": all_of(helped[key])},
        )
        for key, seat in sorted(seats.items(), key=lambda item: item[1].starts_at)
    )
