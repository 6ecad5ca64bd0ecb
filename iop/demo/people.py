"""The people of the demo clinic, all of them invented: who they are and which groups they are in.

Each belongs to a cohort, and "p2" is the third of cohort p. Days are counted from the anchor, the
first day of the history; negative ones lie before it.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from iop.demo.timetable import DAY, DROP_IN, EVENING, THIS_WEEK, WEEK, Group

COHORTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "a": (DAY, ("Early risers", "DBT skills")),
    "b": (DAY, ("Sunrise DBT", "Midday coping skills")),
    "c": (DAY, ("Morning process",)),
    "d": (DAY, ("DBT skills", "Midday CBT")),
    "e": (DAY, ("Afternoon process",)),
    "f": (DAY, ("CBT workshop", "Midday CBT")),
    "p": (EVENING, ("Evening core",)),
    "q": (EVENING, ("Evening core", "Late recovery skills")),
    "r": (EVENING, ("Relapse prevention", "Night process")),
    "s": (EVENING, ("Relapse prevention", "Late recovery skills", DROP_IN.name)),
}
# First, last and preferred name; cohort; first day; language; channels agreed to.
NAMES = """
Amara Okafor - a -31 en email
Mateusz Wrona - a -12 en email+sms
Leilani Kahale Lani a 9 en email
Desmond Prewitt - a -25 en sms
Hyun-woo Baek - b -40 en email
Marisol Quintana - b -8 es email+sms
Aoife Brannigan - b 16 en email
Yusuf Demirci - b -19 en none
Gwendolyn Achterberg Gwen c -33 en email
Rashid Benali - c -15 en email
Xiomara Villalobos - c -22 es email+sms
Tobias Engström - c 3 en email
Kavita Deshmukh - c -9 en email
Ndidi Eze - d -27 en email
Jerome Fontenot - d 12 en email+sms
Sunniva Halvorsen Sunny d -5 en none
Paloma Iturbe - e -18 es email
Caleb Whitehorse - e -11 en email
Thuy Dang - e 57 en email
Oksana Hrytsenko - f -14 en email
Elijah Pemberton Eli f 20 en email
Farida Rahimi - f 28 en email+sms
Ramon Escalante - p -37 es email
Beatrix Vandermeer Bea p -20 en email
Kwame Asante - p -16 en email+sms
Shauna Mulcahy - p -7 en email
Davit Petrosyan - p 5 en email
Lupe Arellano - q -29 es email+sms
Ingrid Solheim - q -13 en email
Terrence Boudreaux Terry q 10 en none
Wei-ling Tsao - r -24 en email
Octavio Barragán - r -6 es email
Maeve Gallagher - r 18 en email+sms
Samir Haddou - s -17 en email
Rosalind Fairweather Roz s -10 en email
Viktor Zelenka - s 13 en sms
Nadia Corvino - q -39 en email
"""
# Minutes a week in the plan of care, where it is not the rule's minimum.
ORDERS = {"c0": 300, "p0": 300, "a1": 720, "d0": 600, "q1": 720, "r2": 600}
# Discharged: the day and the reason. "f2" came from the evening program by a transfer.
DISCHARGES = {"q3": (45, "completed")}
TRANSFER, TRANSFERRED_ON, FROM_COHORT = "f2", 27, "p"
BEFORE_TRANSFER = -10
# First and last day, and the reason: one is away now, one was.
LEAVES = {"q2": (THIS_WEEK * WEEK, THIS_WEEK * WEEK + 4, "medical"), "b0": (30, 33, "family")}
# Guests for one session: who, which group, which day.
MAKE_UPS = (
    ("p4", DROP_IN.name, THIS_WEEK * WEEK - 1),
    ("c2", "Midday coping skills", THIS_WEEK * WEEK + 3),
)
NO_EMAIL = {"d1", "r0"}


@dataclass(frozen=True)
class Person:
    """One participant."""

    key: str
    number: int
    first_name: str
    last_name: str
    preferred_name: str
    language: str
    consents: str
    first_day: int

    @property
    def cohort(self) -> str:
        return self.key[0]

    @property
    def chart_number(self) -> str:
        return f"HS{1000 + self.number * 7}"

    @property
    def email(self) -> str:
        if self.key in NO_EMAIL:
            return ""
        name = unicodedata.normalize("NFKD", f"{self.first_name}.{self.last_name}")
        return f"{name.encode('ascii', 'ignore').decode().lower()}@mail.example"


@dataclass(frozen=True)
class Episode:
    """A person's days in one program; both ends included, `last_day` None while it lasts."""

    person: Person
    cohort: str
    first_day: int
    last_day: int | None
    reason: str

    @property
    def program(self) -> str:
        return COHORTS[self.cohort][0]

    @property
    def groups(self) -> tuple[str, ...]:
        return COHORTS[self.cohort][1]

    def expects(self, group: Group, day: int) -> bool:
        """Whether the person is expected at the group's session of that day."""
        leave = LEAVES.get(self.person.key)
        is_away = leave is not None and leave[0] <= day <= leave[1]
        is_here = self.first_day <= day and (self.last_day is None or day <= self.last_day)
        is_guest = (self.person.key, group.name, day) in MAKE_UPS
        return is_here and not is_away and (group.name in self.groups or is_guest)


def people() -> tuple[Person, ...]:
    """Return everyone, in the order of their chart numbers."""
    counts: dict[str, int] = {}
    found = []
    for number, line in enumerate(NAMES.strip().splitlines(), 1):
        first, last, *known_as, cohort, day, language, consents = line.split()
        place = counts.setdefault(cohort, 0)
        counts[cohort] += 1
        preferred = "" if known_as == ["-"] else " ".join(known_as)
        key = f"{cohort}{place}"
        found.append(Person(key, number, first, last, preferred, language, consents, int(day)))
    return tuple(found)


def episodes() -> tuple[Episode, ...]:
    """Return everyone's episodes of care; a transfer is two of them, one day after the other."""
    found = []
    for person in people():
        last_day, reason = DISCHARGES.get(person.key, (None, ""))
        if person.key == TRANSFER:
            before = (FROM_COHORT, BEFORE_TRANSFER, TRANSFERRED_ON, "transferred")
            found.append(Episode(person, *before))
        found.append(Episode(person, person.cohort, person.first_day, last_day, reason))
    return tuple(found)
