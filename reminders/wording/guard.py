"""Refuses words that would tell somebody who reads along what the appointment is.

A word is found however it is written: with accents or capitals, with signs or spaces between its
letters, with letters of another alphabet that look the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cache

from django.db.models import F

from groups.models import TherapyGroup
from programs.models import Clinic, Program, Site
from reminders.wording.filling import Placeholder, replaced
from reminders.wording.folding import atoms, other_letters, squeezed, unbroken
from reminders.wording.refused import BEGINNINGS, WHOLE
from reminders.wording.usual import everything_usual
from reminders.wording.when import every_date_word

# A name of one letter is found in every text.
SHORTEST_NAME = 2


class Reveals(Exception):
    """A message would say too much. `words` are what it says; the exception itself is silent."""

    def __init__(self, words: Collection[str]) -> None:
        super().__init__(f"{len(words)} refused words")
        self.words = tuple(words)


def names_at(site: Site) -> frozenset[str]:
    """Return the names a message from this site must not say, squeezed; in one statement.

    The clinic's and the site's, those of its programs, with their codes, and of their groups.
    """
    programs = Program.objects.order_by().filter(site=site)
    groups = TherapyGroup.objects.order_by().filter(program__site=site)
    found = Clinic.objects.order_by().values_list("name")
    found = found.union(
        programs.values_list("name"),
        programs.annotate(said=F("code")).values_list("said"),
        groups.values_list("name"),
    )
    return squeezed_names([site.name, *(name for (name,) in found)])


def squeezed_names(names: Iterable[str]) -> frozenset[str]:
    """Return the names as `refused_words` looks for them, without those in everyday words.

    Who is called Will, or a group that is called Monday, is not named by saying so.
    """
    return frozenset(squeezed(each) for each in names if _names_something(each))


def _names_something(name: str) -> bool:
    words = {each for each in atoms(name) if not each.isdigit()} - everyday()
    return bool(words) and len(squeezed(name)) >= SHORTEST_NAME


@cache
def everyday() -> frozenset[str]:
    """Return the words of the usual messages and of dates, which give nothing away."""
    texts = [replaced(each, dict.fromkeys(Placeholder, " ")) for each in everything_usual()]
    return frozenset(atom for text in [*texts, *every_date_word()] for atom in atoms(text))


def refused_words(text: str, names: Collection[str] = frozenset()) -> tuple[str, ...]:
    """Return what the text must not say, folded, each once; nothing where the text may go out.

    `names` are squeezed, as `names_at` and `squeezed_names` return them.
    """
    wanted = WHOLE | frozenset(BEGINNINGS) | frozenset(names)
    pieces = atoms(text)
    found = [
        each for each in [*pieces, *unbroken(text)] if each in wanted or each.startswith(BEGINNINGS)
    ]
    found += _torn(pieces, wanted, max(map(len, wanted)))
    return tuple(dict.fromkeys([*found, *other_letters(text)]))


def refuse_words(text: str, names: Collection[str] = frozenset()) -> None:
    """Let a text pass that says nothing. Raises Reveals."""
    if found := refused_words(text, names):
        raise Reveals(found)


def _torn(pieces: list[str], wanted: Collection[str], longest: int) -> list[str]:
    """Return what stands there in pieces: a word letter by letter, or a name of several words."""
    found = []
    for first in range(len(pieces)):
        run = ""
        for last, piece in enumerate(pieces[first:], first + 1):
            run += piece
            if len(run) > longest:
                break
            if run in wanted:
                found.append(" ".join(pieces[first:last]))
    return found
