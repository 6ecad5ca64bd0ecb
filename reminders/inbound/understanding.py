"""What a text that came in means: a rule over its words, and over what was asked before.

Who wants no more messages is understood generously, everything else only where it is plain: a
sentence that could mean two things waits for a person.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from reminders.inbound import words
from reminders.models import AnswerReason, Meaning

# More than a thumb types for one of our words; the rest of a long text changes nothing.
MOST_CHARACTERS = 2_000
APOSTROPHES = str.maketrans("", "", "'`\u2018\u2019\u00b4")
# Letters lose their marks (accents, the frame around a number), and what has no width goes.
DROPPED = {"Mn", "Me", "Cf"}


@dataclass(frozen=True)
class Understood:
    """What a reply means, with the reason why somebody cannot come where they gave one."""

    meaning: Meaning
    reason: AnswerReason | None = None


UNCLEAR = Understood(Meaning.UNCLEAR)


def understand(text: str, *, may_say_why: bool = False) -> Understood:
    """Return what the text means; `may_say_why` where its sender has just said they cannot come."""
    said = fold(text)
    if wants_to_stop(said):
        return Understood(Meaning.STOP)
    if said in words.HELP:
        return Understood(Meaning.HELP)
    plain = _without(said, words.POLITE)
    if plain in words.START:
        return Understood(Meaning.START)
    if may_say_why and (reason := _reason(plain) or words.NUMBERED.get(plain)):
        return Understood(Meaning.WHY, reason)
    if _is_coming(plain) or (plain in words.JUST_OK and not may_say_why):
        return Understood(Meaning.COMING)
    return _not_coming(plain)


def fold(text: str) -> str:
    """Return the words of a text: small letters without accents, a space between any two."""
    plain = text[:MOST_CHARACTERS].translate(APOSTROPHES)
    plain = unicodedata.normalize("NFKD", plain).casefold()
    kept = "".join(each for each in plain if unicodedata.category(each) not in DROPPED)
    parted = (each if each.isalnum() or each in words.JUST_OK else " " for each in kept)
    found = "".join(parted).split()
    is_spelled = len(found) > 1 and all(len(each) == 1 and each.isalpha() for each in found)
    return ("" if is_spelled else " ").join(found)


def wants_to_stop(said: str) -> bool:
    """Return whether folded words ask for no more messages, by any means that is reasonable."""
    plain = _without(said, words.POLITE)
    while opening := _opening(plain, words.ASKING | words.POLITE):
        plain = _after(plain, opening)
    if _without(plain, words.NOW | words.POLITE) in words.STOP:
        return True
    if _opening(plain, words.NO_STOP):
        return False
    if _opening(plain, words.STOP_AT_FIRST):
        return True
    is_about_messages = not words.MESSAGES.isdisjoint(plain.split())
    return is_about_messages and bool(_opening(plain, words.STOP_WITH_MESSAGES))


def _is_coming(plain: str) -> bool:
    return plain in words.COMING or _without(plain, words.WHEN) in words.COMING


def _not_coming(plain: str) -> Understood:
    """Return the no, with the reason that follows it; unclear where something else follows."""
    opening = _opening(plain, words.NOT_COMING)
    if not opening:
        return UNCLEAR
    besides = words.WHEN | words.POLITE
    rest = _without(_after(plain, opening), besides)
    if not rest or rest in besides:
        return Understood(Meaning.NOT_COMING)
    leads = words.AFTER_NO if opening in words.JUST_NO else words.BECAUSE
    may_follow = opening in words.WHOLE_NO or _opening(rest, leads)
    reason = _reason(rest) if may_follow else None
    return Understood(Meaning.NOT_COMING, reason) if reason else UNCLEAR


def _reason(plain: str) -> AnswerReason | None:
    """Return the reason that folded words name."""
    said = _without(plain, words.WHEN)
    while True:
        for reason, phrases in words.REASONS.items():
            if said in phrases:
                return reason
        opening = _opening(said, words.BECAUSE | words.ARTICLES)
        if not opening:
            return None
        said = _after(said, opening)


def _without(said: str, fillers: Iterable[str]) -> str:
    """Return the words without fillers before and after them; one filler alone stays."""
    plain = said
    while (opening := _opening(plain, fillers)) and opening != plain:
        plain = _after(plain, opening)
    while (closing := _closing(plain, fillers)) and closing != plain:
        plain = plain.removesuffix(closing).strip()
    return plain


def _opening(said: str, phrases: Iterable[str]) -> str:
    """Return the longest of the phrases that the words begin with; else nothing."""
    spaced = f"{said} "
    return max((each for each in phrases if spaced.startswith(f"{each} ")), key=len, default="")


def _closing(said: str, phrases: Iterable[str]) -> str:
    """Return the longest of the phrases that the words end with; else nothing."""
    spaced = f" {said}"
    return max((each for each in phrases if spaced.endswith(f" {each}")), key=len, default="")


def _after(said: str, opening: str) -> str:
    return said.removeprefix(opening).strip()
