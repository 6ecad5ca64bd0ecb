"""Puts what a message says in the place of its placeholders; nothing else in a text is special."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum

from reminders.models import TextKind
from reminders.wording.usual import ASKED


class Placeholder(StrEnum):
    """What may stand between braces in the words of a message."""

    DAY = "day"
    TIME = "time"
    WEEK = "week"
    PHONE = "phone"
    SENDER = "sender"
    CLINIC = "clinic"
    LINK = "link"


# What a message of a kind must say; and what it may say beside that.
MUST = {
    TextKind.EVENING: (Placeholder.DAY, Placeholder.TIME),
    TextKind.SOON: (Placeholder.DAY, Placeholder.TIME),
    TextKind.CHANGED: (Placeholder.DAY, Placeholder.TIME),
    TextKind.CALLED_OFF: (Placeholder.DAY,),
    TextKind.WEEKLY: (Placeholder.WEEK,),
}
WHEN = frozenset(str(each) for needed in MUST.values() for each in needed)
FROM_US = (Placeholder.SENDER, Placeholder.CLINIC)

IN_BRACES = re.compile(r"\{([^{}]*)\}")
KNOWN = re.compile(r"\{(" + "|".join(Placeholder) + r")\}")
BETWEEN_SENTENCES = re.compile(r"(?<=[.!?])[ \t]+")
MANY_LINES = re.compile(r"\n{3,}")


def may_say(kind: TextKind, *, in_subject: bool = False) -> tuple[Placeholder, ...]:
    """Return the placeholders a message of this kind may have; fewer in the subject."""
    if in_subject:
        return tuple(each for each in (*MUST[kind], *FROM_US) if each is not Placeholder.WEEK)
    link = (Placeholder.LINK,) if kind in ASKED else ()
    return (*MUST[kind], *FROM_US, Placeholder.PHONE, *link)


def unknown_in(text: str, allowed: Iterable[Placeholder]) -> tuple[str, ...]:
    """Return what stands in braces and is none of these; a brace that stands alone as itself."""
    known = set(map(str, allowed))
    named = [f"{{{each}}}" for each in IN_BRACES.findall(text) if each not in known]
    alone = [sign for sign in "{}" if sign in IN_BRACES.sub("", text)]
    return tuple(dict.fromkeys([*named, *alone]))


def missing_in(text: str, kind: TextKind) -> tuple[Placeholder, ...]:
    """Return the placeholders that a message of this kind lacks."""
    return tuple(each for each in MUST[kind] if f"{{{each}}}" not in text)


def filled(text: str, values: Mapping[str, str]) -> str:
    """Return the text with its placeholders' values; what has none is left out by the sentence."""
    lines = []
    for line in text.split("\n"):
        sentences = [each for each in BETWEEN_SENTENCES.split(line) if _can_say(each, values)]
        if sentences or not line.strip():
            lines.append(" ".join(sentences))
    kept = MANY_LINES.sub("\n\n", "\n".join(lines)).strip()
    return replaced(kept, values)


def replaced(text: str, values: Mapping[str, str]) -> str:
    """Return the text with these values in the place of its placeholders, all at once."""
    # At once, so that braces in a value are nothing but braces.
    return KNOWN.sub(lambda found: values.get(found[1], ""), text)


def _can_say(sentence: str, values: Mapping[str, str]) -> bool:
    """Whether all is there that it says; when the appointment is, is said in any case."""
    said = KNOWN.findall(sentence)
    return all(values.get(each) for each in said) or not WHEN.isdisjoint(said)
