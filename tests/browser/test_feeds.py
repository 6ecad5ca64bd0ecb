"""The page of calendar addresses in a real browser, at every width."""

from __future__ import annotations

import itertools
import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from groups.feeds.actions import make_feed
from tests.browser.looks import SCHEMES, WIDTHS, assert_looks_right

pytestmark = pytest.mark.django_db(transaction=True)

MINE = "/calendar-address/"


@pytest.fixture
def open_mine(open_context, sign_in_to, director, program):
    """Return a function that opens the director's page in some kind of browser."""

    def open_one(**options):
        context = open_context(**options)
        sign_in_to(context, director)
        page = context.new_page()
        page.goto(MINE)
        return page

    return open_one


def test_every_width_in_light_and_dark(open_mine, director, program):
    make_feed(program=program, now=timezone.now(), by=director)
    page = open_mine()
    for width, scheme in itertools.product(WIDTHS, SCHEMES):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.goto(MINE)
        page.get_by_text("Change", exact=False).first.click()
        expect(page.get_by_role("button", name="Revoke the address of Evening IOP")).to_be_visible()
        assert_looks_right(page, f"addresses, {width} px, {scheme}")
        page.get_by_role("button", name="address of My sessions").click()
        expect(page.get_by_label("Secret address")).to_be_visible()
        assert_looks_right(page, f"address just made, {width} px, {scheme}")
        page.goto(MINE)
        page.get_by_text("Change", exact=False).first.click()
        page.get_by_role("button", name="Revoke the address of My sessions").click()
        expect(page.get_by_text("Revoked.")).to_be_visible()


def test_a_button_copies_the_address(open_mine):
    page = open_mine(permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Make an address of My sessions").click()
    made = page.get_by_role("region", name="New address of “My sessions”")
    expect(made).to_be_focused()
    copy = made.get_by_role("button")
    expect(copy).to_have_text("Copy")
    copy.click()
    expect(copy).to_have_text("Copied")
    address = page.get_by_label("Secret address").input_value()
    assert page.evaluate("navigator.clipboard.readText()") == address
    assert re.fullmatch(r"http://testserver/feed/[\w-]{43}\.ics", address)


def test_it_works_without_javascript(open_mine):
    page = open_mine(width=360, java_script_enabled=False)
    page.get_by_role("button", name="Make an address of Evening IOP").click()
    first = page.get_by_label("Secret address").input_value()
    expect(page.get_by_role("button", name="Copy")).to_have_count(0)
    page.get_by_text("Change the address of Evening IOP").click()
    page.get_by_role("button", name="Make the address of Evening IOP anew").click()
    assert page.get_by_label("Secret address").input_value() != first
    page.get_by_text("Change the address of Evening IOP").click()
    page.get_by_role("button", name="Revoke the address of Evening IOP").click()
    expect(page.get_by_role("button", name="Make an address of Evening IOP")).to_be_visible()
