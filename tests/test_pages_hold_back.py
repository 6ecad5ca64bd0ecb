"""What a page says nobody reads who may not: note text, contact data, safety answers, names."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import pytest

from tests.source import expect_none
from tests.walking.furnishing import Marks
from tests.walking.pages import EMERGENCY, NOTE_LINES, Page, pages_for
from tests.walking.walk import Walker
from tests.walking.world import standing

ROLES = ("admissions", "billing", "clinician", "director", "facilitator")
LINKS = re.compile(r'\b(?:href|action|src|hx-get|hx-post|formaction)="([^"]*)"')
TITLE = re.compile(r"<title>(.*?)</title>", re.S)


@pytest.fixture(scope="module")
def pages(django_db_setup: None, django_db_blocker) -> Iterator[dict[str, list[Page]]]:
    with django_db_blocker.unblock(), standing() as world:
        walker = Walker(world)
        yield {role: pages_for(walker, role) for role in ROLES}


@pytest.fixture(scope="module")
def marks() -> dict[str, Marks]:
    return {"mine": Marks("quill"), "theirs": Marks("thistle"), "other": Marks("otter")}


def phone_of(marks: Marks) -> str:
    """How the number of somebody is found, however it is written."""
    return rf"{marks.phone[:3]}\D{{0,3}}{marks.phone[3:]}"


def saying(pages: list[Page], *words: str) -> list[str]:
    """Return the pages on which one of the words stands, and which."""
    return [
        f"{page}: {found[0]}"
        for page in pages
        for word in words
        if (found := re.search(word, page.text, re.I))
    ]


def test_the_pages_are_many_and_say_something(pages, marks):
    assert all(len(pages[role]) > 20 for role in ROLES)
    assert saying(pages["director"], marks["mine"].first_name)
    assert saying(pages["clinician"], marks["mine"].note, marks["mine"].safety)
    assert saying(pages["admissions"], phone_of(marks["mine"]))


@pytest.mark.parametrize("role", ROLES)
def test_no_page_names_anybody_of_another_program(pages, marks, role: str):
    other = marks["other"]
    expect_none(saying(pages[role], other.word, phone_of(other)))


@pytest.mark.parametrize("role", ["billing", "facilitator"])
def test_no_page_of_theirs_holds_contact_data(pages, marks, role: str):
    words = [word for each in marks.values() for word in (each.contact, phone_of(each))]
    expect_none(saying([page for page in pages[role] if page.name != EMERGENCY], *words))


@pytest.mark.parametrize("role", ["admissions", "billing"])
def test_no_page_of_the_office_holds_note_text(pages, marks, role: str):
    shown = [page for page in pages[role] if page.name != EMERGENCY]
    expect_none(saying(shown, *(rf"{each.note}|{each.safety}" for each in marks.values())))


def test_a_facilitator_reads_notes_on_the_pages_for_notes_and_of_own_sessions_only(pages, marks):
    mine, theirs = marks["mine"], marks["theirs"]
    shown = [page for page in pages["facilitator"] if page.name != EMERGENCY]
    expect_none(saying(shown, theirs.note, theirs.safety))
    elsewhere = [page for page in shown if page.needs not in NOTE_LINES]
    expect_none(saying(elsewhere, mine.note, mine.safety))


@pytest.mark.parametrize("role", ROLES)
def test_no_title_and_no_address_names_a_participant(pages, marks, role: str):
    names = re.compile("|".join(f"{each.first_name}|{each.last_name}" for each in marks.values()))
    said = [
        f"{page}: {word}"
        for page in pages[role]
        for word in (*TITLE.findall(page.text), *LINKS.findall(page.text), page.url)
        if names.search(html.unescape(word))
    ]
    expect_none(said)
