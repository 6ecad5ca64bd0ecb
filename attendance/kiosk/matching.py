"""Which of the people on a sheet somebody is, from a name and the month and day of birth.

Plain values only. Exactly one has to fit: with none, or with twins, nobody is found, and nothing
tells the one from the other.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class OnSheet:
    """One person who may check in: the names they go by, and their birthday."""

    key: int
    first_name: str
    preferred_name: str
    last_name: str
    born: date | None


def the_one(people: Iterable[OnSheet], *, name: str, month: int, day: int) -> int | None:
    """Return the key of the one person whom both fit; None where there is none, or several."""
    typed = folded(name)
    fitting = [
        each.key
        for each in people
        if each.born and (each.born.month, each.born.day) == (month, day) and typed in _names(each)
    ]
    return fitting[0] if len(fitting) == 1 else None


def folded(name: str) -> str:
    """Return the name without case, accents, apostrophes and hyphens: `José-María` is `jose maria`.

    Blank where nothing of it is a letter or a digit.
    """
    plain = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(
        " " if each.isspace() or each in "-‐‑–" else each if each.isalnum() else ""
        for each in plain
    )
    return " ".join(letters.split())


def _names(person: OnSheet) -> set[str]:
    """The first and the preferred name, each also with the last one."""
    called = {folded(person.first_name), folded(person.preferred_name)} - {""}
    last = folded(person.last_name)
    return called | {f"{each} {last}" for each in called}
