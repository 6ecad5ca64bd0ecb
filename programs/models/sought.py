"""What somebody types to find a person: as conditions and an order that the database can answer.

A word of a name is found as any part of one, without case, accents and apostrophes; a word of
four letters or more also with one typing error in it: a letter too many, too few, another, or two
that changed places. Both are answered by the trigram index of `folded_names`. (Word similarity at
its own threshold would not do: `Jonhson` and Johnson share too few trigrams.)
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date, datetime

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import models
from django.db.models import Case, F, Func, Q, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Length

# Without case, accents and apostrophes: `jose` finds José, `obrien` O’Brien.
FOLD = "regexp_replace(lower(normalize(%(expressions)s, NFKD)), '[\\u0300-\\u036f''’ʼ]', '', 'g')"
# How a birth date may be typed, the month first where it is a number; `March 9, 1990` too.
DATE_FORMATS = (
    *("%Y-%m-%d", "%m/%d/%Y", "%m-%d-%Y", "%m.%d.%Y", "%m/%d/%y", "%m-%d-%y", "%m.%d.%y"),
    *("%B %d %Y", "%b %d %Y", "%d %B %Y", "%d %b %Y"),
)
EIGHT_DIGITS = ("%m%d%Y", "%Y%m%d")
# Shorter words are too like each other; up to WHOLE letters the error is in a whole name.
FORGIVEN, WHOLE, LONGEST = 4, 5, 30
STARTS, ENDS = "(^|[ -])", "([ -]|$)"


class Folded(Func):
    """A text folded as the names are that one searches: the rule is said once."""

    template = FOLD
    output_field = models.TextField()


def words_in(text: str) -> list[str]:
    """Return the words of the text; a double name is two words, a number stays whole."""
    words = []
    for part in text.replace(",", " ").split():
        words += [part] if _has_digit(part) else part.split("-")
    return [word for word in words if any(map(str.isalnum, word))]


def has_name(word: str) -> Q:
    """Accept who has the word in a name, in part or with a typing error."""
    is_part = Q(folded_names__contains=Folded(Value(word)))
    pattern = _with_one_error(word)
    return is_part | Q(folded_names__regex=Folded(Value(pattern))) if pattern else is_part


def has_word(word: str) -> Q:
    """Accept who has the word in a name; one with a digit also as chart number or birth date."""
    if not _has_digit(word):
        return has_name(word)
    born = Q(birth_date__in=dates_in(word))
    return has_name(word) | Q(chart_number__icontains=word) | born


def best_first(words: Sequence[str]) -> list[Combinable | str]:
    """Return the order of whom the words find: as typed before misspelt, whole names first."""
    missed = sum((_is_missed(word) for word in words), start=Value(0))
    names = Folded(Value(" ".join(word for word in words if not _has_digit(word))))
    alike = TrigramWordSimilarity(names, F("folded_names"))  # type: ignore[arg-type]
    return [
        missed.asc(),
        alike.desc(),
        Length("folded_names").asc(),
        *("last_name", "first_name", "pk"),
    ]


def dates_in(text: str) -> list[date]:
    """Return the dates that the whole text may stand for; two digits of a year are two dates."""
    typed = re.sub(r"[\s,]+", " ", text).strip()
    forms = EIGHT_DIGITS if re.fullmatch(r"\d{8}", typed, re.ASCII) else DATE_FORMATS
    found = set()
    for form in forms:
        with suppress(ValueError):
            day = datetime.strptime(typed, form).date()  # noqa: DTZ007
            found |= set(_centuries(day)) if form.endswith("%y") else {day}
    return sorted(found)


def _centuries(day: date) -> Iterable[date]:
    for century in (1900, 2000):
        with suppress(ValueError):
            yield day.replace(year=century + day.year % 100)


def _has_digit(word: str) -> bool:
    return any(map(str.isdigit, word))


def _is_missed(word: str) -> Case:
    """Return 1 for who does not have the word as it was typed."""
    typed = Q(folded_names__contains=Folded(Value(word))) | Q(chart_number__iexact=word)
    return Case(When(typed, then=Value(0)), default=Value(1))


def _with_one_error(word: str) -> str:
    """Return a pattern of the names that are one typing error off; none for a short word."""
    letters = "".join(filter(str.isalpha, unicodedata.normalize("NFC", word)))
    if _has_digit(word) or not FORGIVEN <= len(letters) <= LONGEST:
        return ""
    errors = set()
    for at in range(len(letters)):
        before, letter, after = letters[:at], letters[at], letters[at + 1 :]
        errors |= {f"{before}{after}", f"{before}.{after}", f"{before}.{letter}{after}"}
        errors |= {f"{before}{after[0]}{letter}{after[1:]}"} if after else {f"{letters}."}
    ends = ENDS if len(letters) <= WHOLE else ""
    return f"{STARTS}({'|'.join(sorted(errors))}){ends}"
