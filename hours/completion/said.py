"""Each criterion in words: how far it is, what is missing, and what could be done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from groups.wording import short_day
from hours.completion.readiness import Line, Reach
from hours.completion.reading import CompletionStanding, LessonStanding, TopicStanding
from hours.models.certificate import Criterion
from hours.wording import hours


@dataclass(frozen=True)
class ReachLook:
    """Tone, icon and word of how far something is."""

    tone: str
    icon: str
    label: Any


LOOKS = {
    Reach.MET: ReachLook("ok", "circle-check", gettext_lazy("Met")),
    Reach.OPEN: ReachLook("go", "circle-dashed", gettext_lazy("Open")),
    Reach.OUT_OF_REACH: ReachLook("lost", "circle-x", gettext_lazy("Not as planned")),
}
OVER = ReachLook("lost", "circle-x", gettext_lazy("Not met"))


@dataclass(frozen=True)
class SaidLine:
    """One criterion: its look, a sentence with its numbers, and what is missing.

    `share` and `aim` are percent of a bar.
    """

    criterion: Criterion
    look: ReachLook
    words: str
    missing: tuple[str, ...]
    share: int
    aim: int

    @property
    def label(self) -> str:
        return str(self.criterion.label)

    @property
    def short(self) -> str:
        """The criterion with how far it is, for a chip."""
        if not self.is_open:
            return self.label
        return _("%(criterion)s: %(state)s") % {
            "criterion": self.label,
            "state": str(self.look.label).lower(),
        }

    @property
    def is_open(self) -> bool:
        return self.look is not LOOKS[Reach.MET]


def said_of(standing: CompletionStanding) -> tuple[SaidLine, ...]:
    """Return every criterion that is asked for, in words."""
    return tuple(_said(line, standing) for line in standing.readiness.lines)


def _said(line: Line, standing: CompletionStanding) -> SaidLine:
    is_lost = line.reach is Reach.OUT_OF_REACH and standing.facts.stay.is_over
    whole = max(line.out_of, line.need, 1)
    return SaidLine(
        criterion=line.criterion,
        look=OVER if is_lost else LOOKS[line.reach],
        words=_words(line),
        missing=() if line.is_met else _missing(line, standing),
        share=100 if line.is_met and not line.out_of else 100 * min(line.have, whole) // whole,
        aim=100 * line.need // whole if line.out_of else 100,
    )


def _words(line: Line) -> str:
    said = {
        Criterion.CORE: _core,
        Criterion.TOPICS: _topics,
        Criterion.WEEKS: _weeks,
        Criterion.HOURS: _hours,
        Criterion.WEEKS_MET: _weeks_met,
        Criterion.PLAN: _plan,
        Criterion.HOMEWORK: _homework,
    }
    return said[line.criterion](line)


def _core(line: Line) -> str:
    if not line.out_of:
        return _("No lesson of the program is core.")
    words = ngettext(
        "%(have)s of %(total)s core lesson received or waived",
        "%(have)s of %(total)s core lessons received or waived",
        line.out_of,
    )
    return _with_need(words % {"have": line.have, "total": line.out_of}, line)


def _topics(line: Line) -> str:
    if not line.out_of:
        return _("No jurisdiction demands a topic.")
    words = ngettext(
        "%(have)s of %(total)s demanded topic heard.",
        "%(have)s of %(total)s demanded topics heard.",
        line.out_of,
    )
    return words % {"have": line.have, "total": line.out_of}


def _weeks(line: Line) -> str:
    words = ngettext(
        "%(have)s of %(need)s week in the program.",
        "%(have)s of %(need)s weeks in the program.",
        line.need,
    )
    return words % {"have": line.have, "need": line.need}


def _hours(line: Line) -> str:
    said = {"have": hours(line.have), "need": hours(line.need)}
    return _("%(have)s of %(need)s attended.") % said


def _weeks_met(line: Line) -> str:
    if not line.out_of:
        return _("No week is concluded yet.")
    words = ngettext(
        "The hours were met in %(have)s of %(total)s week",
        "The hours were met in %(have)s of %(total)s weeks",
        line.out_of,
    )
    return _with_need(words % {"have": line.have, "total": line.out_of}, line)


def _plan(line: Line) -> str:
    said = {"have": line.have, "need": line.need}
    return _("%(have)s percent of the plan filled in, %(need)s are asked for.") % said


def _homework(line: Line) -> str:
    if not line.out_of:
        return _("No homework was given.")
    words = ngettext(
        "Homework was done or partly done %(have)s of %(total)s time",
        "Homework was done or partly done %(have)s of %(total)s times",
        line.out_of,
    )
    return _with_need(words % {"have": line.have, "total": line.out_of}, line)


def _with_need(words: str, line: Line) -> str:
    """Return the sentence, with how many are needed where it is not all of them."""
    if line.need >= line.out_of:
        return f"{words}."
    return _("%(words)s; %(need)s are enough.") % {"words": words, "need": line.need}


def _missing(line: Line, standing: CompletionStanding) -> tuple[str, ...]:
    if line.criterion is Criterion.CORE:
        return tuple(_lesson(each, standing) for each in _in_time(standing.core))
    if line.criterion is Criterion.TOPICS:
        return tuple(_topic(each, standing) for each in standing.topics if not each.is_done)
    if line.criterion is Criterion.HOURS and line.reach is not Reach.MET:
        return _hours_ahead(standing)
    return ()


def _in_time(lessons: Sequence[LessonStanding]) -> list[LessonStanding]:
    """Return those not done: first what comes, by date, then the others as in the library."""
    left = [each for each in lessons if not each.is_done]
    return sorted(left, key=lambda each: each.cell.coming_on or date.max)


def _lesson(each: LessonStanding, standing: CompletionStanding) -> str:
    name, cell = each.lesson.name, each.cell
    if cell.coming_on:
        return _("%(lesson)s comes on %(day)s.") % {
            "lesson": name,
            "day": short_day(cell.coming_on),
        }
    if standing.facts.stay.is_over:
        return _("%(lesson)s was not received.") % {"lesson": name}
    if cell.missed_on:
        missed = {"lesson": name, "day": short_day(cell.missed_on)}
        return _("%(lesson)s was missed on %(day)s and does not come again.") % missed
    return _not_planned(name, standing)


def _topic(topic: TopicStanding, standing: CompletionStanding) -> str:
    if not topic.lessons:
        return _("No lesson meets %(topic)s yet.") % {"topic": topic.name}
    if topic.next and topic.next.cell.coming_on:
        said = {
            "topic": topic.name,
            "lesson": topic.next.lesson.name,
            "day": short_day(topic.next.cell.coming_on),
        }
        return _("%(topic)s: %(lesson)s comes on %(day)s.") % said
    if standing.facts.stay.is_over:
        return _("%(lesson)s was not received.") % {"lesson": topic.name}
    return _not_planned(topic.name, standing)


def _not_planned(name: str, standing: CompletionStanding) -> str:
    if standing.until is None:
        return _("%(lesson)s is not planned.") % {"lesson": name}
    said = {"lesson": name, "day": short_day(standing.until)}
    return _("%(lesson)s is not planned before %(day)s.") % said


def _hours_ahead(standing: CompletionStanding) -> tuple[str, ...]:
    stay = standing.facts.stay
    if stay.is_over or standing.until is None:
        return ()
    said = {"hours": hours(stay.minutes_ahead), "day": short_day(standing.until)}
    return (_("%(hours)s more are planned until %(day)s.") % said,)
