"""How likely two records are of one person, from plain values.

Likely are: the same birth date and a similar name; the same name, unless the birth dates are
clearly two; the same phone or email with a similar last name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Set
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

# Shorter names are too like each other for an error to be forgiven.
FORGIVEN = 4
# As the database folds (`FOLD` in `programs/models/sought.py`; a test holds the two).
DROPPED = re.compile("[\u0300-\u036f'’ʼ]")


class Likeness(IntEnum):
    """What two records have in common, the more the likelier."""

    NONE = 0
    REACHED_THE_SAME = 1
    FIRST_NAME_AND_BORN = 2
    SAME_NAME = 3
    SIMILAR_NAME_AND_BORN = 4
    SAME_NAME_AND_BORN = 5


@dataclass(frozen=True)
class Facts:
    """What is known of somebody: phones as E.164."""

    first_name: str = ""
    last_name: str = ""
    preferred_name: str = ""
    birth_date: date | None = None
    phones: Set[str] = frozenset()
    email: str = ""

    @property
    def given(self) -> set[str]:
        """The names they are called by, folded."""
        return {fold(name) for name in (self.first_name, self.preferred_name) if name}


def likeness(one: Facts, other: Facts) -> Likeness:
    """Return the strongest reason to take the two for one person; NONE where there is none."""
    is_born = one.birth_date is not None and one.birth_date == other.birth_date
    is_called = bool(one.given & other.given)
    is_named = is_called and fold(one.last_name) == fold(other.last_name)
    if is_named and is_born:
        return Likeness.SAME_NAME_AND_BORN
    if is_born and _are_similar(one, other):
        return Likeness.SIMILAR_NAME_AND_BORN
    if is_named and not are_two_dates(one.birth_date, other.birth_date):
        return Likeness.SAME_NAME
    if is_born and is_called:
        return Likeness.FIRST_NAME_AND_BORN
    if _is_reached(one, other) and are_alike(one.last_name, other.last_name):
        return Likeness.REACHED_THE_SAME
    return Likeness.NONE


def fold(name: str) -> str:
    """Return the name without case, accents and apostrophes."""
    return DROPPED.sub("", unicodedata.normalize("NFKD", name).lower()).strip()


def are_alike(one: str, other: str) -> bool:
    """Return whether two names are one, with a typing error, or share a part of a double name."""
    one, other = fold(one), fold(other)
    if not one or not other:
        return False
    parts = [{part for part in re.split(r"[ -]+", name) if len(part) > 2} for name in (one, other)]
    return one == other or bool(parts[0] & parts[1]) or _is_one_error_off(one, other)


def are_two_dates(one: date | None, other: date | None) -> bool:
    """Return whether both are known and differ by more than one slip: a part, or two swapped."""
    if one is None or other is None:
        return False
    first, second = (one.year, one.month, one.day), (other.year, other.month, other.day)
    is_swapped = first == (second[0], second[2], second[1])
    return sum(a == b for a, b in zip(first, second, strict=True)) < 2 and not is_swapped


def _are_similar(one: Facts, other: Facts) -> bool:
    """Return whether the given and the last names are alike, also where they changed places."""
    given = any(are_alike(a, b) for a in one.given for b in other.given)
    if given and are_alike(one.last_name, other.last_name):
        return True
    return fold(one.last_name) in other.given and fold(other.last_name) in one.given


def _is_reached(one: Facts, other: Facts) -> bool:
    is_by_email = bool(one.email) and one.email.casefold() == other.email.casefold()
    return is_by_email or bool(one.phones & other.phones)


def _is_one_error_off(one: str, other: str) -> bool:
    """Return whether a letter is too many, too few, another, or two changed places."""
    short, long = sorted((one, other), key=len)
    if len(short) < FORGIVEN or len(long) - len(short) > 1:
        return False
    start = next((at for at, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), None)
    if start is None:
        return True
    if len(long) > len(short):
        return short[start:] == long[start + 1 :]
    swapped = short[start + 1 : start + 2] + short[start : start + 1] + short[start + 2 :]
    return short[start + 1 :] == long[start + 1 :] or swapped == long[start:]
