"""How long a text message is, as phones count."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reminders.wording.gsm7 import BASIC, EXTENDED, beyond_gsm7, places, room, segments

SPANISH_IN, SPANISH_OUT = "ñéü¿¡Ñà", "áíóúÁ"


@pytest.mark.parametrize(
    ("text", "taken", "has", "count"),
    [
        ("", 0, 160, 0),
        ("a", 1, 160, 1),
        ("a" * 160, 160, 160, 1),
        ("a" * 161, 161, 160, 2),
        ("a" * 306, 306, 160, 2),
        ("a" * 307, 307, 160, 3),
        ("€" * 80, 160, 160, 1),
        ("€" * 81, 162, 160, 2),
        # An escape and its sign stay together: 76 pairs and one place left over.
        ("€" * 152, 304, 160, 2),
        ("€" * 153, 306, 160, 3),
        ("á" * 70, 70, 70, 1),
        ("á" * 71, 71, 70, 2),
        ("á" * 134, 134, 70, 2),
        ("á" * 135, 135, 70, 3),
        ("😀" * 35, 70, 70, 1),
        ("😀" * 36, 72, 70, 2),
        ("😀" * 67, 134, 70, 3),
    ],
)
def test_places_and_segments(text, taken, has, count):
    assert (places(text), room(text), segments(text)) == (taken, has, count)


def test_which_spanish_letters_phones_have():
    assert beyond_gsm7(SPANISH_IN) == ()
    assert beyond_gsm7(SPANISH_OUT + "á") == tuple(SPANISH_OUT)


def test_the_alphabet_is_whole():
    """3GPP TS 23.038: 128 places, one of them the escape; and ten more signs behind it."""
    assert len(BASIC) == 127
    assert len(EXTENDED) == 10
    assert not BASIC & EXTENDED


SIGNS = st.sampled_from("aZ9 ñ€{~á😀\n")


@settings(max_examples=60)
@given(st.lists(SIGNS, max_size=400).map("".join))
@example("€" * 153)
@example("a" * 152 + "€" + "a" * 10)
def test_as_if_cut_by_hand(text: str):
    """Cut off as much as goes into one message, again and again."""
    in_unicode = any(sign in "á😀" for sign in text)
    sizes = {"€": 2, "{": 2, "~": 2} if not in_unicode else {"😀": 2}
    lengths = [sizes.get(sign, 1) for sign in text]
    assert places(text) == sum(lengths)
    alone, each = (70, 67) if in_unicode else (160, 153)
    expected = 0
    if text and sum(lengths) <= alone:
        expected = 1
    else:
        while lengths:
            taken = max(n for n in range(1, len(lengths) + 1) if sum(lengths[:n]) <= each)
            lengths = lengths[taken:]
            expected += 1
    assert segments(text) == expected
