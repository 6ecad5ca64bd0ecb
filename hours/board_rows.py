"""One row of the board: name, bar, days, words, and the ledger where it is open."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field
from datetime import date, timedelta
from urllib.parse import urlencode

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hours.behind import Behind
from hours.facts import ProgramWeek
from hours.ledger import Ledger, ledger_of
from hours.minute_bar import MinuteBar, minute_bar
from hours.verdict_looks import LOOKS, Standing, standing_of
from hours.verdicts import Tag, Verdict
from hours.weekly_hours import WeeklyHours
from hours.what_it_means import what_it_means
from hours.wording import all_of, short_hours
from programs.weeks import DAYS

# Whoever is short finds the lessons beside the seats.
NEEDS_NO_SEAT = (Verdict.MET, Verdict.ON_TRACK)


@dataclass(frozen=True)
class Chosen:
    """What the reader picked, as it stands in the address; `seen_as` is a `Seen`."""

    week: str
    verdict: str
    why: uuid.UUID | None
    group: uuid.UUID | None = None
    only: str = ""
    seen_as: str = ""

    def url(self, **change: object) -> str:
        """Return the address of the same board with something else picked."""
        return "?" + urlencode(self.parts(**change))

    def parts(self, **change: object) -> dict[str, str]:
        """Return what stands in that address; `change` goes by the address's own names."""
        parts = {
            "week": self.week,
            "verdict": self.verdict,
            "group": self.group,
            "only": self.only,
            "as": self.seen_as,
            "why": self.why,
        }
        return {key: str(part) for key, part in (parts | change).items() if part}

    @property
    def is_narrowed(self) -> bool:
        """Whether a filter leaves people out."""
        return bool(self.verdict or self.group or self.only)

    def shows(self, standing: Standing) -> bool:
        """Return whether rows of this standing are asked for."""
        return self.verdict in ("", standing)


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
    # Whether the bar's own words say as much; on a phone they are shown beside it.
    is_in_bar: bool
    words: str
    why_path: str
    ledger: Ledger | None
    book_url: str
    # Where a seat that is booked can be given back.
    seats_url: str
    alert: str
    is_changed: bool
    # Core lessons that open seats would give, where no seat is needed for the hours.
    lessons: str
    lessons_url: str

    @property
    def why_url(self) -> str:
        """The ledger's address without JavaScript: the row itself, not the top of the page."""
        return f"{self.why_path}#{self.anchor}"


@dataclass(frozen=True)
class Beside:
    """What stands beside the numbers of a board, where its reader may know of it.

    `behind` is of the one row whose ledger is open; `alerts`, `changed` and `lessons` (how many
    there are to make up, in words) go by enrollment.
    """

    behind: Behind | None = None
    book_url: Callable[[uuid.UUID], str] | None = None
    program_url: str = ""
    alerts: Mapping[int, str] = field(default_factory=dict)
    changed: Set[int] = frozenset()
    lessons: Mapping[int, str] = field(default_factory=dict)
    lessons_url: Callable[[uuid.UUID], str] = str


@dataclass(frozen=True)
class Drawing:
    """What every row of one board is drawn with; `scale` in minutes."""

    facts: ProgramWeek
    names: dict[str, str]
    chosen: Chosen
    scale: int
    beside: Beside

    def row(self, row: WeeklyHours) -> BoardRow:
        """Return the row as it is shown."""
        is_open = self.chosen.why == row.person.enrollment_id
        words = what_it_means(row, self.facts)
        why_path = self.chosen.url(why="" if is_open else row.person.enrollment_id)
        return BoardRow(
            anchor=f"row-{row.person.enrollment_id}",
            name=self.names[row.chart_number],
            progress=progress(row),
            bar=minute_bar(row, scale=self.scale),
            days=_days(row, self.facts.rule.min_days_per_week),
            days_words=_days_in_words(row, self.facts.rule.min_days_per_week),
            is_days_short=row.is_days_short and row.verdict is not Verdict.EXEMPT,
            is_calm=LOOKS[standing_of(row)].is_calm and not words and not is_open,
            sum_strong=short_hours(row.attended),
            sum_rest=_in_short(row),
            is_in_bar=row.verdict is Verdict.ON_TRACK,
            words=words,
            why_path=why_path,
            ledger=ledger_of(row, self.facts, self.beside.behind) if is_open else None,
            book_url=self._book_url(row),
            seats_url=self._seats_url(row) if is_open else "",
            alert=self.beside.alerts.get(row.person.enrollment_key, ""),
            is_changed=row.person.enrollment_key in self.beside.changed,
            **self._lessons(row),
        )

    def _lessons(self, row: WeeklyHours) -> dict[str, str]:
        needs_none = row.verdict in NEEDS_NO_SEAT
        words = self.beside.lessons.get(row.person.enrollment_key, "") if needs_none else ""
        return {"lessons": words, "lessons_url": self.beside.lessons_url(row.person.participant_id)}

    def _book_url(self, row: WeeklyHours) -> str:
        if row.verdict is not Verdict.RECOVERABLE or self.beside.book_url is None:
            return ""
        return self.beside.book_url(row.person.enrollment_id)

    def _seats_url(self, row: WeeklyHours) -> str:
        behind, address = self.beside.behind, self.beside.book_url
        if self.facts.is_over or address is None or behind is None or not behind.seats:
            return ""
        return address(row.person.enrollment_id)


def progress(row: WeeklyHours) -> str:
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
    ahead = row.days.possible - row.qualifying_days
    marks = ["q"] * row.qualifying_days + ["n"] * ahead
    return tuple(marks + [""] * (least - len(marks)))


def _days_in_words(row: WeeklyHours, least: int) -> str:
    return _("%(days)s of %(least)s") % {"days": row.qualifying_days, "least": least}


def _in_short(row: WeeklyHours) -> str:
    """Return the calm row's few words after the attended hours."""
    if row.verdict is Verdict.EXEMPT:
        return _exempt_because(row)
    if row.verdict is Verdict.MET:
        if row.person.ordered:
            return _("the ordered hours")
        return _("%(over)s over") % {"over": short_hours(row.attended - row.required)}
    return _("%(spare)s to spare") % {"spare": short_hours(row.slack)}


def _exempt_because(row: WeeklyHours) -> str:
    person = row.person
    if row.tag is Tag.ADMIT_PARTIAL:
        return _("admitted %(day)s") % {"day": date_format(person.admitted_on, "l")}
    if row.tag is Tag.DISCHARGE_PARTIAL and person.discharged_on:
        return _("discharged %(day)s") % {"day": date_format(person.discharged_on, "l")}
    if row.tag is Tag.LEAVE and not person.leave_dates:
        return _("on leave")
    if row.tag is Tag.LEAVE:
        days = [date_format(day, "D") for day in sorted(person.leave_dates)]
        return _("on leave %(days)s") % {"days": all_of(days)}
    return _("a week with a closure")
