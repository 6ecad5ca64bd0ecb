"""Setting up an app, a passkey and recovery codes, and coming in by each, in a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from accounts.models import User
from tests import build
from tests.accounts.signing import SECRET, code_of, codes_of, with_app
from tests.browser.looks import SCHEMES, assert_looks_right

IN = re.compile(r"/hours/")
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def with_authenticator(context: BrowserContext, page: Page) -> None:
    """Give the browser a finger that is always there."""
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})


def give_password(page: Page, user: User) -> None:
    page.goto("/sign-in/")
    page.get_by_label("Email").fill(user.email)
    page.get_by_label("Password", exact=True).fill(build.PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def show_it_is_me(page: Page) -> None:
    expect(page.get_by_role("heading", name="Is it you?")).to_be_visible()
    page.get_by_label("Your password").fill(build.PASSWORD)
    page.get_by_role("button", name="Go on").click()


def sign_out(page: Page) -> None:
    page.goto("/sign-out/")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("status")).to_contain_text("You are signed out.")


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "plain"])
def test_an_app_is_set_up_and_then_asked_for(open_context, director, javascript):
    page = open_context(width=390, java_script_enabled=javascript).new_page()
    give_password(page, director)
    page.goto("/my/sign-in/")
    page.get_by_role("link", name="Set up an app").click()
    show_it_is_me(page)
    picture = page.get_by_role("img", name="The secret as a picture for a camera")
    expect(picture).to_be_visible()
    secret = page.locator("#totp-secret").inner_text()
    page.get_by_label("Code from the app").fill(code_of(secret, periods_ahead=-1))
    page.get_by_role("button", name="Set it up").click()
    expect(page.get_by_role("heading", name="10 codes left")).to_be_visible()
    page.get_by_role("link", name="Done").click()
    expect(page.get_by_text("10 left; each works once")).to_be_visible()

    sign_out(page)
    give_password(page, director)
    expect(page.get_by_role("heading", name="One more step")).to_be_visible()
    page.get_by_label("Code", exact=True).fill("000000")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("This code is not right.")
    page.get_by_label("Code", exact=True).fill(code_of(secret))
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).to_have_url(IN)


def test_a_passkey_is_made_and_then_enough(open_context, director):
    context = open_context()
    page = context.new_page()
    with_authenticator(context, page)
    give_password(page, director)
    page.goto("/my/sign-in/")
    page.get_by_role("link", name="Add a passkey").click()
    show_it_is_me(page)
    page.get_by_label("Name").fill("Work laptop")
    page.get_by_role("button", name="Make the passkey").click()
    expect(page.get_by_role("heading", name="10 codes left")).to_be_visible()

    sign_out(page)
    page.goto("/sign-in/?next=/my/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", name="My sign-in")).to_be_visible()
    expect(page.get_by_text("Work laptop", exact=True).first).to_be_visible()

    sign_out(page)
    User.objects.filter(pk=director.pk).update(is_active=False)
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("status")).to_contain_text("This passkey opens no account here.")
    User.objects.filter(pk=director.pk).update(is_active=True)
    give_password(page, director)
    page.get_by_role("button", name="Use a passkey").click()
    expect(page).to_have_url(IN)

    page.goto("/my/sign-in/")
    page.get_by_role("link", name="Rename Work laptop").click()
    page.get_by_role("link", name="Use a passkey").click()
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_label("Name").fill("Front desk")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Remove Front desk").click()
    page.get_by_role("button", name="Remove the passkey").click()
    expect(page.get_by_text("No passkey yet.")).to_be_visible()


def test_a_passkey_that_does_not_answer_is_said(open_context, clinic):
    context = open_context()
    page = context.new_page()
    with_authenticator(context, page)
    page.goto("/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("The passkey did not answer.")


def test_a_recovery_code_lets_in(open_context, director):
    with_app(director)
    code = codes_of(director)[0]
    page = open_context(width=390).new_page()
    give_password(page, director)
    page.get_by_label("Code", exact=True).fill(f"{code[:4]} {code[4:]}")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).to_have_url(IN)
    page.goto("/my/sign-in/")
    expect(page.get_by_text("9 left; each works once")).to_be_visible()


OWN = ("/my/sign-in/", "/my/password/", "/my/sign-in/passkey/", "/my/sign-in/codes/")
OWN_MORE = ("/my/sign-in/codes/fresh/", "/my/sign-in/app/remove/")


@pytest.mark.parametrize("width", [360, 1280])
def test_the_pages_can_be_read_in_light_and_dark(open_context, director, width, settings):
    settings.EMAIL_URL = "smtp://mail.example"
    settings.SECOND_FACTOR_DAYS = 7
    context = open_context(width=width, reduced_motion="reduce")
    page = context.new_page()

    def look(address: str) -> None:
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            page.goto(address)
            assert_looks_right(page, f"{address} {scheme}")

    for address in ("/sign-in/", "/forgotten/", "/forgotten/sent/", "/reset/no-longer/"):
        look(address)
    give_password(page, director)
    expect(page.get_by_text("Set up a passkey or an app by")).to_be_visible()
    look("/my/once-more/?next=/my/sign-in/app/")
    show_it_is_me(page)
    look("/my/sign-in/app/")
    with_app(director)
    for address in OWN + OWN_MORE:
        look(address)
    sign_out(page)
    give_password(page, director)
    look("/sign-in/second-step/")
    page.get_by_label("Code", exact=True).fill(code_of(SECRET))
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).to_have_url(IN)
