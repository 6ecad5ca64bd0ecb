"""Mood and craving by week, as averages, and how they went."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from attendance.check_ins.whose import check_ins_of
from programs.access import Access
from programs.models import Participant, Program
from programs.weeks import Week


@dataclass(frozen=True)
class WeekAnswers:
    """The answers of one week's check-ins, from 0 to 10; those that were given."""

    moods: tuple[int, ...]
    cravings: tuple[int, ...]
    count: int

    @property
    def mood_words(self) -> str:
        return average_words(self.moods)

    @property
    def craving_words(self) -> str:
        return average_words(self.cravings)


def answers_by_week(
    access: Access, program: Program, person: Participant, *, weeks: list[Week]
) -> dict[date, WeekAnswers]:
    """Return the answers that `access` may read, by the week's first date; one statement."""
    found = check_ins_of(access, program, person).filter(
        session__held_on__range=(weeks[0].first_on, weeks[-1].last_on)
    )
    by_week: dict[date, list[tuple[int | None, int | None]]] = defaultdict(list)
    for held_on, mood, craving in found.values_list("session__held_on", "mood", "craving"):
        by_week[program.week_of(held_on).first_on].append((mood, craving))
    return {
        week: WeekAnswers(
            tuple(mood for mood, _craving in rows if mood is not None),
            tuple(craving for _mood, craving in rows if craving is not None),
            len(rows),
        )
        for week, rows in sorted(by_week.items())
    }


def average_words(values: tuple[int, ...]) -> str:
    """Return the average with one decimal, such as `6.5`; blank where there is none."""
    return number_format(sum(values) / len(values), 1) if values else ""


def trend_words(answers: Mapping[date, WeekAnswers]) -> str:
    """Return how mood and craving went from the first week with an answer to the last."""
    count = sum(each.count for each in answers.values())
    said = ngettext(
        "%(n)s check-in; weekly averages, 0 to 10.",
        "%(n)s check-ins; weekly averages, 0 to 10.",
        count,
    ) % {"n": count}
    moods = [each.mood_words for each in answers.values() if each.moods]
    cravings = [each.craving_words for each in answers.values() if each.cravings]
    if moods[1:]:
        said += " " + _("Mood from %(first)s to %(last)s.") % {
            "first": moods[0],
            "last": moods[-1],
        }
    if cravings[1:]:
        said += " " + _("Craving from %(first)s to %(last)s.") % {
            "first": cravings[0],
            "last": cravings[-1],
        }
    return said
