"""What changed between two texts, whether lessons need each other in a circle, plain pages."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from curriculum.handouts.markup import BlockKind, blocks_of
from curriculum.library.circles import circle_with
from curriculum.library.differences import (
    Change,
    Piece,
    entries_changed,
    is_change,
    words_changed,
)

TEXTS = st.text(alphabet="ab \n\t.é", max_size=60)
LETTERS = st.sampled_from("abcdef")
NEEDS = st.dictionaries(LETTERS, st.frozensets(LETTERS, max_size=3), max_size=6)
LINES = st.sampled_from(["", "  ", "# Head", "- point", "* star", "___", "______", "words", "#no"])


def of(pieces: tuple[Piece, ...], *changes: Change) -> str:
    return "".join(each.text for each in pieces if each.change in changes)


@given(TEXTS, TEXTS)
@example("", "")
@example("", "all new")
@example("all gone", "")
@example("one two", "one  two")
def test_the_pieces_make_up_both_texts(before: str, after: str):
    pieces = words_changed(before, after)
    assert of(pieces, Change.SAME, Change.REMOVED) == before
    assert of(pieces, Change.SAME, Change.ADDED) == after
    assert is_change(pieces) == (before != after)
    assert all(each.text for each in pieces)


def test_words_are_marked_and_not_letters():
    pieces = words_changed("Name three triggers. Breathe.", "Name four triggers. Breathe.")
    assert [(each.change.value, each.text) for each in pieces] == [
        ("same", "Name "),
        ("removed", "three "),
        ("added", "four "),
        ("same", "triggers. Breathe."),
    ]


def test_a_very_long_text_is_compared_by_line():
    before = "the same words on and on\n" * 2_000
    pieces = words_changed(before, before + "and a last line")
    assert [each.text for each in pieces if each.is_added] == ["and a last line"]


@given(st.lists(LETTERS, max_size=6), st.lists(LETTERS, max_size=6))
def test_lists_are_held_against_each_other_by_entry(before: list[str], after: list[str]):
    pieces = entries_changed(before, after)
    assert [each.text for each in pieces if not each.is_added] == before
    assert [each.text for each in pieces if not each.is_removed] == after


def reached(needs: dict[str, frozenset[str]], start: str) -> set[str]:
    """Everything a lesson needs in the end: as many rounds as there are letters."""
    found = {start}
    for _ in range(6):
        found |= {each for one in found for each in needs.get(one, ())}
    return found


@given(NEEDS, LETTERS, LETTERS)
def test_a_circle_is_found_where_one_leads_back(
    needs: dict[str, frozenset[str]], lesson: str, other: str
):
    circle = circle_with(needs, lesson, other)
    assert bool(circle) == (lesson in reached(needs, other))
    if circle:
        assert circle[0] == circle[-1] == lesson
        assert circle[1] == other
        with_it = {**needs, lesson: needs.get(lesson, frozenset()) | {other}}
        assert all(following in with_it.get(each, ()) for each, following in pairwise(circle))


@given(st.lists(LINES, max_size=12))
def test_no_word_of_a_page_is_lost(lines: list[str]):
    text = "\n".join(lines)
    said = [line for block in blocks_of(text) for line in block.lines if line]
    marks = {"# Head": "Head", "- point": "point", "* star": "star"}
    written = [marks.get(line, line) for line in lines if line.strip() and "___" not in line]
    assert said == written
    drawn = [each for each in blocks_of(text) if each.kind is BlockKind.LINES]
    assert sum(len(each.lines) for each in drawn) == sum("___" in line for line in lines)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("", []),
        ("# My week\n\n- Monday\n- Tuesday\n___\n___", ["heading", "points", "lines"]),
        ("One\nline\n\nAnother", ["paragraph", "paragraph"]),
        ("# One\n# Two", ["heading", "heading"]),
    ],
)
def test_a_page_is_made_of_pieces(text: str, kinds: list[str]):
    assert [each.kind.value for each in blocks_of(text)] == kinds
