"""A session is moved by hand, by keys and by form, and each move is undone; in a real browser."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from groups.models import GroupSession
from programs.weeks import local_date
from tests import build

# The rows of a grid that begins at 8:00.
AT_ONE, AT_HALF_PAST_TWO = "t21", "t27"
# A change is planned and checked twice, seen and saved.
PATIENCE = 30_000


@pytest.fixture
def today(program):
    """Today, made the third day of the program's week."""
    day = local_date(timezone.now(), program.zone)
    program.week_starts_on = (day.weekday() - 2) % 7
    program.save(update_fields=["week_starts_on"])
    return day


@pytest.fixture
def session(program, facilitator, today):
    """A session of tomorrow, from 10:00 to 11:30, and others that give the week its hours."""
    room = build.a_room(program.site, name="Harbor")
    build.a_room(program.site, name="Loft")
    group = build.a_group(program, name="Process A", kind="process")
    others = build.a_group(program, name="Skills B", kind="skills")
    for days, starts, ends in ((1, "09:00", "09:30"), (1, "16:00", "17:00"), (2, "16:00", "17:00")):
        day = today + timedelta(days)
        build.a_session(others, day, starts, ends, facilitators=[facilitator])
    return build.a_session(
        group, today + timedelta(1), "10:00", "11:30", facilitators=[facilitator], room=room
    )


@pytest.fixture
def open_calendar(open_context, sign_in_to, program, clinician, session):
    """Return a function that opens the calendar as somebody who plans it."""

    def opened(query="", who=clinician, **options) -> Page:
        context = open_context(**options)
        sign_in_to(context, who)
        page = context.new_page()
        page.goto(f"/calendar/{program.public_id}/{query}")
        return page

    return opened


def block(page: Page, session: GroupSession) -> Locator:
    return page.locator(f"#session-{session.public_id}")


def grid(page: Page, day: date) -> Locator:
    return page.locator(f'.day-grid[data-day="{day.isoformat()}"]')


def drag(page: Page, taken: Locator, over: Locator, quarters: int) -> None:
    """Take the block near its top and carry it over a column, so many quarters up or down."""
    box, column = taken.bounding_box(), over.bounding_box()
    assert box
    assert column
    rows = page.locator(".week-hours span").count() * 4
    page.mouse.move(box["x"] + 20, box["y"] + 6)
    page.mouse.down()
    page.mouse.move(box["x"] + 30, box["y"] + 30, steps=3)
    down = quarters * column["height"] / rows
    page.mouse.move(column["x"] + column["width"] / 2, box["y"] + 6 + down, steps=5)


def is_held(session: GroupSession, day: date, starts: str) -> bool:
    session.refresh_from_db()
    return (session.held_on, session.starts_at) == (day, build.moment(day, starts))


def expect_to_be_done(page: Page) -> None:
    expect(page.get_by_role("button", name="Undo").first).to_be_visible(timeout=PATIENCE)


def undo(page: Page, session: GroupSession, day: date) -> None:
    page.get_by_role("button", name="Undo").first.click()
    expect(page.get_by_text("Undone.")).to_be_visible(timeout=PATIENCE)
    assert is_held(session, day, "10:00")


def test_by_hand(open_calendar, session):
    page, day = open_calendar(), session.held_on
    drag(page, block(page, session), grid(page, day + timedelta(1)), 12)
    ghost = page.locator(".is-ghost")
    expect(ghost).to_contain_text("1:00 PM · Process A")
    expect(ghost).to_have_class(f"block is-ghost lane-1 of-1 {AT_ONE} s6")
    page.mouse.up()
    dialog = page.get_by_role("dialog", name="Move a session")
    expect(dialog.get_by_label("Starts")).to_have_value("13:00", timeout=PATIENCE)
    expect(dialog.get_by_label("Ends")).to_have_value("14:30")
    expect(dialog.get_by_role("heading", name="What it would do")).to_be_visible()
    assert is_held(session, day, "10:00")
    dialog.get_by_role("button", name="Move", exact=True).click()
    expect_to_be_done(page)
    assert is_held(session, day + timedelta(1), "13:00")
    undo(page, session, day)


def test_by_keys(open_calendar, session):
    page, day = open_calendar(), session.held_on
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    expect(block(page, session).get_by_role("link")).to_be_focused()
    page.keyboard.press("m")
    dialog = page.get_by_role("dialog", name="Move a session")
    expect(dialog.get_by_label("Starts")).to_have_value("10:00", timeout=PATIENCE)
    dialog.get_by_label("Starts").focus()
    page.keyboard.type("0230PM")
    expect(dialog.get_by_label("Starts")).to_have_value("14:30")
    page.keyboard.press("Enter")
    expect_to_be_done(page)
    assert is_held(session, day, "14:30")
    expect(block(page, session)).to_have_class(
        f"block k-process {AT_HALF_PAST_TWO} s6 lane-1 of-1 "
    )
    undo(page, session, day)


