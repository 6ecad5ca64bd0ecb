"""What a text means: tables of cases in people's own words, and a property over how they type."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reminders.inbound.understanding import fold, understand
from reminders.models import AnswerReason, Meaning

STOP = """
STOP|stop|Stop.|STOP!!|"stop"|S.T.O.P.|s t o p|STOP ALL|stopall|Quit|end|REVOKE|opt out|opt-out
OPTOUT|cancel|Cancel please|UNSUBSCRIBE|unsubscribe me|please stop|Stop now|stop texting me
STOP IT|stop\u200b|Stop sending me these|can you please stop texting me|ok stop|leave me alone
Don\u2019t text me|do not contact me again|no more texts please|cancel my text messages
quit texting|take me off your list|remove me|i said stop|i want to stop these messages
I don't want any more messages|ALTO|parar|PARE|pare ya|basta|Ya basta|cancelar|SALIR|terminar
NO M\u00c1S|no mas|no m\u00e1s mensajes|Baja|dar de baja|Quiero parar los mensajes|ANULAR
detener|por favor no me escriban|no me manden m\u00e1s mensajes|dejen de escribirme
no quiero m\u00e1s mensajes
"""
NOT_STOP = """
I can't stop by today|can you stop by|Stop by the office?|I will stop by at 5|don't stop
cancel today|cancel my appointment|Cancel my 5:30|quit drinking 3 days ago
The end of the day works|end of the week?|no cancelar|salir temprano|baja la m\u00fasica
no m\u00e1s puedo a las 6|I don't want to miss messages|nonstop|stops|bus stop
my bus doesn't stop here|take me off the list for today|parar en la oficina
"""
START = "START|start|Start!|UNSTOP|resume|opt in|INICIAR|comenzar|Empezar por favor"
HELP = "HELP|help!|Info|AYUDA|informaci\u00f3n"
COMING = """
1| 1 |1.|1)|"1"|#1|1\ufe0f\u20e3|\uff11|one|uno|YES|yes|y|Yes!|Yes, thank you|si|S\u00ed|S\u00cd
s\u00ed, gracias|coming|I'm coming|I am coming|yes im coming|I\u2019ll be there|On my way|voy
s\u00ed voy|Ah\u00ed estar\u00e9|confirmo|Confirmed|ok|Okay thanks|\U0001f44d
\U0001f44d\U0001f3fd|see you there|I will come tomorrow
"""
NOT_COMING = """
2|2.|2\ufe0f\u20e3|two|NO|no thanks|Nope|I can't come|cant come|can\u00b4t come today
cannot make it|Not coming|I won\u2019t be there|I can\u2019t|no puedo|No puedo ir hoy|no voy
no podr\u00e9 ir|lo siento, no puedo venir|Sorry, can't make it tonight
"""
WHY_AT_ONCE = {
    "2 sick": "ill",
    "2, I'm ill": "ill",
    "Can't come, I am sick": "ill",
    "no puedo, estoy enferma": "ill",
    "No, I have work": "work",
    "no because my kids": "family",
    "I can't make it, no ride": "ride",
    "can't come today doctor's appointment": "other_date",
    "No puedo ir, tengo que trabajar": "work",
}
# What is close to an answer, and something else.
NEITHER = """
no work today|no estoy enfermo|no tengo trabajo|I can't work today|I can't wait|no puedo esperar
yes but late|1 but I will be late|1 2|12|1.5|0|9|3|8|no problem|no I am coming|maybe|what time?
help me|please help|help me please|I need help|tomorrow|please|thanks|ill|sick|ok?? what
no voy a clase|2 or 3|why do you ask|I am not going to work|\u00bfQu\u00e9?|\u2026||   |\u200b
my mother died
"""


def said(table: str) -> list[str]:
    return [text for line in table.strip("\n").splitlines() for text in line.split("|")]


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        *((text, Meaning.STOP) for text in said(STOP)),
        *((text, Meaning.START) for text in said(START)),
        *((text, Meaning.HELP) for text in said(HELP)),
        *((text, Meaning.COMING) for text in said(COMING)),
        *((text, Meaning.NOT_COMING) for text in said(NOT_COMING)),
        *((text, Meaning.UNCLEAR) for text in said(NEITHER)),
    ],
)
def test_what_people_write(text: str, meaning: Meaning):
    found = understand(text)
    assert (found.meaning, found.reason) == (meaning, None)


@pytest.mark.parametrize("text", said(NOT_STOP))
def test_what_is_no_wish_for_silence(text: str):
    assert understand(text).meaning != Meaning.STOP
    assert understand(text, may_say_why=True).meaning != Meaning.STOP


@pytest.mark.parametrize("text", said(STOP))
def test_stop_is_a_stop_whatever_was_asked(text: str):
    assert understand(text, may_say_why=True).meaning == Meaning.STOP


@pytest.mark.parametrize(("text", "reason"), WHY_AT_ONCE.items())
def test_a_no_may_bring_its_reason(text: str, reason: str):
    found = understand(text)
    assert (found.meaning, found.reason) == (Meaning.NOT_COMING, reason)


REASONS = {
    "3": "ill",
    "4.": "work",
    "5": "ride",
    " 6 ": "family",
    "7": "other_date",
    "8": "other",
    "sick": "ill",
    "I'm sick": "ill",
    "porque estoy enfermo": "ill",
    "Mal": "ill",
    "work": "work",
    "I have to work": "work",
    "escuela": "work",
    "No ride": "ride",
    "my car": "ride",
    "no tengo carro": "ride",
    "my kids": "family",
    "mis hijos": "family",
    "I have a doctor's appointment": "other_date",
    "otra cita": "other_date",
    "something else": "other",
}


@pytest.mark.parametrize(("text", "reason"), REASONS.items())
def test_a_reason_counts_only_after_a_no(text: str, reason: str):
    found = understand(text, may_say_why=True)
    assert (found.meaning, found.reason) == (Meaning.WHY, AnswerReason(reason))
    assert understand(text).meaning == Meaning.UNCLEAR


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("1", Meaning.COMING),
        ("yes", Meaning.COMING),
        ("2", Meaning.NOT_COMING),
        ("ok", Meaning.UNCLEAR),
        ("9", Meaning.UNCLEAR),
        ("no estoy enfermo", Meaning.UNCLEAR),
        ("7 pm", Meaning.UNCLEAR),
        ("help", Meaning.HELP),
    ],
)
def test_after_a_no_everything_else_means_what_it_did(text: str, meaning: Meaning):
    assert understand(text, may_say_why=True).meaning == meaning


def test_the_numbers_go_on_in_the_order_of_the_list():
    numbered = {str(n): reason for n, reason in enumerate(AnswerReason, 3)}
    assert len(numbered) == 6
    for number, reason in numbered.items():
        assert understand(number, may_say_why=True).reason == reason


def test_a_very_long_text_is_read_in_no_time():
    assert understand("stop " * 100_000).meaning == Meaning.STOP
    assert understand("please " * 100_000 + "because " * 1_000).meaning == Meaning.UNCLEAR


# The words of 47 CFR 64.1200(a)(10) and the Spanish ones, as a list of its own.
STOPS = "stop,quit,end,revoke,opt out,optout,cancel,unsubscribe,stop all,stopall,alto,parar,pare"
STOPS += ",basta,cancelar,salir,terminar,no mas,baja,dar de baja,anular"
KEYWORDS = {
    **dict.fromkeys(STOPS.split(","), Meaning.STOP),
    **dict.fromkeys(["start", "unstop", "iniciar", "comenzar", "empezar"], Meaning.START),
    **dict.fromkeys(["help", "info", "ayuda"], Meaning.HELP),
    **dict.fromkeys(["1", "yes", "si", "coming", "voy"], Meaning.COMING),
    **dict.fromkeys(["2", "no", "cant come", "no puedo"], Meaning.NOT_COMING),
}
ACCENTS = {"a": "á", "e": "é", "i": "í", "o": "ó", "u": "ú"}
NOISE = st.text(alphabet=" .,!?\n\t\"'*()-\u00a0\u200b\u2026", max_size=4)


@st.composite
def typed(draw) -> tuple[str, str]:
    """Draw a keyword, and the same as a thumb might type it."""
    word = draw(st.sampled_from(sorted(KEYWORDS)))
    letters = [
        draw(st.sampled_from([each, each.upper(), ACCENTS.get(each, each)])) for each in word
    ]
    spaced = "".join(draw(st.sampled_from([" ", "  ", "-"])) if c == " " else c for c in letters)
    form = draw(st.sampled_from(["NFC", "NFD", "NFKC"]))
    return word, draw(NOISE) + unicodedata.normalize(form, spaced) + draw(NOISE)


@given(typed())
@example(("stop", "STOP"))
@example(("no mas", "NO MÁS."))
@settings(max_examples=60)
def test_a_keyword_is_known_in_any_case_with_any_accent_and_any_mark(drawn: tuple[str, str]):
    word, text = drawn
    assert understand(text).meaning == KEYWORDS[word]
    assert fold(text) == word


@given(st.text(max_size=40), st.booleans())
@settings(max_examples=60)
def test_whatever_comes_is_read_as_something(text: str, may_say_why: bool):
    found = understand(text, may_say_why=may_say_why)
    assert found.meaning in set(Meaning) - {Meaning.STRANGER}
    assert (found.meaning == Meaning.WHY) <= may_say_why
    if found.reason:
        assert found.meaning in (Meaning.WHY, Meaning.NOT_COMING)
    assert understand(fold(text), may_say_why=may_say_why).meaning == found.meaning
