"""One row of the board: name, bar, days, words, and the ledger where it is open."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hours.facts import ProgramWeek
from hours.ledger import Ledger, ledger_of
from hours.minute_bar import MinuteBar, minute_bar
from hours.verdict_looks import LOOKS, Standing, standing_of
from hours.weekly_hours import Tag, Verdict, WeeklyHours
from hours.what_it_means import what_it_means
from hours.wording import all_of, short_hours
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
    words: str
    why_path: str
    why_url: str
    ledger: Ledger | None


@dataclass(frozen=True)
class Drawing:
    """What every row of one board is drawn with; `scale` in minutes."""

    facts: ProgramWeek
    names: dict[str, str]
    chosen: Chosen
    scale: int

    def row(self, row: WeeklyHours) -> BoardRow:
        is_open = self.chosen.why == row.person.enrollment_id
        words = what_it_means(row, self.facts)
        anchor = f"row-{row.person.enrollment_id}"
        why_path = self.chosen.url(why="" if is_open else row.person.enrollment_id)
        return BoardRow(
            anchor=anchor,
            name=self.names[row.chart_number],
            progress=progress(row),
            bar=minute_bar(row, scale=self.scale),
            days=_days(row, self.facts.rule.min_days_per_week),
            days_words=_("%(days)s of %(least)s")
            % {"days": row.qualifying_days, "least": self.facts.rule.min_days_per_week},
            is_days_short=row.is_days_short and row.verdict is not Verdict.EXEMPT,
            is_calm=LOOKS[standing_of(row)].is_calm and not words and not is_open,
            sum_strong=short_hours(row.attended),
            sum_rest=_in_short(row),
            words=words,
            why_path=why_path,
            why_url=f"{why_path}#{anchor}",
            ledger=ledger_of(row, self.facts) if is_open else None,
        )


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
    if row.tag is Tag.LEAVE:
        days = [date_format(day, "D") for day in sorted(person.leave_dates)]
        return _("on leave %(days)s") % {"days": all_of(days)}
    return _("a week with a closure")
