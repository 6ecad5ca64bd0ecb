"""A page left alone in the browser: covered, opened with all that is on it, wiped on leaving."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import make_password
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect

from accounts.models import User
from attendance.marks import Mark
from attendance.models import ParticipantNote
from groups.models import GroupSession
from tests import build
from tests.attendance.notes import a_noted_session, days_ago, someone
from tests.attendance.notes import url_of as notes_url
from tests.browser.looks import SCHEMES, assert_looks_right
from tests.browser.sheet_room import Faults, a_room, choose, expect_sent, kept, marks, url_of

PIN = "7359"
QUARTER = 15 * 60 * 1000 + 6000
BEHIND = """
[...document.querySelectorAll("main, nav")]
  .some((each) => each.checkVisibility({visibilityProperty: true}))
"""


class LockedFaults(Faults):
    """Notes no answer that says on purpose: locked, a wrong PIN, signed out, an old token."""

    def append(self, text: str) -> None:
        if not any(status in text for status in ("423", "422", "401", "403")):
            super().append(text)


@pytest.fixture
def faults() -> list[str]:
    return LockedFaults()


@pytest.fixture(autouse=True)
def a_quarter_of_an_hour(nobody_is_idle, settings) -> None:
    settings.IOP_IDLE_MINUTES = 15


@pytest.fixture
def person(facilitator: User) -> User:
    facilitator.pin = make_password(PIN)
    facilitator.save(update_fields=["pin"])
    return facilitator


@pytest.fixture
def context(open_context, sign_in_to, person) -> BrowserContext:
    context = open_context(width=820, height=1180, reduced_motion="reduce")
    sign_in_to(context, person)
    return context


@pytest.fixture
def session(program, person) -> GroupSession:
    return a_room(program, person)


@pytest.fixture
def page(context, session) -> Page:
    page = context.new_page()
    page.clock.install()
    page.goto(url_of(session))
    return page


def unlock(page: Page, pin: str = PIN) -> None:
    page.get_by_role("textbox", name="PIN", exact=True).fill(pin)
    page.get_by_role("textbox", name="PIN", exact=True).press("Enter")


def expect_covered(page: Page) -> None:
    expect(page.get_by_role("dialog", name="Locked")).to_be_visible()
    assert page.evaluate(BEHIND) is False


def expect_open(page: Page) -> None:
    expect(page.locator("#lock")).to_be_hidden()
    assert page.evaluate(BEHIND) is True


def test_left_alone_it_is_covered_and_what_was_typed_stays(context, program, person):
    session = a_noted_session(program, person, day=days_ago(program, 2))
    someone(session, "Ben", "Tran")
    page = context.new_page()
    page.clock.install()
    page.goto(notes_url(session))
    typed = page.get_by_role("region", name="Ben T.").get_by_label("Response")
    page.clock.fast_forward(14 * 60 * 1000)
    expect_open(page)
    context.set_offline(True)
    typed.fill("Half a thought")
    page.clock.fast_forward(QUARTER - 60 * 1000)
    expect_open(page)
    page.clock.fast_forward(60 * 1000)
    expect_covered(page)
    context.set_offline(False)
    lock = page.get_by_role("dialog", name="Locked")
    expect(lock).to_contain_text("The page of FM.")
    assert "Fay" not in lock.inner_text()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect_covered(page)
    unlock(page, "8642")
    expect(lock).to_contain_text("This is not right. 4 tries are left.")
    unlock(page)
    expect_open(page)
    expect(typed).to_have_value("Half a thought")
    page.clock.run_for(10_000)
    expect(page.locator("[data-part-is=saved]")).to_have_count(1)
    assert ParticipantNote.objects.get().response == "Half a thought"


def test_marks_made_before_the_lock_arrive(context, page, session):
    context.set_offline(True)
    choose(page, "Amara", "Present")
    choose(page, "Ben", "Absent")
    page.clock.fast_forward(QUARTER)
    expect_covered(page)
    context.set_offline(False)
    unlock(page)
    expect_open(page)
    expect_sent(page)
    assert marks(session) == {"Amara": Mark.PRESENT, "Ben": Mark.UNEXCUSED}


def test_a_mark_made_where_the_server_locked_first_waits(context, page, session, person):
    """The other tab was locked by hand, and this one does not know yet: the answer tells it."""
    page.evaluate("BroadcastChannel.prototype.postMessage = () => {}")
    other = context.new_page()
    other.goto(reverse("my_sessions"))
    other.evaluate("BroadcastChannel.prototype.postMessage = () => {}")
    other.locator("[popovertarget=account]:visible").last.click()
    other.get_by_role("button", name="Lock now").click()
    expect_covered(other)
    choose(page, "Amara", "Present")
    expect_covered(page)
    assert len(kept(page)) == 1
    unlock(page)
    expect_open(page)
    expect_sent(page)
    assert marks(session) == {"Amara": Mark.PRESENT}


def test_all_tabs_are_covered_and_opened_together(context, page, session):
    other = context.new_page()
    other.goto(reverse("my_sessions"))
    other.locator("[popovertarget=account]:visible").last.click()
    other.get_by_role("button", name="Lock now").click()
    expect_covered(other)
    expect_covered(page)
    unlock(page)
    expect_open(page)
    expect_open(other)


def test_a_reload_does_not_open_it(context, page, session):
    page.locator("[popovertarget=account]:visible").last.click()
    page.get_by_role("button", name="Lock now").click()
    expect_covered(page)
    page.reload()
    expect(page.get_by_role("heading", name="Locked")).to_be_visible()
    unlock(page)
    expect(page.get_by_role("heading", name="Locked")).to_have_count(0)
    assert page.url.endswith(url_of(session))


def test_five_wrong_pins_sign_out_and_the_page_waits(context, page, person, live_server):
    page.clock.fast_forward(QUARTER)
    expect_covered(page)
    for left in (4, 3, 2, 1):
        unlock(page, "8642")
        expect(page.locator("#lock-wrong")).to_contain_text(f"{left} tr")
    unlock(page, "8642")
    expect(page.get_by_role("link", name="Sign in in another tab")).to_be_visible()
    assert not UserSession.objects.exists()
    with context.expect_page() as opened:
        page.get_by_role("link", name="Sign in in another tab").click()
    tab = opened.value
    tab.get_by_label("Email").fill(person.email)
    tab.get_by_label("Password", exact=True).fill(build.PASSWORD)
    tab.get_by_role("button", name="Sign in", exact=True).click()
    expect(tab.get_by_role("heading", name="Sign in", exact=True)).to_have_count(0)
    page.bring_to_front()
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect_open(page)


def test_signing_out_wipes_what_the_device_keeps(context, page, session):
    page.evaluate("localStorage.setItem('anything', 'of anybody')")
    page.locator("[popovertarget=account]:visible").last.click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in", exact=True)).to_be_visible()
    assert page.evaluate("localStorage.length") == 0
    page.go_back()
    expect(page.get_by_role("heading", name="Sign in", exact=True)).to_be_visible()


def test_marks_of_somebody_else_outlast_it(context, page, session):
    other = "iop.sheet.0d0b5d3e-0000-4000-8000-000000000000./sheet/x/.tap"
    page.evaluate(f'localStorage.setItem({other!r}, \'{{"id": "tap", "n": 1, "rows": []}}\')')
    page.locator("[popovertarget=account]:visible").last.click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in", exact=True)).to_be_visible()
    assert page.evaluate("Object.keys(localStorage)") == [other]


def test_looks(open_context, sign_in_to, person, program, director, session):
    """Every new page at two widths, light and dark; the cover over one of them, too."""
    account = reverse("ending:account", args=[program.public_id, person.public_id])
    former = reverse("ending:former", args=[program.public_id])
    for scheme in SCHEMES:
        for width in (360, 1280):
            options: dict[str, Any] = {"color_scheme": scheme, "reduced_motion": "reduce"}
            context = open_context(width=width, height=800, **options)
            sign_in_to(context, director)
            page = context.new_page()
            for url in (account, former, reverse("my_sessions"), reverse("my_pin")):
                page.goto(url)
                assert_looks_right(page, f"{url} {scheme} {width}")
            page.locator("[popovertarget=account]:visible").last.click()
            assert_looks_right(page, f"menu {scheme} {width}")
            page.get_by_role("button", name="Lock now").click()
            expect_covered(page)
            assert_looks_right(page, f"cover {scheme} {width}")
            page.goto(account)
            assert_looks_right(page, f"locked {scheme} {width}")
            context.close()
