"""Paper to write on: lines as wide as they may be, pages that turn, texts that are kept whole."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from attendance.papers.content import Column, Content, Fact, Section, Table
from attendance.papers.line_breaks import broken
from attendance.papers.setting import pdf_of
from tests.attendance.papers import pages_of

NOON = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
NARROW = "il.,'"


def measure(text: str) -> float:
    """Some letters are half as wide as the others."""
    return sum(0.5 if each in NARROW else 1.0 for each in text)


@given(text=st.text("abil '.", max_size=80), width=st.integers(1, 12))
@example(text="", width=1)
@example(text="aaaa", width=4)
@example(text="aaaaa", width=4)
@example(text="aa aa", width=5)
def test_lines_hold_every_word_and_no_more_than_fits(text: str, width: int) -> None:
    lines = broken(text, width, measure)
    assert all(measure(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == "".join(text.split())
    words = text.split()
    if all(measure(word) <= width for word in words):
        assert " ".join(lines).split() == words
    # No line could take the next one's first word as well, unless that word was broken.
    for line, after in pairwise(lines):
        first = after.split()[0]
        assert measure(f"{line} {first}") > width or first not in words


def a_content(*sections: Section, loud: str = "", name: str = "") -> Content:
    return Content(
        title="Session record",
        clinic="Prairie Clinic",
        program="Evening IOP",
        about="Core · Mon, Nov 23, 2026",
        name=name,
        loud=loud,
        facts=(),
        sections=sections,
        made="Printed by Fay Marlow",
        made_at=NOON,
        notice="42 CFR part 2",
    )


@pytest.mark.parametrize("lines", [30, 44, 45, 46, 47, 48, 120])
def test_every_line_of_a_long_text_is_there_once_and_in_order(lines: int) -> None:
    text = "\n".join(f"line{number:03}" for number in range(lines))
    section = Section("Own part", facts=(Fact("Response", text), Fact("Plan", "go on")))
    pages = pages_of(pdf_of(a_content(section, loud="Not signed")))
    found = [word for page in pages for word in page.split() if word.startswith("line")]
    assert found == text.split()
    assert all("Not signed" in page for page in pages)
    assert [f"Page {n} of {len(pages)}" in page for n, page in enumerate(pages, 1)] == [
        True for _page in pages
    ]


def test_the_headings_of_a_table_are_on_each_of_its_pages() -> None:
    columns = (Column("Name", 60), Column("Mark", 60))
    rows = tuple((f"Name{number}", "Present") for number in range(90))
    pages = pages_of(pdf_of(a_content(Section("Attendance", table=Table(columns, rows)))))
    assert len(pages) >= 3
    assert all("Name Mark Name" in page for page in pages)
    assert sum(page.count("Present") for page in pages) == 90


def test_a_heading_never_ends_a_page() -> None:
    for count in range(36, 50):
        facts = tuple(Fact("Term", "text") for _number in range(count))
        sections = (Section("First", facts=facts), Section("Second", facts=facts[:2]))
        pages = pages_of(pdf_of(a_content(*sections)))
        page = next(page for page in pages if "Second" in page)
        assert "Second Term text" in page


def test_a_cell_is_cut_to_its_lines() -> None:
    table = Table((Column("Name", 60), Column("Mark", 60)), (("word " * 200, "Present"),))
    (page,) = pages_of(pdf_of(a_content(Section("Attendance", table=table))))
    assert "…" in page


def test_very_long_heads_leave_room_for_the_rest() -> None:
    content = a_content(Section("Own part", empty="Nothing."), name="N" * 400, loud="L" * 200)
    (page,) = pages_of(pdf_of(content))
    assert "Nothing." in page
