"""The page on which staff choose what they are told, in a real browser, at every width."""

from __future__ import annotations

import itertools

import pytest
from playwright.sync_api import expect

from reminders.models import NoticeChoice, NoticeHours
from tests.browser.looks import SCHEMES, WIDTHS, assert_looks_right

pytestmark = pytest.mark.django_db(transaction=True)

URL = "/notices/"


@pytest.fixture(autouse=True)
def carrier(settings):
    settings.SMS_URL = "json+http://127.0.0.1:1/"


@pytest.fixture
def open_page(open_context, sign_in_to, director, program):
    """Return a function that opens the director's page in some kind of browser."""

    def open_one(**options):
        context = open_context(**options)
        sign_in_to(context, director)
        page = context.new_page()
        page.goto(URL)
        return page

    return open_one


def test_every_width_in_light_and_dark(open_page):
    page = open_page()
    for width, scheme in itertools.product(WIDTHS, SCHEMES):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.goto(URL)
        expect(page.get_by_role("heading", name="What I am told")).to_be_visible()
        assert_looks_right(page, f"notices, {width} px, {scheme}")
        page.get_by_label("My morning begins at").fill("03:00")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("alert")).to_be_focused()
        assert_looks_right(page, f"notices with an error, {width} px, {scheme}")


def test_chosen_on_a_phone_from_ones_own_menu(open_page, director):
    page = open_page(width=390)
    page.goto("/")
    page.get_by_role("button", name="More").click()
    page.get_by_role("link", name="What I am told").click()
    notes = page.get_by_role("group", name="Notes overdue")
    notes.get_by_label("When").select_option("In the morning")
    notes.get_by_label("Where").select_option("Text message")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Enter your mobile number, or choose email below").click()
    expect(page.get_by_label("Mobile phone")).to_be_focused()
    page.get_by_label("Mobile phone").fill("312 555 0123")
    page.get_by_role("button", name="Show what I would get").click()
    would = page.get_by_role("region", name="You would get")
    expect(would).to_be_focused()
    expect(would).to_contain_text("At 7:00 AM, by text message")
    assert not NoticeHours.objects.exists()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Kept. You are told as you chose.")).to_be_visible()
    chosen = NoticeChoice.objects.get(user=director, kind="notes")
    assert (chosen.timing, chosen.channel) == ("morning", "sms")


def test_it_works_without_javascript(open_page, director):
    page = open_page(width=360, java_script_enabled=False)
    page.get_by_role("group", name="The week in numbers").get_by_label("When").select_option(
        "Not at all"
    )
    page.get_by_role("button", name="Show what I would get").click()
    expect(page.get_by_text("Not saved yet")).to_be_visible()
    page.get_by_role("button", name="Save").click()
    assert NoticeChoice.objects.get(user=director, kind="digest").timing == "never"
