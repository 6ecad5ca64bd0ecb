"""What a notice says: that something waits, of what kind, and where. Nothing else.

It goes to a mailbox that others may see: no participant, no group, no program, no clinic.
"""

from __future__ import annotations

from dataclasses import dataclass

from programs.models import Language, Site
from reminders.models import NoticeKind
from reminders.wording import Letter


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
        },
    ),
}


def notice_letter(kind: NoticeKind, *, url: str, site: Site) -> Letter:
    """Return the notice, in both languages: no account says which one its owner reads."""
    subject = " / ".join(words.subject for words in WORDS.values())
    parts = [words.sentence.format(kind=words.kinds[kind]) for words in WORDS.values()]
    return Letter(Language.ENGLISH, site.reminder_sender, subject, "\n\n".join([*parts, url]))
