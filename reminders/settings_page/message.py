"""One message of a program, and the words it has there."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404

from programs.models import Channel, Language, Program
from reminders.models import MessageTemplate, TextKind
from reminders.wording.letters import own_words
from reminders.wording.usual import Words, usual_words

Key = tuple[str, str, str]


@dataclass(frozen=True)
class Message:
    """For what, by which channel, in which language."""

    program: Program
    kind: TextKind
    channel: Channel
    language: Language

    @property
    def key(self) -> Key:
        return (self.kind, self.channel, self.language)

    @property
    def usual(self) -> Words:
        return usual_words(self.kind, self.channel, self.language)

    @property
    def is_text(self) -> bool:
        return self.channel == Channel.SMS

    def words_in(self, stored: MessageTemplate | None) -> Words:
        """Return the words in force: those of the stored template, else the usual ones."""
        return own_words(stored) or self.usual


def message_or_404(program: Program, *, kind: str, channel: str, language: str) -> Message:
    """Return the message that an address names. Raises Http404."""
    try:
        return Message(program, TextKind(kind), Channel(channel), Language(language))
    except ValueError:
        raise Http404 from None


def stored_words(message: Message) -> MessageTemplate | None:
    """Return what the program has on record for the message, in use or not."""
    kind, channel, language = message.key
    found = MessageTemplate.objects.filter(program=message.program)
    return found.filter(kind=kind, channel=channel, language=language).first()
