"""The rule and the words of the reminders in a real browser."""

from __future__ import annotations

import itertools

import pytest
from playwright.sync_api import Page, expect

from programs.models import Program
from reminders.models import MessageTemplate, ReminderRule
from tests.browser.looks import SCHEMES, WAYS, WIDTHS, assert_looks_right
from tests.build_reminders import a_template

LONG = "{clinic}: Nos vemos {day} a las {time}, según lo acordado. Llame al {phone}."


@pytest.fixture
def worded(program: Program) -> Program:
    """A program of a site with a name for messages, and some words of its own."""
    site = program.site
    site.reminder_sender, site.callback_phone = "Appointment desk", "+14025550100"
    site.save()
    a_template(program, language="es", body=LONG)
    return program


@pytest.fixture
def office(open_context, sign_in_to, director, worded):
    """Return a function that opens a page of the reminders as the director."""

    def open_page(path: str, **options) -> Page:
        context = open_context(**options)
        sign_in_to(context, director)
        page = context.new_page()
        page.goto(f"/reminders/{worded.public_id}/{path}")
        return page

    return open_page


@pytest.mark.parametrize(("width", "javascript"), WAYS)
def test_words_are_tried_and_saved(office, width, javascript):
    page = office("words/", width=width, java_script_enabled=javascript)
    name = "The evening before, Text message, English"
    card = page.get_by_role("article", name=name)
    expect(card).to_contain_text("You have an appointment tomorrow at 5:30 PM.")
    card.get_by_role("link", name="Change").click()
    box = page.get_by_label("Text", exact=True)
    box.fill("Your g r o u p is {day} at {time}.")
    page.get_by_role("button", name="Preview").click()
    page.get_by_role("link", name="This says too much to whoever reads along: “g r o u p”").click()
    expect(box).to_be_focused()
    expect(box).to_have_value("Your g r o u p is {day} at {time}.")
    box.fill("{sender}: See you {day} at {time}.")
    page.get_by_role("button", name="Preview").click()
    preview = page.get_by_role("region", name="As it would be read")
    expect(preview).to_contain_text("Appointment desk: See you tomorrow at 5:30 PM.")
    expect(preview).to_contain_text("46 of 160 characters")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The words are saved.")).to_be_visible()
    expect(card).to_contain_text("In our own words")
    assert MessageTemplate.objects.filter(language="en", is_own=True).count() == 1
    card.get_by_role("link", name="Change").click()
    page.get_by_role("button", name="Use the usual words again").click()
    expect(card).to_contain_text("You have an appointment tomorrow at 5:30 PM.")
    expect(card).not_to_contain_text("In our own words")


@pytest.mark.parametrize("width", [360, 1440])
def test_a_rule_is_tried_and_saved(office, width):
    page = office("rule/", width=width)
    meaning = page.get_by_role("region", name="What it means")
    expect(meaning).to_contain_text("in quiet hours, so it is left out.")
    page.get_by_label("Hours before the first appointment").fill("1:30")
    page.get_by_role("button", name="See what it means").click()
    expect(meaning).to_contain_text("A message at 4:00 PM the same day.")
    expect(meaning).to_contain_text("Not saved yet")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The rule is saved.")).to_be_visible()
    assert ReminderRule.objects.get().minutes_before == 90


ADDRESSES = ["words/", "words/evening/sms/es/", "words/weekly/email/en/", "rule/"]


def test_every_width_in_light_and_dark(office, worded):
    page = office(ADDRESSES[0])
    for width, scheme in itertools.product((360, *WIDTHS[1:]), SCHEMES):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for path in ADDRESSES:
            page.goto(f"/reminders/{worded.public_id}/{path}")
            assert_looks_right(page, f"{path}, {width} px, {scheme}")
        page.get_by_label("Quiet from").fill("08:00")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("alert")).to_be_visible()
        assert_looks_right(page, f"mistakes in the rule, {width} px, {scheme}")
