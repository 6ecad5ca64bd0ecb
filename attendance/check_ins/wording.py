"""A check-in in words: each question with its answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from attendance.check_ins.answers import QUESTIONS, Answers
from attendance.models import SCALE, CheckIn, Practice
from attendance.teaching.practice import Given
from groups.wording import clock, short_day
from programs.weeks import local_date

NO_ANSWER = "–"


@dataclass(frozen=True)
class Line:
    """One question, what was answered, and what somebody else answered where the two differ."""

    question: str
    answer: str
    other: str = ""


def lines_of(
    answers: Answers, practice: Iterable[Given] = (), practiced: Mapping[int, str] | None = None
) -> tuple[Line, ...]:
    """Return every question with its answer, and homework of lessons with how it went.

    That is how it went as it is on record, or as it is said in `practiced`.
    """
    lines = [Line(question(name), said(answers, name)) for name in QUESTIONS]
    for each in practice:
        answer = each.answer if practiced is None else practiced.get(each.taught_pk, "")
        lines.append(Line(practice_question(each), practice_said(answer)))
    return tuple(lines)


def differing_practice(practice: Iterable[Given], practiced: Mapping[int, str]) -> tuple[Line, ...]:
    """Return the homework of which two things were said: mine, and theirs."""
    return tuple(
        Line(practice_question(each), practice_said(mine), practice_said(each.answer))
        for each in practice
        if (mine := practiced.get(each.taught_pk, "")) and each.answer not in ("", mine)
    )


def practice_question(given: Given) -> str:
    """Return which homework it is, in short."""
    return _("Homework of %(lesson)s") % {"lesson": given.lesson}


def practice_said(answer: str) -> str:
    """Return how homework went, as it is shown."""
    return str(Practice(answer).label) if answer else NO_ANSWER


def differing_lines(mine: Answers, theirs: Answers) -> tuple[Line, ...]:
    """Return the questions that were answered in two ways: mine, and theirs."""
    return tuple(
        Line(question(name), said(mine, name), said(theirs, name))
        for name in mine.differing(theirs)
    )


def question(name: str) -> str:
    """Return the question in short."""
    return capfirst(str(CheckIn._meta.get_field(name).verbose_name))  # type: ignore[union-attr]


def said(answers: Answers, name: str) -> str:
    """Return the answer as it is shown."""
    value = answers.as_fields()[name]
    if value in (None, ""):
        return NO_ANSWER
    if name in ("mood", "craving"):
        return _("%(points)s of %(most)s") % {"points": value, "most": SCALE[1]}
    choices = dict(CheckIn._meta.get_field(name).flatchoices)  # type: ignore[union-attr]
    return str(choices.get(value, value))


def by_whom(check_in: CheckIn) -> str:
    """Return who entered it: the person on the kiosk, or the member of staff."""
    name = check_in.entered_by.display_name
    if check_in.is_by_participant:
        return _("the person on the kiosk of %(name)s") % {"name": name}
    return name


def day_and_clock(moment: datetime, zone: ZoneInfo) -> str:
    """Return the date and the time of day at the site."""
    day = short_day(local_date(moment, zone))
    return _("%(day)s at %(time)s") % {"day": day, "time": clock(moment, zone)}
