"""Placeholders: which there are, which must be there, and that nothing else is special."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reminders.models import TextKind
from reminders.wording.filling import (
    Placeholder,
    filled,
    may_say,
    missing_in,
    replaced,
    unknown_in,
)
from reminders.wording.usual import ASKED, usual_words

VALUES: dict[str, str] = {str(each): f"<{each}>" for each in Placeholder}


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("{day} at {time}", ()),
        ("{name}", ("{name}",)),
        ("{day.year} {day[0]} {day!r} {day:>9}", ("{day.year}", "{day[0]}", "{day!r}", "{day:>9}")),
        ("{ day }", ("{ day }",)),
        ("{Day}", ("{Day}",)),
        ("{}", ("{}",)),
        ("{0}", ("{0}",)),
        ("{{day}}", ("{", "}")),
        ("{day} {", ("{",)),
        ("} {time}", ("}",)),
        ("%(day)s $day", ()),
    ],
)
def test_what_cannot_be_filled_in(text, unknown):
    assert unknown_in(text, may_say(TextKind.EVENING)) == unknown


def test_format_strings_are_nothing_but_text():
    assert replaced("{day.__class__} {day!r} %s $day", VALUES) == "{day.__class__} {day!r} %s $day"
    assert replaced("{day}", {"day": "{time}", "time": "no"}) == "{time}"


@pytest.mark.parametrize(
    ("kind", "text", "missing"),
    [
        (TextKind.EVENING, "{day} {time}", ()),
        (TextKind.EVENING, "{day}", (Placeholder.TIME,)),
        (TextKind.CHANGED, "", (Placeholder.DAY, Placeholder.TIME)),
        (TextKind.CALLED_OFF, "no {day}", ()),
        (TextKind.WEEKLY, "{day}", (Placeholder.WEEK,)),
    ],
)
def test_what_is_missing(kind, text, missing):
    assert missing_in(text, kind) == missing


@pytest.mark.parametrize("kind", TextKind)
@pytest.mark.parametrize("channel", ["sms", "email"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_usual_words_keep_to_it(kind, channel, language):
    words = usual_words(kind, channel, language)
    assert unknown_in(words.body, may_say(kind)) == ()
    assert unknown_in(words.subject, may_say(kind, in_subject=True)) == ()
    assert missing_in(words.body, kind) == ()
    assert ("{link}" in words.body) is (channel == "email" and kind in ASKED)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("At {time}. Call {phone}. Bye!", "At <time>. Bye!"),
        ("At {time}.\n\nSay so: {link}\n\nCall {phone}.", "At <time>.\n\nSay so: <link>"),
        ("Call {phone}.\nAt {time}.", "At <time>."),
        ("Really? Call {phone}! Yes.", "Really? Yes."),
        # But when it is, is said whatever there is beside.
        ("{time}: {phone}", "<time>: "),
        ("Call {phone} or go to {clinic}", ""),
        ("A  b\n\n\n\nc", "A  b\n\nc"),
    ],
)
def test_a_sentence_without_its_value_is_left_out(text, said):
    assert filled(text, {**VALUES, "phone": ""}) == said


PIECES = st.sampled_from(["{day}", "{time}", "{phone}", "{link}", "word", "{", "}", "{x}", "1:30"])
SENTENCES = st.lists(st.lists(PIECES, min_size=1, max_size=3).map(" ".join), min_size=1, max_size=5)
EMPTY = st.sets(st.sampled_from(["phone", "link"]))


@settings(max_examples=60)
@given(SENTENCES, EMPTY)
def test_as_if_sentence_by_sentence(sentences: list[str], empty: set[str]):
    values = {name: "" if name in empty else value for name, value in VALUES.items()}
    kept = [
        each
        for each in sentences
        if "{day}" in each or "{time}" in each or not any(f"{{{name}}}" in each for name in empty)
    ]
    expected = ". ".join(kept)
    for name, value in values.items():
        expected = expected.replace(f"{{{name}}}", value)
    said = filled(". ".join(sentences) + ".", values)
    assert said == (f"{expected}." if kept else "")
