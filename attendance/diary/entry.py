"""An entry of the skills diary as plain values, and the weeks they make."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from attendance.models import Helped
from programs.weeks import Week

LONGEST_SKILL, LONGEST_WORDS = 80, 2_000


@dataclass(frozen=True)
class Entry:
    """Which skill was used on a date, and whether it helped (a `Helped`)."""

    used_on: date
    skill: str
    helped: str
    words: str = ""


@dataclass(frozen=True)
class Tally:
    """How often, and how often of that each answer was given."""

    yes: int = 0
    little: int = 0
    no: int = 0

    @property
    def total(self) -> int:
        return self.yes + self.little + self.no


def tally_of(entries: Collection[Entry]) -> Tally:
    """Return how often skills were used, by whether they helped."""
    counted = Counter(each.helped for each in entries)
    return Tally(counted[Helped.YES], counted[Helped.LITTLE], counted[Helped.NO])


def by_week(entries: Collection[Entry], weeks: Sequence[Week]) -> list[tuple[Week, Tally]]:
    """Return the tally of each week, also of those in which nothing was used."""
    return [
        (
            week,
            tally_of([each for each in entries if week.first_on <= each.used_on <= week.last_on]),
        )
        for week in weeks
    ]


def by_skill(entries: Collection[Entry]) -> list[tuple[str, Tally]]:
    """Return the tally of each skill, the most used first; upper and lower case are one skill."""
    spelled: dict[str, str] = {}
    found: dict[str, list[Entry]] = {}
    for each in entries:
        key = each.skill.casefold()
        spelled.setdefault(key, each.skill)
        found.setdefault(key, []).append(each)
    tallied = [(spelled[key], tally_of(of_one)) for key, of_one in found.items()]
    return sorted(tallied, key=lambda pair: (-pair[1].total, pair[0].casefold()))
