"""The words of a message as its page shows them, with the addresses in them.

Who opens such an address answers in the participant's name: outside the demo it is cut short.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.conf import settings

from reminders.models import Reminder
from reminders.wording.letters import Letter

# The signed id at the end of an address is what gives its holder a voice.
ADDRESS = re.compile(r"(https?://\S+/)([\w-]{24,})(/?)")


@dataclass(frozen=True)
class Part:
    """A piece of a message; `url` where it may be opened."""

    text: str
    url: str = ""


@dataclass(frozen=True)
class Said:
    """A message in words; `language` is what they are in."""

    subject: str
    parts: tuple[Part, ...]
    language: str = ""


def words_of(reminder: Reminder) -> Said | None:
    """Return the words that were kept with the claim, None where there are none yet."""
    if not reminder.body:
        return None
    return Said(reminder.subject, parts_of(reminder.body))


def words_in(letter: Letter) -> Said:
    """Return the words of a letter."""
    return Said(letter.subject, parts_of(letter.body), letter.language)


def parts_of(text: str) -> tuple[Part, ...]:
    """Return the text in pieces: its addresses whole in the demo, and shortened elsewhere."""
    parts, at = [], 0
    for found in ADDRESS.finditer(text):
        parts.append(Part(text[at : found.start()]))
        whole, short = found.group(), f"{found.group(1)}…"
        parts.append(Part(whole, whole) if settings.IOP_DEMO else Part(short))
        at = found.end()
    return tuple(each for each in [*parts, Part(text[at:])] if each.text)
