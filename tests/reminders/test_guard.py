"""No message says what the appointment is, however the word is written."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reminders.wording.filling import Placeholder, replaced
from reminders.wording.folding import atoms
from reminders.wording.guard import (
    Reveals,
    everyday,
    names_at,
    refuse_words,
    refused_words,
    squeezed_names,
)
from reminders.wording.refused import BEGINNINGS, LISTED, WHOLE
from reminders.wording.usual import everything_usual
from tests import build


@pytest.mark.parametrize(
    "text",
    [
        "See you in treatment",
        "THERAPY!",
        "terapía",
        "Grupo de mañana",
        "your group's room",
        "Sessions begin at 5",
        "sesión",
        "t r e a t m e n t",
        "t.r.e.a.t.m.e.n.t",
        "t-r-e-a-t-m-e-n-t-s",
        "treat-ments",
        "treat\u200bment",
        "treat\u00adment",
        "tr\u2060eatment",
        "trea\u3164tment",
        "t\u0336r\u0336e\u0336a\u0336t\u0336m\u0336e\u0336n\u0336t",
        "ｔｒｅａｔｍｅｎｔ",
        "𝐭𝐫𝐞𝐚𝐭𝐦𝐞𝐧𝐭",
        # Cyrillic letters.
        "tr\u0435\u0430tment",
        "treatment_today",
        "(treatment)",
        "drug/alcohol",
        "I.O.P. at 5",
        "I O P",
        "iop",
        "your counselor",
        "diagnosis",
        "diagnóstico",
        "sobriety",
        "rehab",
        "our patients",
        "pacientes",
        "mental health",
        "salud mental",
        "The Prairie Cl\u00ednical",
        "programa",
        "detoxification",
    ],
)
def test_refused(text: str):
    assert refused_words(text)
    with pytest.raises(Reveals):
        refuse_words(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Appointment desk",
        "Harbor Street office",
        "See you tomorrow, Tuesday, at 5:30 PM. Call (402) 555-0100.",
        "Saludos. Su cita está programada para mañana.",
        "The drive is long; a rape whistle, the rapid bus",
        "We depart at 8. Thanks for your patience!",
        "Te rápido aviso",
        "$5 & 10% off: ok?",
    ],
)
def test_let_through(text: str):
    assert refused_words(text) == ()


def test_the_exception_keeps_silent():
    with pytest.raises(Reveals) as caught:
        refuse_words("Therapy with a group")
    assert str(caught.value) == "2 refused words"
    assert caught.value.words == ("therapy", "group")


def test_no_usual_word_is_refused():
    for text in everything_usual():
        assert refused_words(replaced(text, dict.fromkeys(Placeholder, "-"))) == ()
    for word in everyday():
        assert refused_words(word) == (), word


def test_the_list_is_written_as_it_is_read():
    for word in LISTED:
        assert atoms(word) == [word.removesuffix("*")]


# --- names ------------------------------------------------------------------------------------


@pytest.mark.django_db
class TestNames:
    def test_of_the_site(self, clinic, site, program, django_assert_num_queries):
        build.a_group(program, name="Seeds of Change")
        build.a_group(build.a_program(build.a_site()), name="Elsewhere")
        with django_assert_num_queries(1):
            names = names_at(site)
        assert refused_words("Seeds of change at 5", names)
        assert refused_words("seeds-of-change", names)
        assert refused_words("SeedsOfChange", names)
        assert refused_words("S e e d s  of Change", names)
        assert refused_words("the Evening-IOP".replace("IOP", "Hours"), names) == ()
        assert refused_words(f"At {site.name}", names)
        assert refused_words(f"From {clinic.name}", names)
        assert refused_words(program.code.upper(), names)
        assert refused_words("Elsewhere", names) == ()

    def test_many_groups_take_one_statement(self, site, program, django_assert_num_queries):
        for _number in range(3):
            build.a_group(program)
        with django_assert_num_queries(1):
            names_at(site)


@pytest.mark.parametrize(
    "name", ["Will", "may", "Monday", "Tomorrow at", "3", "5 30", "A", "", "-"]
)
def test_names_in_everyday_words_are_no_names(name: str):
    """Else nobody who is called Will could be told that they will get no more messages."""
    assert squeezed_names([name]) == frozenset()


@pytest.mark.parametrize("name", ["María", "MARIA", "m a r i a", "Maria's", "¡María!"])
def test_names_are_found_as_words_are(name: str):
    assert refused_words(f"Hello {name}, see you", squeezed_names(["Maria"]))


def test_a_name_within_a_word_is_none():
    assert refused_words("See you on the marina", squeezed_names(["Mari", "Rina"])) == ()


# --- whatever it is written in ----------------------------------------------------------------

ENDINGS = {each: st.sampled_from(["", "s", "ing", "o"]) for each in BEGINNINGS}
WORDS = st.sampled_from(sorted(WHOLE)) | st.sampled_from(BEGINNINGS).flatmap(
    lambda begins: ENDINGS[begins].map(lambda ends: begins + ends)
)
PLAIN = st.lists(
    st.sampled_from(["you", "have", "a", "5:30", "PM", "{day}", "mañana", "call", "ok!", "(402)"]),
    max_size=6,
).map(" ".join)
GAPS = st.sampled_from(["", "\u200b", "\u00ad", ".", "-", "*", "\u0301"])
AROUND = st.sampled_from([" ", "\n", "\t", "... ", "\u00a0", "; "])


@settings(max_examples=60)
@given(before=PLAIN, word=WORDS, after=PLAIN, gap=GAPS, around=AROUND, loud=st.booleans())
@example(before="", word="iop", after="", gap="", around=" ", loud=True)
@example(before="a", word="therapy", after="a", gap="-", around=" ", loud=False)
def test_a_refused_word_anywhere_is_refused(before, word, after, gap, around, loud):
    written = gap.join(word.upper() if loud else word)
    assert refused_words(f"{before}{around}{written}{around}{after}")


@settings(max_examples=60)
@given(before=PLAIN, word=st.sampled_from(sorted(WHOLE)), after=PLAIN)
def test_spelled_out_is_refused(before, word, after):
    assert refused_words(f"{before} {' '.join(word)} {after}")


@settings(max_examples=60)
@given(PLAIN, PLAIN)
def test_everyday_words_in_any_order_are_not(one, other):
    assert refused_words(f"{one} {other}") == ()
