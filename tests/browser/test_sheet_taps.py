"""Taps counted: how little it takes to mark twelve people and to sign."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from attendance.marks import Mark
from attendance.models import SignOff
from groups.models import GroupSession
from tests.browser.sheet_room import REST, a_room, expect_sent, faults, marks, row, url_of

__all__ = ["faults"]  # the fixture, for this file

TWELVE = (
    *("Amara", "Ben", "Carla", "Dev", "Elena", "Faith"),
    *("Grace", "Hugo", "Imani", "Jonas", "Keiko", "Luis"),
)
WAY_BACK = re.compile("^Undo ?: everybody marked at once")


@pytest.fixture
def session(program, facilitator) -> GroupSession:
    return a_room(program, facilitator, names=TWELVE)


@pytest.fixture
def context(open_context, sign_in_to, facilitator) -> BrowserContext:
    context = open_context(width=820, height=1180, has_touch=True)
    sign_in_to(context, facilitator)
    return context


@pytest.fixture
def page(context, session) -> Page:
    page = context.new_page()
    page.goto(url_of(session))
    return page


class Finger:
    """Taps, and counts."""

    taps = 0

    def on(self, target: Locator) -> None:
        self.taps += 1
        target.tap()


def test_twelve_present_and_signed(page, session, facilitator):
    finger = Finger()
    finger.on(page.get_by_role("button", name=REST))
    finger.on(page.get_by_role("button", name="Sign attendance"))
    expect(page.get_by_text("Signed by Fay Marlow")).to_be_visible()
    assert finger.taps <= 3
    assert marks(session) == dict.fromkeys(TWELVE, Mark.PRESENT)
    assert SignOff.objects.get().signed_by == facilitator


def test_one_late_one_absent_one_left_early(page, session):
    finger = Finger()
    finger.on(row(page, "Carla").locator(".seg label").filter(has_text="Late"))
    finger.on(row(page, "Hugo").locator(".seg label").filter(has_text="Absent"))
    finger.on(page.get_by_role("button", name=REST))
    finger.on(page.get_by_role("button", name="Keiko O. leaves now"))
    finger.on(page.get_by_role("button", name="Sign attendance"))
    expect(page.get_by_text("Signed by Fay Marlow")).to_be_visible()
    assert finger.taps <= 9
    assert marks(session) == dict.fromkeys(TWELVE, Mark.PRESENT) | {
        "Carla": Mark.LATE,
        "Hugo": Mark.UNEXCUSED,
        "Keiko": Mark.LEFT_EARLY,
    }


def test_every_tap_shows_that_it_is_saved(page):
    row(page, "Dev").locator(".seg label").filter(has_text="Present").tap()
    expect(page.locator("#taps")).to_have_text(re.compile(r"Saved \d+:\d\d [AP]M"))
    expect(row(page, "Dev").locator(".chip").first).to_have_text("Present")


def test_all_present_is_taken_back_in_one_tap(page, session):
    way_back = page.get_by_role("button", name=WAY_BACK)
    expect(way_back).to_be_hidden()
    row(page, "Luis").locator(".seg label").filter(has_text="Absent").tap()
    page.get_by_role("button", name=REST).tap()
    expect(page.get_by_text("12 of 12 marked")).to_be_visible()
    # Who was there before, and whoever is marked by themselves afterwards, stays so.
    row(page, "Carla").locator(".seg label").filter(has_text="Late").tap()
    expect(row(page, "Carla").locator(".chip").first).to_contain_text("Late")
    way_back.tap()
    expect(way_back).to_be_hidden()
    expect_sent(page)
    expect(page.get_by_text("2 of 12 marked", exact=True)).to_be_visible()
    assert marks(session) == {"Carla": Mark.LATE, "Luis": Mark.UNEXCUSED}


def test_all_present_is_taken_back_before_it_was_sent(context, page, session):
    context.set_offline(True)
    page.get_by_role("button", name=REST).tap()
    page.get_by_role("button", name=WAY_BACK).tap()
    expect(page.locator("#taps")).to_contain_text("24 marks waiting")
    context.set_offline(False)
    expect_sent(page)
    expect(page.get_by_text("0 of 12 marked", exact=True)).to_be_visible()
    assert marks(session) == {}
