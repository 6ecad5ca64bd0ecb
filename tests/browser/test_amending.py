"""Amending in a real browser: what it changes shows while it is typed, and without any script."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from attendance.models import Amendment
from tests.attendance.sheet import said
from tests.browser.looks import SCHEMES, WIDTHS, assert_looks_right
from tests.hours.amending import WHY, a_signed_monday, url_of


@pytest.fixture
def signed(program, facilitator):
    return a_signed_monday(program, facilitator)


@pytest.mark.parametrize("width", WIDTHS)
def test_what_it_changes_shows_while_it_is_typed(
    open_context, sign_in_to, facilitator, signed, width
):
    context = open_context(width=width, reduced_motion="reduce")
    sign_in_to(context, facilitator)
    page = context.new_page()
    page.goto(url_of(*signed))
    page.get_by_label("Arrived").fill("12:20")
    page.get_by_label("Arrived").blur()
    expect(page.locator("#live")).to_contain_text("This cannot be:")
    page.get_by_label("Arrived").fill("09:15")
    page.get_by_label("Arrived").blur()
    expect(page.locator("#live")).to_contain_text("165 min, does not qualify")
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        assert_looks_right(page, f"amend {width} {scheme}")
    page.get_by_label("Why is it amended?").fill(WHY)
    page.get_by_role("button", name="Save the amendment").click()
    expect(page.get_by_text("The record is amended.")).to_be_visible()
    assert said(*signed) == "09:15-12:00"


def test_the_times_go_with_an_absence(open_context, sign_in_to, facilitator, signed):
    context = open_context(width=390)
    sign_in_to(context, facilitator)
    page = context.new_page()
    page.goto(url_of(*signed))
    expect(page.get_by_label("Arrived")).to_be_visible()
    page.get_by_label("Absent, excused").check()
    expect(page.get_by_label("Arrived")).to_be_hidden()
    expect(page.locator("#live")).to_contain_text("0 min, does not qualify")


def test_without_a_script_it_is_shown_first(open_context, sign_in_to, facilitator, signed):
    context = open_context(width=390, java_script_enabled=False)
    sign_in_to(context, facilitator)
    page = context.new_page()
    page.goto(url_of(*signed))
    page.get_by_label("Absent, no call").check()
    page.get_by_role("button", name="Show what it changes").click()
    expect(page.locator("#live")).to_contain_text("0 min, does not qualify")
    page.get_by_label("Why is it amended?").fill(WHY)
    page.get_by_role("button", name="Save the amendment").click()
    expect(page.get_by_text("The record is amended.")).to_be_visible()
    assert Amendment.objects.get().after == "a:no_call"
