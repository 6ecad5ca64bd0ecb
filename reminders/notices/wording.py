"""What a notice says: that something waits, of what kind, and where. Nothing else.

It goes to a mailbox that others may see: no participant, no group, no program, no clinic. One
that carries numbers says how many, and nothing about whom.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from programs.models import Language, Site
from reminders.models import NoticeKind
from reminders.notices.counts import in_numbers
from reminders.wording import Letter

# Their words are the numbers; that something waits would not be true of them.
IN_NUMBERS = (NoticeKind.DIGEST, NoticeKind.CLOSED)


@dataclass(frozen=True)
class Words:
    """A notice in one language."""

    subject: str
    sentence: str
    kinds: dict[NoticeKind, str]


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
        },
    ),
}


def notice_letter(
    kind: NoticeKind, *, url: str, site: Site, counts: Mapping[str, int] | None = None
) -> Letter:
    """Return the notice, in both languages: no account says which one its owner reads."""
    subject = " / ".join(_subject(kind, words) for words in WORDS.values())
    parts = [_sentence(kind, language, counts or {}) for language in WORDS]
    return Letter(Language.ENGLISH, site.reminder_sender, subject, "\n\n".join([*parts, url]))


def _subject(kind: NoticeKind, words: Words) -> str:
    return words.kinds[kind] if kind in IN_NUMBERS else words.subject


def _sentence(kind: NoticeKind, language: Language, counts: Mapping[str, int]) -> str:
    words = WORDS[language]
    if kind in IN_NUMBERS:
        return f"{words.kinds[kind]}: {in_numbers(counts, language)}."
    return words.sentence.format(kind=words.kinds[kind])
