"""What a reminder says: that there is an appointment, when, and whom to call. Nothing else.

It may be read over a shoulder: no name, no clinic, no program, no group, no link.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import translation
from django.utils.formats import time_format

from programs.models import Language, Site


@dataclass(frozen=True)
class Words:
    """A reminder in one language; `at_one` is for times that begin with one o'clock."""

    subject: str
    at: str
    at_one: str
    call: str


# Kept here and not in the message files: what goes to participants is decided as one piece.
WORDS = {
    Language.ENGLISH: Words(
        subject="Reminder for tomorrow",
        at="You have an appointment tomorrow at {time}.",
        at_one="You have an appointment tomorrow at {time}.",
        call="Questions? Call {phone}.",
    ),
    Language.SPANISH: Words(
        subject="Recordatorio para mañana",
        at="Tiene una cita mañana a las {time}.",
        at_one="Tiene una cita mañana a la {time}.",
        call="¿Preguntas? Llame al {phone}.",
    ),
}


@dataclass(frozen=True)
class Letter:
    """A reminder in words."""

    language: str
    sender: str
    subject: str
    body: str


def letter_for(starts_at: datetime, *, site: Site, language: str) -> Letter:
    """Return the reminder of a day that begins at this instant, in the site's local time."""
    words = WORDS[Language(language)]
    local = starts_at.astimezone(site.zone)
    with translation.override(language):
        clock = time_format(local.time(), "TIME_FORMAT")
    sentence = words.at_one if local.hour % 12 == 1 else words.at
    sentences = [sentence.format(time=clock)]
    if site.callback_phone:
        sentences.append(words.call.format(phone=site.callback_phone.as_national))
    return Letter(language, site.reminder_sender, words.subject, " ".join(sentences))