def test_by_form_without_a_script(open_calendar, session):
    page, day = open_calendar(java_script_enabled=False), session.held_on
    expect(page.get_by_text("Keys:")).to_be_hidden()
    block(page, session).get_by_role("link").click()
    page.get_by_role("link", name="Move").click()
    page.get_by_label("Starts").fill("14:30")
    page.get_by_label("Ends").fill("16:00")
    page.get_by_role("button", name="Move", exact=True).click()
    expect_to_be_done(page)
    assert is_held(session, day, "14:30")
    undo(page, session, day)


def test_into_another_room(open_calendar, session):
    page, day = open_calendar(f"?view=rooms&day={session.held_on.isoformat()}"), session.held_on
    loft = page.get_by_role("region", name="Loft").locator(".day-grid")
    drag(page, block(page, session), loft, 0)
    page.mouse.up()
    dialog = page.get_by_role("dialog", name="Move a session")
    room = dialog.get_by_label("Room")
    expect(room.locator("option:checked")).to_have_text("Loft", timeout=PATIENCE)
    dialog.get_by_role("button", name="Move", exact=True).click()
    expect_to_be_done(page)
    assert is_held(session, day, "10:00")
    assert session.room.name == "Loft"


def test_nothing_is_moved_where_it_is_let_go(open_calendar, session):
    page, day = open_calendar(), session.held_on
    taken, there = block(page, session), grid(page, day + timedelta(1))
    drag(page, taken, there, 4)
    page.keyboard.press("Escape")
    expect(page.locator(".is-ghost")).to_have_count(0)
    page.mouse.up()
    drag(page, taken, grid(page, day), 0)
    page.mouse.up()
    expect(page.locator(".is-ghost, .is-lifted, dialog[open]")).to_have_count(0)
    assert "/calendar/" in page.url
    drag(page, taken, there, 4)
    page.mouse.up()
    dialog = page.get_by_role("dialog", name="Move a session")
    expect(dialog).to_be_visible(timeout=PATIENCE)
    dialog.get_by_role("button", name="Cancel").click()
    expect(page.locator(".is-ghost, .is-lifted, dialog[open]")).to_have_count(0)
    assert is_held(session, day, "10:00")
    taken.click()
    expect(page).to_have_url(re.compile(f"/sessions/.+/{session.public_id}/$"))


def test_who_does_not_plan_moves_nothing(open_calendar, session, administrator):
    page = open_calendar(who=administrator)
    drag(page, block(page, session), grid(page, session.held_on + timedelta(1)), 4)
    expect(page.locator(".is-ghost")).to_have_count(0)
    page.mouse.up()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("m")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_keys_change_what_is_shown(open_calendar, session, today):
    page = open_calendar()
    here = page.get_by_role("heading", level=1).inner_text()
    page.keyboard.press("]")
    expect(page.get_by_role("heading", level=1)).not_to_have_text(here)
    assert f"week={today + timedelta(5)}" in page.url
    page.keyboard.press("[")
    expect(page.get_by_role("heading", level=1)).to_have_text(here)
    page.get_by_role("link", name="Day", exact=True).click()
    expect(page.get_by_role("link", name="Day after")).to_be_visible()
    page.keyboard.press("]")
    expect(page).to_have_url(re.compile(f"view=day&day={session.held_on}$"))
    page.keyboard.press("t")
    expect(page).to_have_url(re.compile(r"\?view=day$"))


def test_keys_leave_fields_and_chords_alone(open_calendar, session):
    page = open_calendar()
    for key in ("]", "m", "ArrowDown"):
        page.get_by_label("Facilitator").press(key)
    for chord in ("Control+]", "Alt+]", "Meta+]"):
        page.locator("#main").press(chord)
    page.wait_for_load_state("networkidle")
    assert page.url.endswith(f"/calendar/{session.group.program.public_id}/")
    expect(page.get_by_label("Facilitator")).to_be_visible()


def test_arrows_walk_the_grid(open_calendar, session, today):
    page = open_calendar()
    focused = page.locator(".block > a:focus")
    walked = []
    for key in ("ArrowDown", "ArrowDown", "ArrowDown", "ArrowRight", "ArrowLeft", "ArrowUp"):
        page.keyboard.press(key)
        walked.append(focused.locator(".time").inner_text().split(" ")[0])
    assert walked == ["9:00", "10:00", "4:00", "4:00", "4:00", "10:00"]
