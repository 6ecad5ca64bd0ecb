"""What the skills diary shows: entries by date, the weeks as bars and numbers, skill by skill."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from attendance.diary.entry import Entry, Tally, by_skill, by_week
from attendance.diary.reading import entry_of
from attendance.models import Helped, SkillUse
from programs.models import Participant, Program
from programs.weeks import Week

# Weeks in the picture, entries in the list, skills that stand ready for a tap.
WEEKS, MOST, SUGGESTED = 8, 100, 6
# Of the picture, in its own units.
WIDTH = 200
LOOKS = {
    Helped.YES: ("ok", "circle-check"),
    Helped.LITTLE: ("warn", "circle-dot"),
    Helped.NO: ("calm", "circle-minus"),
}


@dataclass(frozen=True)
class Piece:
    """A part of a bar: its look, where it begins, how wide it is."""

    look: str
    x: str
    width: str


@dataclass(frozen=True)
class Bar:
    """A week or a skill: its numbers, and the same as parts of a bar."""

    label: str
    tally: Tally
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Line:
    """One entry in the list."""

    skill: str
    tone: str
    icon: str
    helped: str
    words: str
    withdraw_url: str
    anchor: uuid.UUID


@dataclass(frozen=True)
class DayLines:
    """The entries of one date."""

    day: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class DiaryPage:
    """Everything the template reads, the latest date first."""

    days: tuple[DayLines, ...]
    count: str
    weeks: tuple[Bar, ...]
    skills: tuple[Bar, ...]
    card_url: str
    enter_url: str


def diary_page(
    program: Program, person: Participant, uses: Sequence[SkillUse], *, this_week: Week
) -> DiaryPage:
    """Return the page of the entries, which come latest first."""
    ids = [program.public_id, person.public_id]
    entries = [entry_of(use) for use in uses]
    weeks = [this_week.moved(-back) for back in range(WEEKS)]
    shown = list(uses[:MOST])
    days = groupby(shown, key=lambda use: use.used_on)
    return DiaryPage(
        days=tuple(DayLines(_day(day), tuple(_line(use, ids) for use in of)) for day, of in days),
        count=_count(len(shown), len(uses)),
        weeks=_bars([(_week(week), tally) for week, tally in by_week(entries, weeks)]),
        skills=_bars(by_skill([each for each in entries if each.used_on >= weeks[-1].first_on])),
        card_url=reverse("diary:card", args=ids),
        enter_url=reverse("diary:enter", args=ids),
    )


def suggested(skills: Sequence[str]) -> tuple[str, ...]:
    """Return those that stand ready for a tap."""
    return tuple(skills[:SUGGESTED])


def on_record(entries: Sequence[Entry], week: Week) -> int:
    """Return how many entries the week has already."""
    return sum(week.first_on <= each.used_on <= week.last_on for each in entries)


def _count(shown: int, every: int) -> str:
    if shown < every:
        return _("the latest %(shown)s of %(every)s") % {"shown": shown, "every": every}
    return ngettext("%(n)s entry", "%(n)s entries", every) % {"n": every}


def _day(day: date) -> str:
    return f"{date_format(day, 'D')} {date_format(day, 'DATE_FORMAT')}"


def _week(week: Week) -> str:
    return _("Week of %(day)s") % {"day": date_format(week.first_on, "M j")}


def _line(use: SkillUse, ids: list[uuid.UUID]) -> Line:
    helped = Helped(use.helped)
    tone, icon = LOOKS[helped]
    return Line(
        skill=use.skill,
        tone=tone,
        icon=icon,
        helped=str(helped.label),
        words=use.words,
        withdraw_url=reverse("diary:withdraw", args=[*ids, use.public_id]),
        anchor=use.public_id,
    )


def _bars(tallied: Sequence[tuple[str, Tally]]) -> tuple[Bar, ...]:
    most = max((tally.total for _label, tally in tallied), default=0) or 1
    return tuple(Bar(label, tally, pieces_of(tally, most)) for label, tally in tallied)


def pieces_of(tally: Tally, most: int) -> tuple[Piece, ...]:
    """Return the parts of a bar that is as wide as the picture where there are `most`."""
    pieces, done = [], 0
    for look, count in (("yes", tally.yes), ("little", tally.little), ("no", tally.no)):
        if count:
            x, width = WIDTH * done / most, WIDTH * count / most
            pieces.append(Piece(look, f"{x:.1f}", f"{width:.1f}"))
        done += count
    return tuple(pieces)
