"""Taps counted: how little it takes to mark twelve people and to sign."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from attendance.marks import Mark
from attendance.models import SignOff
from groups.models import GroupSession
from tests.browser.sheet_room import REST, a_room, marks, row, url_of

TWELVE = (
    *("Amara", "Ben", "Carla", "Dev", "Elena", "Faith"),
    *("Grace", "Hugo", "Imani", "Jonas", "Keiko", "Luis"),
)


@pytest.fixture
def session(program, facilitator) -> GroupSession:
    return a_room(program, facilitator, names=TWELVE)


@pytest.fixture
def page(open_context, sign_in_to, facilitator, session) -> Page:
    context = open_context(width=820, height=1180, has_touch=True)
    sign_in_to(context, facilitator)
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
