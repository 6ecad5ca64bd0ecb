"""A message in words: that there is an appointment, when, and whom to call. Nothing else.

It may be read over a shoulder: what would say more is refused at the last moment.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from programs.models import Channel, Language, Site
from reminders.models import MessageTemplate, ResponseWords, TextKind
from reminders.wording.filling import (
    MUST,
    Placeholder,
    filled,
    may_say,
    missing_in,
    replaced,
    unknown_in,
)
from reminders.wording.guard import names_at, refuse_words, squeezed_names
from reminders.wording.usual import NOBODY, Words, response_words, usual_words
from reminders.wording.when import agreeing, day_words, time_words, week_words

# What we put in ourselves gives nothing away, and a link has letters by chance.
OUR_OWN: dict[str, str] = {str(each): "-" for each in Placeholder}


@dataclass(frozen=True)
class Letter:
    """A message in one language, ready to go; a text message has no subject."""

    language: str
    sender: str
    subject: str
    body: str


@dataclass(frozen=True)
class Facts:
    """What a message says of its dates, and to whom it is said.

    `told` has the first start of each date (in any zone), or None for nothing; all kinds but the
    week ahead speak of its first date. `clinic` is filled only for who agreed to have it named,
    `link` where there is one. `names` are those that must not be said, as `names_at` gives them,
    and are looked up where they are not given; `recipient` has the person's own names.
    """

    kind: TextKind
    channel: str
    language: str
    site: Site
    today: date
    told: Mapping[date, datetime | None]
    clinic: str = ""
    link: str = ""
    names: frozenset[str] | None = None
    recipient: tuple[str, ...] = ()


def letter_for(facts: Facts, template: MessageTemplate | None = None) -> Letter:
    """Return the message, in the program's own words where the template holds such.

    Raises Reveals where it would say too much, and ValueError where nothing is told that the
    message is to say.
    """
    names = names_at(facts.site) if facts.names is None else facts.names
    names |= squeezed_names(facts.recipient)
    # Of the usual words a person's name can be part by chance; of a sender's it is not.
    refuse_words(_sender(facts.site, facts.language), names)
    own = own_words(template)
    if own:
        refuse_words(_said(own, facts), names)
    return written(own or usual_words(facts.kind, facts.channel, facts.language), facts)


def response_letter(words: ResponseWords, *, site: Site, language: str, channel: str) -> Letter:
    """Return what is said back to somebody who has replied. Raises Reveals."""
    refuse_words(_sender(site, language), names_at(site))
    return written_response(words, site=site, language=language, channel=channel)


def written_response(
    words: ResponseWords, *, site: Site, language: str, channel: str = Channel.SMS
) -> Letter:
    """Return the same, whoever it seems to come from."""
    said = response_words(words, channel, language)
    sender, phone = _sender(site, language), _phone(site)
    values: dict[str, str] = {Placeholder.SENDER: sender, Placeholder.PHONE: phone}
    return Letter(language, site.reminder_sender, said.subject, filled(said.body, values))


def own_words(template: MessageTemplate | None) -> Words | None:
    """Return the program's own words, None where the usual ones hold or these are not whole."""
    if template is None or not template.is_own:
        return None
    kind = TextKind(template.kind)
    wrong = (
        *unknown_in(template.body, may_say(kind)),
        *unknown_in(template.subject, may_say(kind, in_subject=True)),
        *missing_in(template.body, kind),
    )
    return None if wrong else Words(template.body, template.subject)


def _said(words: Words, facts: Facts) -> str:
    """Return the words as the guard reads them: a sender is typed by hand, as they are."""
    sender = _sender(facts.site, facts.language)
    clinic = OUR_OWN[Placeholder.CLINIC] if facts.clinic else sender
    said = {**OUR_OWN, Placeholder.SENDER: sender, Placeholder.CLINIC: clinic}
    return replaced(f"{words.subject}\n{words.body}", said)


def written(words: Words, facts: Facts) -> Letter:
    """Return the message in these words, which nobody has looked over here. Raises ValueError."""
    zone, language = facts.site.zone, facts.language
    start = _start(facts)
    if start and language == Language.SPANISH:
        words = Words(agreeing(words.body, start, zone), agreeing(words.subject, start, zone))
    values = _values(facts, start)
    subject = filled(words.subject, values)
    return Letter(language, facts.site.reminder_sender, subject, filled(words.body, values))


def _values(facts: Facts, start: datetime | None) -> dict[str, str]:
    """Return what the placeholders stand for; nothing where there is nothing to say."""
    site, language, channel = facts.site, facts.language, facts.channel
    sender, zone = _sender(site, language), site.zone
    day = day_words(min(facts.told), today=facts.today, channel=channel, language=language)
    week = ""
    if facts.kind == TextKind.WEEKLY:
        week = week_words(facts.told, zone=zone, channel=channel, language=language)
    return {
        Placeholder.DAY: day,
        Placeholder.TIME: time_words(start, zone=zone, language=language) if start else "",
        Placeholder.WEEK: week,
        Placeholder.PHONE: _phone(site),
        Placeholder.SENDER: sender,
        Placeholder.CLINIC: facts.clinic or sender,
        Placeholder.LINK: facts.link,
    }


def _start(facts: Facts) -> datetime | None:
    """Return the start of the first date that is told. Raises ValueError where one is missing."""
    start = facts.told[min(facts.told)] if facts.told else None
    needs_start = Placeholder.TIME in MUST[facts.kind]
    if not facts.told or (needs_start and start is None):
        raise ValueError(f"a message of the kind {facts.kind} tells of nothing")
    return start


def _sender(site: Site, language: str) -> str:
    return site.reminder_sender or NOBODY[Language(language)]


def _phone(site: Site) -> str:
    return site.callback_phone.as_national if site.callback_phone else ""
