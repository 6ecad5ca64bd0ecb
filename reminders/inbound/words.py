"""The words by which a reply is understood, in English and Spanish, folded as texts are.

Folded: small letters, no accents, no apostrophes, one space between words.
"""

from __future__ import annotations

from reminders.models import AnswerReason


def _each(text: str) -> frozenset[str]:
    return frozenset(phrase.strip() for phrase in text.split(","))


# Said before or after what is meant, and no part of it.
POLITE = _each(
    "please, pls, plz, thanks, thank you, thx, sorry, hi, hello, hey, por favor, gracias, hola,"
    " lo siento, perdon, disculpe"
)
NOW = _each("now, right now, already, ya, ahora, ahora mismo")
WHEN = NOW | _each("today, tonight, tomorrow, hoy, manana, esta noche")

# --- no more messages -------------------------------------------------------------------------

# Each alone. 47 CFR 64.1200(a)(10) names stop, quit, end, revoke, opt out, cancel, unsubscribe.
STOP = _each(
    "stop, stop all, stopall, quit, end, revoke, opt out, optout, cancel, unsubscribe, remove,"
    " remove me, take me off, delete me, dont send, no more, alto, parar, pare, paren, para, basta,"
    " detener, detenga, detente, cancelar, cancele, cancela, salir, terminar, no mas, baja,"
    " dar de baja, darme de baja, anular, anule, desuscribir, desuscribirme"
)
# A sentence that begins so asks for the same: the rule says *any reasonable means*.
STOP_AT_FIRST = _each(
    "stop, stop all, stopall, unsubscribe, opt out, opt me out, optout, revoke, leave me alone,"
    " dont text, do not text, dont message, do not message, dont contact, do not contact,"
    " remove me from this, remove me from your, take me off this, take me off your,"
    " alto, parar, pare, paren, basta, dar de baja, darme de baja, desuscribir, desuscribirme,"
    " no me escriba, no me escriban, no me contacte, no me contacten, ya no me escriban"
)
# These may be about an appointment, or a life: they need a word of messages after them.
STOP_WITH_MESSAGES = _each(
    "quit, end, cancel, no more, remove me, take me off, delete me, i want to stop,"
    " i dont want any, i do not want any, i dont want more, i do not want more, i dont want these,"
    " i do not want these, dont send, do not send, dont write, do not write,"
    " cancelar, cancele, cancela, terminar, anular, anule, detener, detenga, baja, no mas,"
    " quiero parar, no quiero mas, no quiero recibir, no quiero sus, no quiero estos, no mande,"
    " no manden, no envie, no envien, no me mande, no me manden, no me envie, no me envien,"
    " no me manden mas, dejen de, deje de, quiteme, quitenme"
)
MESSAGES = _each(
    "text, texts, texting, message, messages, messaging, sms, reminder, reminders, notification,"
    " notifications, contacting, bothering, subscription, mensaje, mensajes, texto, textos,"
    " recordatorio, recordatorios, notificacion, notificaciones, suscripcion, escribir, escribirme,"
    " mandarme, enviarme, contactarme, molestarme, textearme"
)
# Dropping in is no wish for silence.
NO_STOP = _each("stop by, stop in, stop over, stop at, stop for, stop off, parar en, parar por")
# Before the wish itself.
ASKING = _each(
    "ok, okay, yes, si, just, i said, can you, could you, would you, will you, can you please,"
    " could you please, would you please, puede, pueden, puedes, podria, podrian"
)

# --- messages again, and help -----------------------------------------------------------------

START = _each(
    "start, unstop, resume, subscribe, resubscribe, opt in, optin, iniciar, comenzar, empezar,"
    " reanudar, suscribir, suscribirme"
)
# Alone, and without a please: who writes more about help needs a person.
HELP = _each("help, info, ayuda, informacion")

# --- coming or not ----------------------------------------------------------------------------

