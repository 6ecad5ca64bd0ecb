"""The weeks of a packet: hours required, offered and attended, qualifying days, the verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import ngettext, pgettext

from hours.facts import SessionLine
from hours.fuel.packet.check_ins import WeekAnswers
from hours.people.weeks import weeks_of
from hours.summary.weeks import EpisodeWeek, verdict_words
from hours.weekly_hours import weekly_hours_of
from hours.wording import hours
from programs.models import Enrollment
from programs.weeks import Week


@dataclass(frozen=True)
class WeekLine:
    """One week in words, with its minutes for a small bar; mood and craving where they are told."""

    label: str
    required: str
    offered: str
    attended: str
    days: str
    mood: str
    craving: str
    verdict: str
    required_minutes: int
    offered_minutes: int
    attended_minutes: int


def packet_weeks(
    enrollment: Enrollment, *, weeks: Sequence[Week], as_of: datetime
) -> list[EpisodeWeek]:
    """Return these weeks of the episode, oldest first, without those that no rule covers."""
    found = weeks_of(
        enrollment.program, enrollment.participant.kept.public_id, weeks=weeks, as_of=as_of
    )
    return [
        EpisodeWeek(weekly_hours_of(each, facts), facts.is_over)
        for facts in found
        for each in facts.people
        if each.enrollment_key == enrollment.pk
    ]


def lines_of(weeks: Sequence[EpisodeWeek]) -> list[SessionLine]:
    """Return the sessions of all these weeks."""
    return [line for each in weeks for line in each.row.person.lines]


def week_lines(
    weeks: Sequence[EpisodeWeek], answers: dict[date, WeekAnswers]
) -> tuple[WeekLine, ...]:
    """Return the weeks in words."""
    return tuple(_line(each, answers.get(each.row.week)) for each in weeks)


def _line(week: EpisodeWeek, answers: WeekAnswers | None) -> WeekLine:
    row = week.row
    return WeekLine(
        label=date_format(row.week, pgettext("date format: Nov 16, 2026", "M j, Y")),
        required=hours(row.required),
        offered=hours(row.amounts.offered),
        attended=hours(row.attended),
        days=str(row.qualifying_days),
        mood=answers.mood_words if answers else "",
        craving=answers.craving_words if answers else "",
        verdict=verdict_words(week),
        required_minutes=row.required,
        offered_minutes=row.amounts.offered,
        attended_minutes=row.attended,
    )


def in_sum(weeks: Sequence[EpisodeWeek]) -> str:
    """Return the sums of all weeks: hours offered and attended, and qualifying days."""
    days = sum(each.row.qualifying_days for each in weeks)
    said = ngettext(
        "In all: %(attended)s attended of %(offered)s offered, %(days)s qualifying day.",
        "In all: %(attended)s attended of %(offered)s offered, %(days)s qualifying days.",
        days,
    )
    return said % {
        "attended": hours(sum(each.row.attended for each in weeks)),
        "offered": hours(sum(each.row.amounts.offered for each in weeks)),
        "days": days,
    }


def without_rule(count: int) -> str:
    """Return how many weeks are left out because no rule covers them."""
    if count <= 0:
        return ""
    said = ngettext(
        "No rule covers %(n)s more week; it is left out.",
        "No rule covers %(n)s more weeks; they are left out.",
        count,
    )
    return said % {"n": count}
