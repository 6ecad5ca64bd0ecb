"""What a notice says: that something waits, of what kind, and where. Nothing else.

It goes to a mailbox, or a phone, that others may see: no participant, no group, no program, no
clinic. One that carries numbers says how many, and nothing about whom.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from programs.models import Channel, Language, Site
from reminders.models import NoticeKind, StaffNotice
from reminders.notices.counts import day_in_numbers, in_numbers
from reminders.notices.links import link_of
from reminders.wording.gsm7 import segments
from reminders.wording.letters import Letter

# Their words are the numbers; that something waits would not be true of them.
IN_NUMBERS = (NoticeKind.DIGEST, NoticeKind.CLOSED, NoticeKind.FAILURES, NoticeKind.TODAY)


@dataclass(frozen=True)
class Words:
    """A notice in one language; `texts` are those of text messages, without rare signs."""

    subject: str
    sentence: str
    kinds: dict[NoticeKind, str]
    text: str
    texts: dict[NoticeKind, str]


# Kept here and not in the message files: what leaves the house is decided as one piece.
WORDS = {
    Language.ENGLISH: Words(
        subject="Something waits for you",
        sentence="Something in your clinic's software waits for you: {kind}.",
        kinds={
            NoticeKind.SAFETY: "an answer that cannot wait. Please look now",
            NoticeKind.RECORD: "attendance not recorded",
            NoticeKind.SIGN: "attendance not signed",
            NoticeKind.NOTES: "notes overdue",
            NoticeKind.COSIGN: "a co-signature",
            NoticeKind.OUTREACH: "somebody to get in touch with",
            NoticeKind.DIGEST: "The week in numbers",
            NoticeKind.CLOSED: "A week was closed",
            NoticeKind.ALERT: "an alert that was given to you",
            NoticeKind.TODAY: "Today",
            NoticeKind.FAILURES: "Messages that did not go out",
            NoticeKind.OPENED: "a record that was opened or handed out in an emergency",
        },
        text="Something waits for you",
        texts={
            NoticeKind.SAFETY: "Please look now",
            NoticeKind.DIGEST: "The week in numbers",
            NoticeKind.CLOSED: "A week was closed",
            NoticeKind.FAILURES: "Not sent out",
        },
    ),
    Language.SPANISH: Words(
        subject="Algo espera su atención",
        sentence="Algo en el sistema de su clínica espera su atención: {kind}.",
        kinds={
            NoticeKind.SAFETY: "una respuesta que no puede esperar. Por favor, mírela ahora",
            NoticeKind.RECORD: "asistencia sin registrar",
            NoticeKind.SIGN: "asistencia sin firmar",
            NoticeKind.NOTES: "notas atrasadas",
            NoticeKind.COSIGN: "una segunda firma",
            NoticeKind.OUTREACH: "una persona a quien contactar",
            NoticeKind.DIGEST: "La semana en números",
            NoticeKind.CLOSED: "Se cerró una semana",
            NoticeKind.ALERT: "un aviso que le asignaron",
            NoticeKind.TODAY: "Hoy",
            NoticeKind.FAILURES: "Mensajes que no salieron",
            NoticeKind.OPENED: "un expediente que se abrió o se entregó en una emergencia",
        },
        text="Algo le espera",
        texts={
            NoticeKind.SAFETY: "Mire ahora, por favor",
            NoticeKind.DIGEST: "La semana en cifras",
            NoticeKind.CLOSED: "Una semana cerrada",
            NoticeKind.FAILURES: "No salieron",
        },
    ),
}


def letter_of(notice: StaffNotice) -> Letter:
    """Return what the notice says on the channel it goes by; its program and site are loaded."""
    kind, url, site = NoticeKind(notice.kind), link_of(notice), notice.program.site
    make = notice_text if notice.channel == Channel.SMS else notice_letter
    return make(kind, url=url, site=site, counts=notice.counts)


def notice_letter(
    kind: NoticeKind, *, url: str, site: Site, counts: Mapping[str, int] | None = None
) -> Letter:
    """Return the notice as an email, in both languages: no account says which its owner reads."""
    subject = " / ".join(_subject(kind, words) for words in WORDS.values())
    parts = [_sentence(kind, language, counts or {}) for language in WORDS]
    return Letter(Language.ENGLISH, site.reminder_sender, subject, "\n\n".join([*parts, url]))


def notice_text(
    kind: NoticeKind, *, url: str, site: Site, counts: Mapping[str, int] | None = None
) -> Letter:
    """Return the notice as a text message: one segment, if its address leaves room for words.

    In both languages and with the sender's alias, as far as they fit.
    """
    said = [f"{words} {url}" for words in _texts(kind, site.reminder_sender, counts or {})]
    body = next((each for each in said if segments(each) == 1), said[-1])
    return Letter(Language.ENGLISH, site.reminder_sender, "", body)


def _subject(kind: NoticeKind, words: Words) -> str:
    return words.kinds[kind] if kind in IN_NUMBERS else words.subject


def _sentence(kind: NoticeKind, language: Language, counts: Mapping[str, int]) -> str:
    words = WORDS[language]
    if kind == NoticeKind.TODAY:
        return f"{day_in_numbers(counts, language)}."
    if kind in IN_NUMBERS:
        return f"{words.kinds[kind]}: {in_numbers(counts, language)}."
    return words.sentence.format(kind=words.kinds[kind])


def _texts(kind: NoticeKind, sender: str, counts: Mapping[str, int]) -> Iterator[str]:
    """Yield the words of a text message, the fullest first."""
    said = [_text(kind, language, counts) for language in WORDS]
    both = " / ".join(said)
    if sender:
        yield f"{sender}: {both}"
    yield both
    yield said[0]


def _text(kind: NoticeKind, language: Language, counts: Mapping[str, int]) -> str:
    if kind == NoticeKind.TODAY:
        return day_in_numbers(counts, language, is_text=True)
    words = WORDS[language]
    return words.texts.get(kind, words.text)
