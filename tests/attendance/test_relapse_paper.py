"""A plan on one printed page: what it says in each language, and that one page always holds it."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pytest
from django.utils import translation
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from attendance.relapse.content import TEXTS, Contact, PlanContent, Situation
from attendance.relapse.paper import Card, pdf_of, too_long
from attendance.relapse.sections import (
    ANSWER_LETTERS,
    MOST_CONTACTS,
    MOST_SITUATIONS,
    NAME_LETTERS,
    RELATION_LETTERS,
    SITUATION_LETTERS,
    TEXT_LETTERS,
    TEXT_LINES,
)
from tests import build
from tests.attendance.relapse import WHOLE

LETTERS = st.one_of(
    st.sampled_from(["W", "i", "word ", "Ñandú ", "m\n", "Mi hija, mi trabajo. "]),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=6),
)


def text(most: int, lines: int = 1) -> st.SearchStrategy[str]:
    """Texts up to the longest that a box takes, made of one stem."""
    return st.builds(
        lambda stem, count: _cut(stem * count, most, lines), LETTERS, st.integers(0, most)
    )


def _cut(whole: str, most: int, lines: int) -> str:
    return "\n".join(whole[:most].split("\n")[:lines]).strip()


def each_text(said: str) -> dict[str, Any]:
    return dict.fromkeys(TEXTS, said)


PLANS = st.builds(
    PlanContent,
    **dict.fromkeys(TEXTS, text(TEXT_LETTERS, TEXT_LINES)),
    situations=st.lists(
        st.builds(Situation, text(SITUATION_LETTERS), *[text(ANSWER_LETTERS)] * 4),
        max_size=MOST_SITUATIONS,
    ).map(tuple),
    contacts=st.lists(
        st.builds(
            Contact,
            text(NAME_LETTERS),
            text(RELATION_LETTERS),
            st.just("(402) 555-0100 ext. 12345"),
        ),
        max_size=MOST_CONTACTS,
    ).map(tuple),
)
SENTENCE = "I feel lonely on a Sunday evening, and think that one will not hurt me. " * 8
LONGEST = PlanContent(
    **each_text(SENTENCE[:TEXT_LETTERS]),
    situations=(Situation(SENTENCE[:100], *[SENTENCE[:ANSWER_LETTERS]] * 4),) * MOST_SITUATIONS,
    contacts=(Contact(SENTENCE[:60], SENTENCE[:40], "(402) 555-0100"),) * MOST_CONTACTS,
)
EVERY_LINE = replace(LONGEST, **each_text("\n".join(["a point of some words"] * TEXT_LINES)))


def card(content: PlanContent, name: str = "Zo") -> Card:
    return Card(name, 2, build.on("2026-11-25"), content, build.NOW)


def words_of(content: bytes) -> tuple[int, str]:
    """Return how many pages there are, and their words."""
    pages = PdfReader(io.BytesIO(content)).pages
    said = " ".join(" ".join(page.extract_text() for page in pages).split())
    return len(pages), said.replace("\N{NO-BREAK SPACE}", " ")


@settings(max_examples=40)
@given(PLANS)
@example(LONGEST)
@example(EVERY_LINE)
@example(PlanContent())
def test_it_fits_on_one_page_or_says_what_to_shorten(plan: PlanContent):
    shorten = too_long(plan)
    if shorten:
        assert 1 <= len(shorten) <= 3
    else:
        for language in ("en", "es"):
            assert words_of(pdf_of(card(plan, "W" * 80), language=language))[0] == 1


@pytest.mark.parametrize("plan", [LONGEST, EVERY_LINE, WHOLE])
def test_ordinary_sentences_up_to_every_limit_fit(plan: PlanContent):
    assert too_long(plan) == ()


def test_too_much_names_the_longest_sections():
    wide = "W" * ANSWER_LETTERS
    plan = replace(
        LONGEST,
        **each_text("\n".join(["W" * 62] * TEXT_LINES)),
        situations=(Situation("W" * 100, *[wide] * 4),) * MOST_SITUATIONS,
    )
    assert too_long(plan)[0] == "High-risk situations"


def test_what_it_says():
    pages, said = words_of(pdf_of(card(WHOLE), language="en"))
    assert pages == 1
    for words in (
        *("My relapse prevention plan", "Zo", "call or text 988", "text AYUDA to 988"),
        *("My daughter", "My work", "Payday", "Cousin's wedding", "Hold a soda", "My own car"),
        *("Jo (My aunt): (402) 555-0100", "Leave. Call Jo.", "Dec 9, 2026", "Version 2"),
    ):
        assert words in said, words
    for secret in ("Prairie", "Clinic", "IOP"):
        assert secret not in said


def test_its_headings_follow_the_language_and_the_words_do_not():
    with translation.override("en"):
        said = words_of(pdf_of(card(WHOLE), language="es"))[1]
    with translation.override("es"):
        heading = translation.gettext("My relapse prevention plan")
    assert heading in said
    assert "My daughter" in said
    assert "988" in said
    assert "diciembre" in said


def test_an_empty_plan_has_room_to_write():
    pages, said = words_of(pdf_of(card(PlanContent()), language="en"))
    assert pages == 1
    assert "Early warning signs" in said
