"""Taps without a network: they wait on the device and reach the record as they were made."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, Route, expect

from accounts.models import AuditEvent
from attendance.marks import Mark
from attendance.models import AttendanceRecord
from attendance.sheet.actions import record_attendance, sign_session
from attendance.sheet.states import Ask
from attendance.sheet.wishes import RowMarks
from groups.models import GroupSession
from tests import build
from tests.browser.sheet_room import (
    NAMES,
    REST,
    a_room,
    at_minute,
    at_present,
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


@pytest.fixture
def session(program, facilitator) -> GroupSession:
    return a_room(program, facilitator)


@pytest.fixture
def url(session) -> str:
    return url_of(session)


@pytest.fixture
def context(open_context, sign_in_to, facilitator):
    context = open_context(width=820, height=1180)
    sign_in_to(context, facilitator)
    return context


@pytest.fixture
def page(context, url) -> Page:
    page = context.new_page()
    page.goto(url)
    return page


def sheets(session: GroupSession):
    return GroupSession.objects.filter(pk=session.pk)


def test_offline_in_the_middle_a_closed_tab_and_back(context, page, session, url):
    choose(page, "Amara", "Present")
    expect_sent(page)
    context.set_offline(True)
    at_minute(context, session, 12)
    choose(page, "Ben", "Late")
    choose(page, "Carla", "Excused")
    choose(page, "Dev", "Present")
    at_minute(context, session, 40)
    press(page, "Dev", "leaves now")
    at_minute(context, session, 52)
    press(page, "Dev", "is back")
    expect(page.get_by_text("5 marks waiting since", exact=False)).to_contain_text(
        "no network, nothing lost"
    )
    expect(row(page, "Dev").locator(".wait-mark")).to_have_text("waiting")
    expect(row(page, "Dev").locator(".chip").first).to_have_text("Out and back")
    assert marks(session) == {"Amara": Mark.PRESENT}

    page.close()
    context.set_offline(False)
    at_present(context)
    page = context.new_page()
    page.goto(url)
    expect_sent(page)
    expect_mark(page, "Dev", "Out and back")
    expect(page.get_by_text("4 of 5 marked")).to_be_visible()
    assert marks(session) == {
        "Amara": Mark.PRESENT,
        "Ben": Mark.LATE,
        "Carla": Mark.EXCUSED,
        "Dev": Mark.OUT_AND_BACK,
    }
    assert said(session, "Ben") == [(12, None)]
    assert said(session, "Dev") == [(0, 40), (52, None)]


def test_the_network_comes_back_while_the_sheet_is_open(context, page, session):
    context.set_offline(True)
    page.get_by_role("button", name=REST).click()
    choose(page, "Elena", "Absent")
    expect(row(page, "Elena").get_by_role("radio", name="Absent")).to_be_checked()
    expect(row(page, "Amara").locator(".wait-mark")).to_be_visible()
    context.set_offline(False)
    expect(page.get_by_text("5 of 5 marked")).to_be_visible()
    expect_sent(page)
    expect(page.locator("#taps")).to_contain_text("Saved")
    expect(page.locator(".wait-mark")).to_have_count(0)
    assert marks(session) == dict.fromkeys(NAMES[:4], Mark.PRESENT) | {"Elena": Mark.UNEXCUSED}


def test_the_device_keeps_ids_and_codes_and_no_names(context, page, session):
    context.set_offline(True)
    page.get_by_role("button", name=REST).click()
    press(page, "Ben", "leaves now")
    page.get_by_role("checkbox", name=re.compile(r"Amara O\.")).press("Space")
    page.get_by_label("Arrived").first.fill("09:20")
    row(page, "Amara").locator("[data-save]").click()
    choose(page, "Carla", "Excused")
    taps = kept(page)
    assert [tap["fields"].get("act") or tap["fields"].get("mark") for tap in taps] == [
        "rest",
        "left",
        None,
        "excused",
    ]
    assert taps[2]["fields"]["arrived"] == "09:20"
    stored = page.evaluate("JSON.stringify(localStorage) + JSON.stringify(sessionStorage)")
    assert [name for name in (*NAMES, "Okoye", "Fay", "Marlow") if name in stored] == []
    known = {"id", "n", "rows", "fields", "seen", "after", "at"}
    assert {key for tap in taps for key in tap} == known


def test_a_tap_that_arrives_twice_changes_nothing_twice(page, session, url, facilitator):
    """The answer is lost, a colleague goes on, and the same tap comes again."""
    choose(page, "Dev", "Present")
    expect_sent(page)
    lost: list[str] = []

    def lose_the_answer(route: Route) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch().text())
            route.abort()
        else:
            route.continue_()

    page.route(f"**{url}", lose_the_answer)
    press(page, "Dev", "leaves now")
    expect(page.locator("#taps")).to_contain_text("1 mark waiting since")
    dev = people(session)["Dev"]
    back = RowMarks(dev.id, seen=dev.state, act=Ask.BACK)
    other = build.a_user()
    record_attendance(session=sheets(session), marks=[back], by=other, now=timezone.now())
    before = (said(session, "Dev"), AuditEvent.objects.count())
    page.get_by_role("button", name="Send now").click()
    expect_sent(page)
    assert (said(session, "Dev"), AuditEvent.objects.count()) == before
    assert "Back" not in row(page, "Dev").locator(".roster-tools").inner_text()


def test_signed_meanwhile(context, page, session, facilitator):
    for name in NAMES:
        choose(page, name, "Present")
    expect_sent(page)
    context.set_offline(True)
    choose(page, "Ben", "Absent")
    press(page, "Carla", "leaves now")
    sign_session(
        session=sheets(session),
        reason="",
        is_substitute=False,
        by=facilitator,
        now=timezone.now(),
    )
    context.set_offline(False)
    late = page.get_by_role("region", name="These marks came after the signature:")
    expect(late.get_by_role("listitem")).to_have_count(2)
    expect(late).to_contain_text(re.compile(r"\d+:\d\d [AP]M · Unexcused · Ben O\."))
    expect(late).to_contain_text(re.compile(r"\d+:\d\d [AP]M · Left · Carla O\."))
    page.reload()
    expect(late).to_be_visible()
    late.get_by_role("button", name="Dismiss").click()
    expect(late).to_be_hidden()
    expect_sent(page)
    assert set(marks(session).values()) == {Mark.PRESENT}


def test_a_refused_tap_takes_those_after_it_along_and_says_so(context, page, session):
    context.set_offline(True)
    at_minute(context, session, 2)
    choose(page, "Amara", "Late")
    at_minute(context, session, 30)
    press(page, "Amara", "leaves now")
    choose(page, "Ben", "Present")
    at_present(context)
    context.set_offline(False)
    expect_sent(page)
    expect(row(page, "Amara")).to_contain_text("Say when they arrived.")
    expect(row(page, "Amara")).to_contain_text(
        re.compile(r"Not recorded either, because it came after this: \d+:\d\d [AP]M Left")
    )
    assert marks(session) == {"Ben": Mark.PRESENT}


def test_an_expired_sign_in_keeps_the_queue_and_sends_it_afterwards(
    context, page, session, url, sign_in_to, facilitator
):
    context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    choose(page, "Elena", "Present")
    choose(page, "Dev", "Absent")
    expect(page.locator("#taps")).to_contain_text("sign in again and the marks are sent")
    assert not AttendanceRecord.objects.exists()
    page.get_by_role("link", name="Sign in").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    page.get_by_label("Email").fill(facilitator.email)
    page.get_by_label("Password", exact=True).fill(build.PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_text("2 of 5 marked")).to_be_visible()
    expect_sent(page)
    assert marks(session) == {"Elena": Mark.PRESENT, "Dev": Mark.UNEXCUSED}


def test_another_person_on_the_device_sends_nothing_of_it(
    context, page, session, url, sign_in_to, facilitator, director
):
    context.set_offline(True)
    choose(page, "Elena", "Present")
    expect(page.locator("#taps")).to_contain_text("1 mark waiting")
    page.close()
    context.set_offline(False)
    sign_in_to(context, director)
    page = context.new_page()
    page.goto(url)
    expect(page.get_by_text("0 of 5 marked")).to_be_visible()
    choose(page, "Ben", "Present")
    expect(page.get_by_text("1 of 5 marked")).to_be_visible()
    assert len(kept(page)) == 1
    sign_in_to(context, facilitator)
    page.goto(url)
    expect(page.get_by_text("2 of 5 marked")).to_be_visible()
    expect_sent(page)
    assert set(marks(session)) == {"Ben", "Elena"}


def test_in_somebody_elses_name_nothing_is_sent(
    context, page, session, url, sign_in_to, facilitator, director
):
    """The tab of one stays open while another signs in beside it."""
    page.route("**/news/", lambda route: route.fulfill(status=204))
    context.clear_cookies()
    beside = context.new_page()
    beside.goto(reverse("account_login"))
    beside.get_by_label("Email").fill(director.email)
    beside.get_by_label("Password", exact=True).fill(build.PASSWORD)
    beside.get_by_role("button", name="Sign in", exact=True).click()
    expect(beside.get_by_role("heading", name="Sign in")).to_have_count(0)
    choose(page, "Elena", "Present")
    expect(page.locator("#taps")).to_contain_text("somebody else is signed in here")
    assert not AttendanceRecord.objects.exists()
    assert len(kept(page)) == 1


def test_signing_out_warns_and_wipes(context, page, session, url):
    choose(page, "Ben", "Present")
    expect_sent(page)
    context.set_offline(True)
    choose(page, "Elena", "Present")
    choose(page, "Dev", "Absent")
    expect(page.locator("#taps")).to_contain_text("2 marks waiting")
    page.close()
    context.set_offline(False)
    page = context.new_page()
    page.goto(reverse("account_logout"))
    page.get_by_role("button", name="Sign out").click()
    warning = page.get_by_role("dialog")
    expect(warning).to_contain_text("2 marks wait to be sent; signing out deletes them.")
    page.keyboard.press("Escape")
    expect(warning).to_be_hidden()
    assert len(kept(page)) == 2
    page.get_by_role("button", name="Sign out").click()
    warning.get_by_role("button", name="Sign out and delete").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert kept(page) == []
    assert marks(session) == {"Ben": Mark.PRESENT}


def test_signing_out_with_nothing_waiting_does_not_ask(page):
    page.goto(reverse("account_logout"))
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
