"""The usual words of every message, in English and Spanish.

Kept here and not in the message files: what goes to participants is decided as one piece. Any of
them may be read over a shoulder. A sentence whose placeholder stands for nothing is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from programs.models import Channel, Language
from reminders.models import ResponseWords, TextKind


@dataclass(frozen=True)
class Words:
    """A message with its placeholders; a text message has no subject."""

    body: str
    subject: str = ""


EN, ES = Language.ENGLISH, Language.SPANISH
# A text message has 160 places. Spanish does without á, í, ó and ú, which phones do not have:
# a single one of them would leave 70.
CALL_EN, CALL_ES = "Call {phone} with questions.", "Si tiene preguntas, llame al {phone}."
STOP_EN, STOP_ES = "STOP ends messages.", "STOP termina mensajes."
SAY_EN, SAY_ES = "Reply 1 if you are coming, 2 if not.", "Responda 1 si viene, 2 si no."
END_EN, END_ES = f"Call {{phone}}. {STOP_EN}", f"Llame al {{phone}}. {STOP_ES}"

TEXTS = {
    (TextKind.EVENING, EN): f"{{sender}}: You have an appointment {{day}} at {{time}}. {SAY_EN}",
    (TextKind.EVENING, ES): f"{{sender}}: Tiene una cita {{day}} a las {{time}}. {SAY_ES}",
    (TextKind.SOON, EN): f"{{sender}}: Your appointment is {{day}} at {{time}}. {SAY_EN}",
    (TextKind.SOON, ES): f"{{sender}}: Su cita es {{day}} a las {{time}}. {SAY_ES}",
    (TextKind.CHANGED, EN): f"{{sender}}: New time {{day}}: {{time}}. {SAY_EN}",
    (TextKind.CHANGED, ES): f"{{sender}}: Hora nueva {{day}}: a las {{time}}. {SAY_ES}",
    (TextKind.CALLED_OFF, EN): "{sender}: You have no appointment {day} after all.",
    (TextKind.CALLED_OFF, ES): "{sender}: Al final no tiene cita {day}.",
    (TextKind.WEEKLY, EN): "{sender}: Your appointments: {week}.",
    (TextKind.WEEKLY, ES): "{sender}: Sus citas: {week}.",
}
SUBJECTS = {
    (TextKind.EVENING, EN): "Your appointment {day}",
    (TextKind.EVENING, ES): "Su cita {day}",
    (TextKind.SOON, EN): "Your appointment {day}",
    (TextKind.SOON, ES): "Su cita {day}",
    (TextKind.CHANGED, EN): "A new time {day}",
    (TextKind.CHANGED, ES): "Hora nueva {day}",
    (TextKind.CALLED_OFF, EN): "No appointment {day}",
    (TextKind.CALLED_OFF, ES): "No tiene cita {day}",
    (TextKind.WEEKLY, EN): "Your appointments in the week ahead",
    (TextKind.WEEKLY, ES): "Sus citas de la próxima semana",
}
LETTERS = {
    (TextKind.EVENING, EN): "You have an appointment {day}, at {time} at our office.",
    (TextKind.EVENING, ES): "Tiene una cita {day}, a las {time}, en nuestra oficina.",
    (TextKind.SOON, EN): "Your appointment is {day}, at {time} at our office.",
    (TextKind.SOON, ES): "Su cita es {day}, a las {time}, en nuestra oficina.",
    (TextKind.CHANGED, EN): "The time has changed: your appointment is {day}, at {time}.",
    (TextKind.CHANGED, ES): "La hora cambió: su cita es {day}, a las {time}.",
    (TextKind.CALLED_OFF, EN): "You have no appointment {day} after all.",
    (TextKind.CALLED_OFF, ES): "Al final no tiene cita {day}.",
    (TextKind.WEEKLY, EN): "These are your appointments at our office:\n\n{week}",
    (TextKind.WEEKLY, ES): "Estas son sus citas en nuestra oficina:\n\n{week}",
}
COMING_EN = "Please tell us whether you are coming: {link}"
COMING_ES = "Díganos, por favor, si viene: {link}"
# Whoever is told that nothing takes place, or of a whole week, is not asked whether they come.
ASKED = (TextKind.EVENING, TextKind.SOON, TextKind.CHANGED)

RESPONSES = {
    (ResponseWords.STOPPED, EN): "You will get no more messages from us. START brings them back.",
    (ResponseWords.STOPPED, ES): "Ya no le enviaremos mensajes. START los trae de vuelta.",
    (ResponseWords.STARTED, EN): f"You will get our messages again. {STOP_EN}",
    (ResponseWords.STARTED, ES): f"Le enviaremos mensajes de nuevo. {STOP_ES}",
    (ResponseWords.HELP, EN): f"We send messages about your appointments. {CALL_EN} {STOP_EN}",
    (ResponseWords.HELP, ES): f"Enviamos mensajes sobre sus citas. Llame al {{phone}}. {STOP_ES}",
    (ResponseWords.THANKS, EN): "Thank you for letting us know.",
    (ResponseWords.THANKS, ES): "Gracias por avisarnos.",
    (ResponseWords.WHY, EN): (
        "Thank you. Why? 3 ill 4 work or school 5 no ride 6 children or family"
        " 7 another appointment 8 something else"
    ),
    (ResponseWords.WHY, ES): (
        "Gracias. ¿Motivo? 3 enfermedad 4 trabajo o escuela 5 sin transporte"
        " 6 hijos o familia 7 otra cita 8 otra cosa"
    ),
}
RESPONSE_SUBJECTS = {EN: "Your messages", ES: "Sus mensajes"}
# What {sender} stands for at a site that has no name for messages.
NOBODY = {EN: "Reminder", ES: "Recordatorio"}


def usual_words(kind: TextKind, channel: str, language: str) -> Words:
    """Return the words a message has where a program has none of its own."""
    key = (TextKind(kind), Language(language))
    is_english = language == EN
    if channel == Channel.SMS:
        return Words(f"{TEXTS[key]} {END_EN if is_english else END_ES}")
    asked = [COMING_EN if is_english else COMING_ES] if kind in ASKED else []
    paragraphs = [LETTERS[key], *asked, CALL_EN if is_english else CALL_ES]
    return Words("\n\n".join(paragraphs), SUBJECTS[key])


def response_words(words: ResponseWords, channel: str, language: str) -> Words:
    """Return what is said back to somebody who has replied."""
    body = RESPONSES[ResponseWords(words), Language(language)]
    if channel == Channel.SMS:
        return Words(f"{{sender}}: {body}")
    return Words(body, RESPONSE_SUBJECTS[Language(language)])


def everything_usual() -> Iterator[str]:
    """Yield every usual text, with its placeholders."""
    yield from NOBODY.values()
    for language in Language:
        for channel in Channel:
            for kind in TextKind:
                words = usual_words(kind, channel, language)
                yield f"{words.subject} {words.body}"
            for response in ResponseWords:
                words = response_words(response, channel, language)
                yield f"{words.subject} {words.body}"