COMING = _each(
    "1, one, uno, yes, y, yeah, yep, yup, yes i am, yes i will, yes i can, yes i will be there,"
    " yes ill be there, coming, i am coming, im coming, yes i am coming, yes im coming,"
    " i will come, ill come, i can come, i will be there, ill be there, will be there, be there,"
    " on my way, im on my way, confirm, confirmed, i confirm, see you, see you there, see you then,"
    " attending, i will attend, ill attend, si, si voy, voy, si puedo, alli estare, ahi estare,"
    " estare ahi, estare alli, voy a ir, ire, si ire, asistire, si asistire, confirmo, si confirmo,"
    " confirmado, confirmada, claro, claro que si"
)
# Yes to a reminder, but no answer to the question why not.
JUST_OK = _each("ok, okay, k, kk, okey, vale, bueno, esta bien, de acuerdo, \N{THUMBS UP SIGN}")

JUST_NO = _each("no, nope, n, nah")
# After these a reason may follow at once; the others would change their meaning with it.
WHOLE_NO = _each(
    "2, two, dos, not coming, cant come, cannot come, can not come, i cant come, i cannot come,"
    " i can not come, no i cant come, cant make it, cannot make it, can not make it,"
    " i cant make it, i cannot make it, i can not make it, wont make it, i wont make it,"
    " i will not make it, wont be there, i wont be there, i will not be there, im not coming,"
    " i am not coming, wont come, i wont come, i will not come, unable to come, unable to make it,"
    " im unable to come, i am unable to come, cant attend, cannot attend, i cant attend,"
    " i cannot attend, no puedo ir, no puedo venir, no puedo asistir, no podre ir,"
    " no podre asistir, no voy a ir, no voy a poder ir"
)
NOT_COMING = (
    JUST_NO
    | WHOLE_NO
    | _each(
        "no i cant, no i cannot, no i can not, i cant, i cannot, i can not, not going,"
        " im not going, i am not going, no puedo, no podre, no voy, no voy a poder, no ire,"
        " no vengo, no asistire"
    )
)

# --- why not ----------------------------------------------------------------------------------

# Between a plain no and its reason; `no estoy enfermo` says the opposite, so estoy is not here.
AFTER_NO = _each(
    "because, because of, bc, cause, its, i am, im, i have, ive got, i got, porque, por"
)
BECAUSE = AFTER_NO | _each(
    "since, due to, i feel, i have to go to, i need to go to, estoy, me siento, tengo, es que"
)
ARTICLES = _each("a, an, the, my, at, in, un, una, mi, mis, el, la, los, en")
REASONS: dict[AnswerReason, frozenset[str]] = {
    AnswerReason.ILL: _each(
        "ill, sick, illness, not well, not feeling well, unwell, fever, flu, covid, cold,"
        " enfermo, enferma, enfermedad, mal, fiebre, gripe, gripa, resfriado, resfriada"
    ),
    AnswerReason.WORK: _each(
        "work, working, job, school, class, work or school, i have to work, i need to work,"
        " trabajo, trabajando, tengo que trabajar, escuela, clase, clases, trabajo o escuela"
    ),
    AnswerReason.RIDE: _each(
        "ride, no ride, car, no car, bus, no bus, transport, transportation, no transportation,"
        " car trouble, no way to get there, i have no ride, i have no car, i dont have a ride,"
        " i dont have a car, transporte, sin transporte, no tengo transporte, carro, sin carro,"
        " no tengo carro, no tengo como llegar"
    ),
    AnswerReason.FAMILY: _each(
        "family, kid, kids, child, children, childcare, child care, babysitter, no babysitter,"
        " no childcare, baby, children or family, familia, hijo, hija, hijos, ninos, bebe, ninera,"
        " hijos o familia, ninos o familia"
    ),
    AnswerReason.OTHER_DATE: _each(
        "appointment, another appointment, other appointment, doctor, doctors, doctors appointment,"
        " dentist, court, cita, otra cita, medico, doctora, dentista, corte"
    ),
    AnswerReason.OTHER: _each("other, something else, otro, otra, otra cosa, otra razon"),
}
# The short list of a message goes on counting after 1 and 2.
NUMBERED = {str(number): reason for number, reason in enumerate(AnswerReason, 3)}
