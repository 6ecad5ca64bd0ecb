"""A message as it is shown: as it would be read, how long it is, and what stands in its way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from programs.weeks import local_date
from reminders.settings_page.example import Told, example_link, told, told_at_length
from reminders.settings_page.message import Message
from reminders.wording.filling import Placeholder
from reminders.wording.gsm7 import beyond_gsm7, places, room, segments
from reminders.wording.letters import Facts, Letter, written
from reminders.wording.usual import ASKED, Words

# The word that ends messages, in any language.
STOP = "STOP"


@dataclass(frozen=True)
class Shown:
    """A message as it would be read. `longest` is how many texts it takes on its longest day."""

    letter: Letter
    is_text: bool
    longest: int = 1
    names_clinic: bool = False

    @property
    def places(self) -> int:
        return places(self.letter.body)

    @property
    def room(self) -> int:
        """How many places one text message of these signs has."""
        return room(self.letter.body)

    @property
    def segments(self) -> int:
        return segments(self.letter.body)

    @property
    def beyond(self) -> str:
        """The signs that take the room of others, with spaces between them."""
        return " ".join(beyond_gsm7(self.letter.body))

    @property
    def leaves_out_stop(self) -> bool:
        """Whether a text message does not say how to end them."""
        return self.is_text and STOP not in self.letter.body

    @property
    def may_be_longer(self) -> bool:
        return self.longest > self.segments


def shown(message: Message, words: Words, now: datetime) -> Shown:
    """Return the message as most people would read it, who have not agreed to the clinic's name."""
    site = message.program.site
    longest = written(words, _facts(message, now, told_at_length(message.kind, site, now)))
    return Shown(
        letter=written(words, _facts(message, now, told(message.kind, site, now))),
        is_text=message.is_text,
        longest=segments(longest.body),
    )


def shown_with_clinic(message: Message, words: Words, now: datetime, clinic: str) -> Shown | None:
    """Return the message as who agreed to the name reads it; None where it makes no difference."""
    if f"{{{Placeholder.CLINIC}}}" not in f"{words.subject}{words.body}":
        return None
    said = told(message.kind, message.program.site, now)
    letter = written(words, _facts(message, now, said, clinic=clinic))
    return Shown(letter, is_text=message.is_text, names_clinic=True)


def _facts(message: Message, now: datetime, said: Told, *, clinic: str = "") -> Facts:
    site = message.program.site
    today: date = local_date(now, site.zone)
    return Facts(
        kind=message.kind,
        channel=message.channel,
        language=message.language,
        site=site,
        today=today,
        told=said,
        clinic=clinic,
        link=example_link() if message.kind in ASKED else "",
    )
