"""The device on which the sheet is marked: what it shows while taps wait, and older browsers."""

from __future__ import annotations

import itertools
import re

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from attendance.marks import MARK_LOOKS, Mark
from groups.models import GroupSession
from tests import build
from tests.browser.looks import SCHEMES, WIDTHS, assert_looks_right
from tests.browser.sheet_room import (
    NAMES,
    REST,
    a_room,
    choose,
    expect_mark,
    expect_sent,
    faults,
    kept,
    marks,
    people,
    press,
    row,
    said,
    url_of,
)

__all__ = ["faults"]  # the fixture, for this file

# What a browser lacks that is old, or that came by http from another machine.
OLD = """
Object.defineProperty(Navigator.prototype, "locks", {value: undefined});
Object.defineProperty(Crypto.prototype, "randomUUID", {value: undefined});
"""
NOTHING_KEPT = """
Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); };
"""
WAITS_AS = {
    "present": Mark.PRESENT,
    "rest": Mark.PRESENT,
    "late": Mark.LATE,
    "excused": Mark.EXCUSED,
    "unexcused": Mark.UNEXCUSED,
    "no_call": Mark.NO_CALL,
    "left": Mark.LEFT_EARLY,
    "back": Mark.OUT_AND_BACK,
    "clear": Mark.UNMARKED,
}


@pytest.fixture
def session(program, facilitator) -> GroupSession:
    return a_room(program, facilitator)


@pytest.fixture
def context(open_context, sign_in_to, facilitator):
    context = open_context(width=820, height=1180)
    sign_in_to(context, facilitator)
    return context


@pytest.fixture
def page(context, session) -> Page:
    page = context.new_page()
    page.goto(url_of(session))
    return page


@pytest.mark.parametrize(("code", "mark"), WAITS_AS.items())
def test_a_mark_that_waits_looks_like_one_on_record(code, mark):
    """The device foresees a mark in the words, the tone and the icon of `MARK_LOOKS`."""
    page = render_to_string("components/sheet_device.html")
    look = MARK_LOOKS[mark]
    label, tone, icon = str(look.label), look.tone, look.icon
    chip = {"tone": tone, "icon": icon, "label": label}
    expected = render_to_string("components/chip.html", chip).strip()
    found = re.search(rf'<span data-look="{code}"([^>]*)>(.*?)</span>\s*</span>', page, re.S)
    assert found
    assert f'data-tone="{tone}"' in found[1]
    assert f"{found[2]}</span>".strip() == expected


def test_undo_by_video_and_no_call_wait_like_any_mark(context, page, session):
    choose(page, "Amara", "Present")
    expect_sent(page)
    choose(page, "Amara", "Excused")
    expect_sent(page)
    choose(page, "Ben", "Present")
    expect_sent(page)
    context.set_offline(True)
    page.get_by_role("button", name="Undo the last change of Amara O.").click()
    page.get_by_role("checkbox", name=re.compile(r"Ben O\.")).press("Space")
    row(page, "Ben").get_by_role("button", name="By video").click()
    choose(page, "Carla", "Absent")
    press(page, "Carla", "did not call")
    expect(page.locator("#taps")).to_contain_text("4 marks waiting")
    expect(row(page, "Carla").locator(".roster-state .chip")).to_have_text("No call")
    by_video = row(page, "Ben").get_by_role("button", name="By video")
    expect(by_video).to_have_attribute("aria-pressed", "true")
    context.set_offline(False)
    expect_sent(page)
    expect_mark(page, "Amara", "Present")
    assert marks(session) == {
        "Amara": Mark.PRESENT,
        "Ben": Mark.PRESENT,
        "Carla": Mark.NO_CALL,
    }
    assert session.records.get(is_by_video=True).participant.first_name == "Ben"


def test_the_second_of_two_quick_taps_takes_nothing_back(page, session):
    choose(page, "Dev", "Present")
    expect_sent(page)
    page.get_by_role("button", name="Dev O. leaves now").dblclick()
    expect_sent(page)
    expect_mark(page, "Dev", "Left early")
    assert said(session, "Dev")[0][1] is not None


def test_all_present_where_one_cannot_be(page, session):
    """Someone sits in another room at the same time: the others are marked all the same."""
    carla = people(session)["Carla"].participant
    other = GroupSession.objects.create(
        group=build.a_group(session.group.program),
        held_on=session.held_on,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
    )
    record = build.a_record(other, carla)
    record.presences.create(arrived_at=other.starts_at)
    page.get_by_role("button", name=REST).click()
    expect_sent(page)
    expect(row(page, "Carla")).to_contain_text("recorded in")
    assert marks(session) == dict.fromkeys((n for n in NAMES if n != "Carla"), Mark.PRESENT)


@pytest.mark.parametrize("lacks", [OLD, NOTHING_KEPT], ids=["no locks", "nothing kept"])
def test_older_browsers_mark_too(context, session, lacks):
    context.add_init_script(lacks)
    page = context.new_page()
    page.goto(url_of(session))
    choose(page, "Amara", "Present")
    expect_sent(page)
    context.set_offline(True)
    choose(page, "Ben", "Absent")
    press(page, "Amara", "leaves now")
    expect(page.locator("#taps")).to_contain_text("2 marks waiting")
    context.set_offline(False)
    expect_sent(page)
    assert marks(session) == {"Amara": Mark.LEFT_EARLY, "Ben": Mark.UNEXCUSED}


def test_what_was_missed_and_signing_out_look_right(context, page, session):
    context.set_offline(True)
    page.get_by_role("button", name=REST).click()
    expect(page.locator("#taps")).to_contain_text("5 marks waiting")
    page.close()
    context.set_offline(False)
    build.a_sign_off(session, signed_at=timezone.now())
    page = context.new_page()
    page.goto(url_of(session))
    expect(page.locator("#missed")).to_contain_text("Amara O., Ben O., Carla O.")
    assert [tap["isMissed"] for tap in kept(page)] == [True]
    for path in (url_of(session), reverse("account_logout")):
        page.goto(path)
        if path != url_of(session):
            page.get_by_role("button", name="Sign out").click()
            expect(page.get_by_role("dialog")).to_contain_text("5 marks came after the signature")
        for width, scheme in itertools.product(WIDTHS, SCHEMES):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            assert_looks_right(page, f"{path}, {width} px, {scheme}")
