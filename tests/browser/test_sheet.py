"""The attendance sheet in a real browser: by finger, by key, with and without JavaScript."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest
from django.conf import settings
from playwright.sync_api import expect

from attendance.marks import Mark
from attendance.models import AttendanceRecord, SignOff
from groups.models import GroupSession
from tests import build
from tests.browser.looks import SCHEMES, WAYS, WIDTHS, assert_looks_right
from tests.browser.sheet_room import NAMES, REST, a_room, choose, marks, row, url_of


@pytest.fixture
def session(program, facilitator) -> GroupSession:
    return a_room(program, facilitator)


@pytest.fixture
def url(session) -> str:
    return url_of(session)


@pytest.mark.parametrize(("width", "javascript"), WAYS)
def test_mark_and_sign(open_context, sign_in_to, facilitator, session, url, width, javascript):
    context = open_context(width=width, java_script_enabled=javascript)
    sign_in_to(context, facilitator)
    page = context.new_page()
    page.goto(url)
    choose(page, "Amara", "Late")
    if javascript:
        expect(row(page, "Amara").locator(".chip").first).to_contain_text("Late")
    choose(page, "Ben", "Absent")
    if javascript:
        expect(page.get_by_text("2 of 5 marked")).to_be_visible()
    page.get_by_role("button", name=REST).click()
    expect(page.get_by_text("5 of 5 marked")).to_be_visible()
    page.get_by_role("button", name="Carla O. leaves now").click()
    expect(page.get_by_role("button", name="Carla O. is back")).to_be_visible()
    page.get_by_role("button", name="Ben O. did not call").click()
    expect(row(page, "Ben").locator(".chip").first).to_contain_text("No call")
    page.get_by_role("button", name="Sign attendance").click()
    expect(page.get_by_text("Signed by Fay Marlow")).to_be_visible()
    assert marks(session) == {
        "Amara": Mark.LATE,
        "Ben": Mark.NO_CALL,
        "Carla": Mark.LEFT_EARLY,
        "Dev": Mark.PRESENT,
        "Elena": Mark.PRESENT,
    }
    assert SignOff.objects.get().signed_by == facilitator


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "plain"])
def test_exact_times_and_what_cannot_be(
    open_context, sign_in_to, facilitator, session, url, javascript
):
    context = open_context(width=390, java_script_enabled=javascript)
    sign_in_to(context, facilitator)
    page = context.new_page()
    page.goto(url)
    page.get_by_role("checkbox", name="Exact times of Dev O.").press("Space")
    arrived = session.starts_at.astimezone(session.group.program.zone)
    times = page.get_by_role("group", name="Exact times of Dev O.")
    times.get_by_label("Arrived").fill(f"{arrived + timedelta(minutes=20):%H:%M}")
    times.get_by_label("Left").fill(f"{arrived + timedelta(minutes=10):%H:%M}")
    page.get_by_role("button", name="Save the times of Dev O.").click()
    expect(times.get_by_text("This is before they came.")).to_be_visible()
    times.get_by_label("Left").fill(f"{arrived + timedelta(minutes=30):%H:%M}")
    page.get_by_role("button", name="Save the times of Dev O.").click()
    expect(row(page, "Dev").locator(".chip").first).to_contain_text("Late 20 min")
    assert AttendanceRecord.objects.count() == 1


def test_by_keys(open_context, sign_in_to, facilitator, session, url):
    context = open_context()
    sign_in_to(context, facilitator)
    page = context.new_page()
    page.goto(url)
    expect(page.get_by_text("Keys on a row:")).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(row(page, "Amara")).to_be_focused()
    page.keyboard.press("p")
    expect(page.get_by_text("1 of 5 marked")).to_be_visible()
    expect(row(page, "Amara")).to_be_focused()
    page.keyboard.press("o")
    expect(page.get_by_role("button", name="Amara O. is back")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("e")
    expect(page.get_by_text("2 of 5 marked")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("a")
    expect(page.get_by_text("3 of 5 marked")).to_be_visible()
    assert [marks(session)[name] for name in NAMES[:3]] == [
        Mark.LEFT_EARLY,
        Mark.EXCUSED,
        Mark.UNEXCUSED,
    ]


def test_every_width_in_light_and_dark(open_context, sign_in_to, facilitator, session, url):
    context = open_context()
    sign_in_to(context, facilitator)
    page = context.new_page()
    page.goto(url)
    choose(page, "Ben", "Absent")
    expect(page.get_by_text("1 of 5 marked")).to_be_visible()
    choose(page, "Carla", "Late")
    expect(page.get_by_text("2 of 5 marked")).to_be_visible()
    for width, scheme in itertools.product(WIDTHS, SCHEMES):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for path in (f"{url}walk-in/", url):
            page.goto(path)
            if path == url:
                page.get_by_role("checkbox", name="Exact times of Dev O.").press("Space")
            assert_looks_right(page, f"sheet, {path[-8:]}, {width} px, {scheme}")


def test_a_whole_sheet_of_an_expired_sign_in_is_kept_and_sent_after_it(
    open_context, sign_in_to, facilitator, session, url
):
    """Without a script the sheet is one form: it comes back after signing in, and is sent."""
    context = open_context(java_script_enabled=False)
    sign_in_to(context, facilitator)
    page = context.new_page()
    page.goto(url)
    choose(page, "Elena", "Excused")
    context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.get_by_role("button", name=REST).click()
    page.get_by_label("Email").fill(facilitator.email)
    page.get_by_label("Password", exact=True).fill(build.PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_text("What you sent waits here.")).to_be_visible()
    assert not AttendanceRecord.objects.exists()
    page.get_by_role("button", name="Send it now").click()
    expect(page.get_by_text("5 of 5 marked")).to_be_visible()
    expect(page.get_by_text("What you sent waits here.")).to_have_count(0)
    assert marks(session)["Elena"] == Mark.EXCUSED
    assert marks(session)["Dev"] == Mark.PRESENT
