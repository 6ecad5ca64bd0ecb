"""A check-in in words: each question with its answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from attendance.check_ins.answers import QUESTIONS, Answers
from attendance.models import SCALE, CheckIn
from groups.wording import clock, short_day
from programs.weeks import local_date

NO_ANSWER = "–"


@dataclass(frozen=True)
class Line:
    """One question, what was answered, and what somebody else answered where the two differ."""

    question: str
    answer: str
    other: str = ""


def lines_of(answers: Answers) -> tuple[Line, ...]:
    """Return every question with its answer."""
    return tuple(Line(question(name), said(answers, name)) for name in QUESTIONS)


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
