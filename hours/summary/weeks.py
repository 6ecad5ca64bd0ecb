"""The weeks of one episode: hours required and attended, and the verdict in a word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from hours.people.weeks import weeks_of
from hours.verdict_looks import LOOKS, standing_of
from hours.verdicts import Tag, Verdict
from hours.weekly_hours import WeeklyHours, weekly_hours_of
from hours.wording import hours
from programs.models import Enrollment
from programs.weeks import Week

# Weeks shown one by one; earlier ones are summed up.
SHOWN = 12
# Weeks that one statement reads.
AT_ONCE = 26
HELD = (Verdict.MET, Verdict.NOT_MET, Verdict.PENDING)
EXEMPT_FOR = {
    Tag.ADMIT_PARTIAL: gettext_lazy("week of admission"),
    Tag.DISCHARGE_PARTIAL: gettext_lazy("week of discharge"),
    Tag.LEAVE: gettext_lazy("leave"),
    Tag.CLOSURE: gettext_lazy("closure"),
}


@dataclass(frozen=True)
class EpisodeWeek:
    """One week of the episode, and whether it is over."""

    row: WeeklyHours
    is_over: bool

    @property
    def is_held(self) -> bool:
        """Whether it is over and held to the minimum."""
        return self.is_over and self.row.verdict in HELD


@dataclass(frozen=True)
class WeekLine:
    """One week in words, and its minutes for a small bar."""

    label: str
    required: str
    attended: str
    verdict: str
    required_minutes: int
    attended_minutes: int


@dataclass(frozen=True)
class WeeksPart:
    """The last weeks one by one, those before in one line, and all of them summed up."""

    lines: tuple[WeekLine, ...]
    earlier: str
    total: str
    note: str


def weeks_of_episode(
    enrollment: Enrollment, *, until: date, as_of: datetime
) -> tuple[list[EpisodeWeek], int]:
    """Return the episode's weeks through a date, oldest first, and how many no rule covers."""
    weeks = _weeks(enrollment, until)
    found = []
    for first in range(0, len(weeks), AT_ONCE):
        part = weeks[first : first + AT_ONCE]
        person = enrollment.participant.kept.public_id
        for facts in weeks_of(enrollment.program, person, weeks=part, as_of=as_of):
            found += [
                EpisodeWeek(weekly_hours_of(each, facts), facts.is_over)
                for each in facts.people
                if each.enrollment_key == enrollment.pk
            ]
    return found, len(weeks) - len(found)


def _weeks(enrollment: Enrollment, until: date) -> list[Week]:
    weeks, week = [], enrollment.program.week_of(enrollment.admitted_on)
    while week.first_on <= until:
        weeks.append(week)
        week = week.moved(1)
    return weeks


def weeks_part(weeks: Sequence[EpisodeWeek], *, without_rule: int) -> WeeksPart:
    """Return the weeks in words."""
    return WeeksPart(
        lines=tuple(_line(each) for each in weeks[-SHOWN:]),
        earlier=_earlier(weeks[:-SHOWN]),
        total=_summed(weeks) if weeks else "",
        note=_without_rule(without_rule),
    )


def _line(week: EpisodeWeek) -> WeekLine:
    row = week.row
    return WeekLine(
        label=date_format(row.week, pgettext("date format: Nov 16, 2026", "M j, Y")),
        required=hours(row.required),
        attended=hours(row.attended),
        verdict=verdict_words(week),
        required_minutes=row.required,
        attended_minutes=row.attended,
    )


def verdict_words(week: EpisodeWeek) -> str:
    """Return the verdict; of an exempt week also why."""
    row = week.row
    if row.verdict is Verdict.EXEMPT:
        word = str(LOOKS[standing_of(row)].label)
        return _("%(verdict)s: %(why)s") % {"verdict": word, "why": EXEMPT_FOR[row.tag]}
    if week.is_over or row.verdict is Verdict.MET:
        return str(LOOKS[standing_of(row)].label)
    return _("Not over yet")


def _earlier(weeks: Sequence[EpisodeWeek]) -> str:
    if not weeks:
        return ""
    count = ngettext("%(count)s week before", "%(count)s weeks before", len(weeks))
    return f"{count % {'count': len(weeks)}}: {_summed(weeks)}"


def _summed(weeks: Sequence[EpisodeWeek]) -> str:
    """Return how many of the weeks held to the minimum were met, and the hours attended."""
    held = [each for each in weeks if each.is_held]
    met = sum(each.row.verdict is Verdict.MET for each in held)
    said = ngettext(
        "%(met)s of %(count)s week held to the minimum met, %(hours)s attended",
        "%(met)s of %(count)s weeks held to the minimum met, %(hours)s attended",
        len(held),
    )
    attended = hours(sum(each.row.attended for each in weeks))
    return said % {"met": met, "count": len(held), "hours": attended}


def _without_rule(count: int) -> str:
    if not count:
        return ""
    return ngettext(
        "No rule covers %(count)s more week; it is not judged.",
        "No rule covers %(count)s more weeks; they are not judged.",
        count,
    ) % {"count": count}
