"""Coming in and going out in a real browser, with and without JavaScript."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests import build
from tests.browser.looks import assert_accessible

DEMO = [{"role": "Director", "email": "dana@demo.example", "password": build.PASSWORD}]
FRONT_DOOR = re.compile(r"/hours/")


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "plain"])
@pytest.mark.parametrize("width", [390, 820, 1440])
def test_sign_in_and_out(open_context, director, width, javascript):
    page = open_context(width=width, java_script_enabled=javascript).new_page()
    page.goto("/")
    page.get_by_label("Email").fill(director.email)
    page.get_by_label("Password", exact=True).fill(build.PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).to_have_url(FRONT_DOOR)

    page.get_by_role("button", name="More" if width < 768 else "Account").click()
    menu = page.get_by_role("dialog", name="Dina Osei")
    expect(menu).to_be_visible()
    menu.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("status")).to_contain_text("You are signed out.")
    page.goto("/hours/")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "plain"])
def test_choose_dark_and_stay_on_the_page(open_context, sign_in_to, director, javascript):
    context = open_context(java_script_enabled=javascript)
    sign_in_to(context, director)
    page = context.new_page()
    page.goto("/hours/")
    before = page.url
    page.get_by_role("button", name="Account").click()
    page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    assert page.url == before
    page.get_by_role("button", name="Account").click()
    expect(page.get_by_role("button", name="Dark")).to_have_attribute("aria-pressed", "true")


def test_the_menu_opens_and_closes_by_keyboard(open_context, sign_in_to, director):
    context = open_context()
    sign_in_to(context, director)
    page = context.new_page()
    page.goto("/hours/")
    opener = page.get_by_role("button", name="Account")
    opener.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Dina Osei")).to_be_visible()
    assert_accessible(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Dina Osei")).to_be_hidden()
    expect(opener).to_be_focused()


def test_the_first_tab_skips_to_the_page(page, clinic):
    page.goto("/sign-in/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the page")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_a_refusal_takes_the_focus_and_leads_to_the_field(page, clinic):
    page.goto("/sign-in/")
    page.get_by_role("button", name="Sign in", exact=True).click()
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    assert_accessible(page)
    summary.get_by_role("link", name="Enter your password").click()
    expect(page.get_by_label("Password", exact=True)).to_be_focused()


def test_a_password_can_be_shown_and_is_hidden_again_when_sent(page, clinic):
    page.goto("/sign-in/")
    password = page.locator("#id_password")
    password.fill("plain words")
    page.get_by_role("button", name="Show password").click()
    expect(password).to_have_attribute("type", "text")
    page.get_by_role("button", name="Hide password").click()
    expect(password).to_have_attribute("type", "password")


def test_without_javascript_nothing_is_offered_that_needs_it(open_context, clinic, settings):
    settings.IOP_DEMO, settings.DEMO_SIGN_INS = True, DEMO
    page = open_context(java_script_enabled=False).new_page()
    page.goto("/sign-in/")
    assert page.get_by_role("button").all_inner_texts() == ["Sign in"]
    expect(page.get_by_text("dana@demo.example")).to_be_visible()


def test_a_demo_sign_in_fills_the_form(page, director, settings):
    settings.IOP_DEMO, settings.DEMO_SIGN_INS = True, [DEMO[0] | {"email": director.email}]
    page.goto("/sign-in/")
    assert_accessible(page)
    page.get_by_role("button", name="Fill in as Director").click()
    expect(page.locator("#sign-in")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(FRONT_DOOR)


def test_an_expired_session_leads_a_fragment_to_the_sign_in_page(
    open_context, sign_in_to, director
):
    context = open_context()
    sign_in_to(context, director)
    page = context.new_page()
    page.goto("/hours/")
    context.clear_cookies()
    page.evaluate("htmx.ajax('GET', location.pathname, {target: 'main'})")
    expect(page.get_by_role("heading", name="Sign in", level=1)).to_be_visible()
    assert "next=%2Fhours%2F" in page.url
    expect(page.get_by_role("navigation")).to_have_count(0)
