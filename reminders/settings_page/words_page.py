"""What the pages of the words show: every message of a program, and one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from programs.models import Channel, Clinic, Language, Program, Site
from reminders.models import MessageTemplate, ResponseWords, TextKind
from reminders.settings_page.forms import WordsForm
from reminders.settings_page.message import Key, Message, stored_words
from reminders.settings_page.shown import Shown, shown, shown_with_clinic
from reminders.tabs import Head
from reminders.wording.filling import Placeholder, may_say
from reminders.wording.guard import names_at, refused_words
from reminders.wording.letters import written_response
from reminders.wording.usual import Words

# A text is what most people get.
IN_ORDER = (Channel.SMS, Channel.EMAIL)


@dataclass(frozen=True)
class Card:
    """One message on the page of all of them; responses have no address to edit them at."""

    channel: str
    icon: str
    language: Language
    shown: Shown
    is_own: bool = False
    url: str = ""


@dataclass(frozen=True)
class Section:
    """The messages of one kind."""

    key: str
    heading: str
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class WordsPage:
    """Everything the page of the words reads."""

    program: Program
    head: Head
    sections: tuple[Section, ...]
    responses: tuple[Section, ...]
    problems: tuple[str, ...]


@dataclass(frozen=True)
class Help:
    """A placeholder, and what it stands for."""

    placeholder: str
    says: str


@dataclass(frozen=True)
class MessagePage:
    """Everything the page of one message reads. `previews` are of what is typed, if anything is."""

    message: Message
    form: WordsForm
    is_own: bool
    previews: tuple[Shown, ...]
    helps: tuple[Help, ...]
    problems: tuple[str, ...]


def words_page(program: Program, *, head: Head, now: datetime) -> WordsPage:
    """Return every message of the program as it would be read."""
    found = MessageTemplate.objects.filter(program=program, is_own=True)
    stored: dict[Key, MessageTemplate] = {
        (each.kind, each.channel, each.language): each for each in found
    }
    sections = [
        Section(kind, str(kind.label), tuple(_cards(program, kind, stored, now)))
        for kind in TextKind
    ]
    responses = [
        Section(each, str(each.label), tuple(_responses(program.site, each)))
        for each in ResponseWords
    ]
    problems = problems_at(program.site)
    return WordsPage(program, head, tuple(sections), tuple(responses), problems)


def message_page(message: Message, form: WordsForm, *, now: datetime, is_own: bool) -> MessagePage:
    """Return one message with what is typed, as it would be read."""
    return MessagePage(
        message=message,
        form=form,
        is_own=is_own,
        previews=tuple(_previews(message, form, now)),
        helps=tuple(_helps(message)),
        problems=problems_at(message.program.site),
    )


def words_form(data: object, message: Message) -> tuple[WordsForm, bool]:
    """Return the form, filled with the words in force; and whether they are the program's own."""
    stored = stored_words(message)
    words = message.words_in(stored)
    return WordsForm(data, message=message, words=words), bool(stored and stored.is_own)


def problems_at(site: Site) -> tuple[str, ...]:
    """Return what about the site stands in the way of every message from there."""
    problems = []
    if found := refused_words(site.reminder_sender, names_at(site)):
        said = _("The site’s name for messages says too much, so nothing goes out: %(words)s.")
        problems.append(said % {"words": ", ".join(found)})
    if not site.callback_phone:
        problems.append(_("The site has no call-back phone: sentences with {phone} are left out."))
    return tuple(problems)


def _cards(
    program: Program, kind: TextKind, stored: dict[Key, MessageTemplate], now: datetime
) -> list[Card]:
    cards = []
    for channel in IN_ORDER:
        for language in Language:
            message = Message(program, kind, channel, language)
            own = stored.get(message.key)
            cards.append(
                Card(
                    channel=str(channel.label),
                    icon=_icon(channel),
                    language=language,
                    shown=shown(message, message.words_in(own), now),
                    is_own=own is not None,
                    url=reverse("reminders:template", args=[program.public_id, *message.key]),
                )
            )
    return cards


def _responses(site: Site, words: ResponseWords) -> list[Card]:
    said = [written_response(words, site=site, language=each) for each in Language]
    return [
        Card(str(Channel.SMS.label), _icon(Channel.SMS), Language(each.language), Shown(each, True))
        for each in said
    ]


def _icon(channel: Channel) -> str:
    return "mail" if channel == Channel.EMAIL else "message-square-text"


def _previews(message: Message, form: WordsForm, now: datetime) -> list[Shown]:
    words = _typed(message, form)
    if words is None:
        return []
    named = shown_with_clinic(message, words, now, Clinic.objects.get().name)
    return [shown(message, words, now), *([named] if named else [])]


def _typed(message: Message, form: WordsForm) -> Words | None:
    """Return the words in the boxes, whatever is wrong with them; None where there are none."""
    boxes: Sequence[str] = [str(form[name].value() or "") for name in form.fields]
    typed = dict(zip(form.fields, boxes, strict=True))
    body = "\n".join(typed["body"].splitlines()).strip()
    return Words(body, typed.get("subject", "").strip()) if body else None


def _helps(message: Message) -> list[Help]:
    says = {
        Placeholder.DAY: _("the day: today, tomorrow, or its date"),
        Placeholder.TIME: _("the time of the first appointment of that day"),
        Placeholder.WEEK: _("the days and times of the week"),
        Placeholder.SENDER: _("the site’s name for messages"),
        Placeholder.CLINIC: _("the clinic’s name for those who agreed to it, else the same"),
        Placeholder.PHONE: _("the site’s call-back phone"),
        Placeholder.LINK: _("an address at which to say whether one comes"),
    }
    return [Help(f"{{{each}}}", says[each]) for each in may_say(message.kind)]
