"""The sheet by keys: on rows, while taps are sent, in notes, and help."""

from __future__ import annotations

import itertools

import pytest
from playwright.sync_api import Page, expect

from attendance.marks import Mark
from groups.models import GroupSession
from tests.browser.looks import SCHEMES, WIDTHS, assert_looks_right
from tests.browser.sheet_room import (
    a_room,
    choose,
    expect_mark,
    expect_sent,
    faults,
    marks,
    row,
    url_of,
)

__all__ = ["faults"]  # the fixture, for this file


@pytest.fixture
def session(program, facilitator) -> GroupSession:
    return a_room(program, facilitator)


@pytest.fixture
def context(open_context, sign_in_to, facilitator):
    context = open_context()
    sign_in_to(context, facilitator)
    return context


@pytest.fixture
def page(context, session) -> Page:
    page = context.new_page()
    page.goto(url_of(session))
    return page


def test_by_keys_one_after_the_other_without_waiting(page, session):
    expect(page.get_by_text("Keys on a row:")).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(row(page, "Amara")).to_be_focused()
    for key in ("p", "ArrowDown", "e", "ArrowDown", "a", "ArrowDown", "p", "o"):
        page.keyboard.press(key)
    expect(row(page, "Dev")).to_be_focused()
    expect(page.get_by_text("4 of 5 marked")).to_be_visible()
    expect_sent(page)
    expect(row(page, "Dev")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(row(page, "Carla")).to_be_focused()
    assert marks(session) == {
        "Amara": Mark.PRESENT,
        "Ben": Mark.EXCUSED,
        "Carla": Mark.UNEXCUSED,
        "Dev": Mark.LEFT_EARLY,
    }


def test_the_focus_stays_where_it_was_when_a_row_is_replaced(page):
    late = row(page, "Ben").get_by_role("radio", name="Late")
    late.press("Space")
    expect_sent(page)
    expect_mark(page, "Ben", "Late")
    expect(late).to_be_focused()
    page.get_by_role("button", name="Ben O. leaves now").press("Enter")
    expect(page.get_by_role("button", name="Ben O. is back")).to_be_focused()
    expect_sent(page)
    expect(page.get_by_role("button", name="Ben O. is back")).to_be_focused()


def test_keys_without_a_network(context, page, session):
    context.set_offline(True)
    for key in ("ArrowDown", "p", "o", "o", "ArrowDown", "l"):
        page.keyboard.press(key)
    expect(page.locator("#taps")).to_contain_text("4 marks waiting")
    expect(row(page, "Ben")).to_be_focused()
    context.set_offline(False)
    expect_sent(page)
    assert marks(session)["Ben"] == Mark.LATE


def test_help(page):
    page.keyboard.press("ArrowDown")
    page.keyboard.press("?")
    help_ = page.get_by_role("dialog", name="Keys of the sheet")
    expect(help_).to_contain_text("write the note")
    page.keyboard.press("a")
    page.keyboard.press("Escape")
    expect(help_).to_be_hidden()
    expect(row(page, "Amara")).to_be_focused()
    expect(page.get_by_text("0 of 5 marked")).to_be_visible()
    page.get_by_role("button", name="Keys of the sheet").click()
    help_.get_by_role("button", name="Close").click()
    expect(page.get_by_role("button", name="Keys of the sheet")).to_be_focused()


def test_n_opens_the_note_and_letters_typed_there_are_letters(page, session):
    page.keyboard.press("ArrowDown")
    page.keyboard.press("n")
    note = row(page, "Amara").locator("textarea:focus")
    expect(note).to_be_visible()
    page.keyboard.type("a plane? no")
    expect(note).to_have_value("a plane? no")
    page.keyboard.press("ArrowDown")
    expect(note).to_be_focused()
    assert marks(session) == {}
    choose(page, "Amara", "Present")
    expect_sent(page)
    expect(row(page, "Amara").locator("textarea").filter(has_text="")).not_to_have_count(0)
    assert [note for note in row(page, "Amara").locator("textarea").all() if note.input_value()]


def test_open_waiting_and_help_look_right(context, page, session):
    page.keyboard.press("ArrowDown")
    page.keyboard.press("n")
    expect(row(page, "Amara").locator("textarea:focus")).to_be_visible()
    context.set_offline(True)
    choose(page, "Amara", "Present")
    choose(page, "Ben", "Absent")
    expect(page.locator(".wait-mark")).to_have_count(2)
    for width, scheme in itertools.product(WIDTHS, SCHEMES):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        assert_looks_right(page, f"open and waiting, {width} px, {scheme}")
        page.locator("#main").focus()
        page.keyboard.press("?")
        expect(page.get_by_role("dialog", name="Keys of the sheet")).to_be_visible()
        assert_looks_right(page, f"help, {width} px, {scheme}")
        page.keyboard.press("Escape")
