"""Several on one sheet: two tabs of one person, two people at once, a choice between two marks."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from accounts.models import User
from attendance.marks import Mark
from attendance.sheet.actions import record_attendance, sign_session
from attendance.sheet.states import Ask
from attendance.sheet.wishes import RowMarks
from groups.models import GroupSession
from programs.models import Role
from tests import build
from tests.browser.sheet_room import (
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
    url_of,
)

__all__ = ["faults"]  # the fixture, for this file
# What others mark is asked for every four seconds.
SOON = 30_000


@pytest.fixture
def colleague(program) -> User:
    return build.a_colleague(program, Role.FACILITATOR, name="Cora Quinn")


@pytest.fixture
def session(program, facilitator, colleague) -> GroupSession:
    return a_room(program, facilitator, colleague)


@pytest.fixture
def open_sheet(open_context, sign_in_to, session):
    """Return a function that opens the sheet on a device of one person."""

    def opened(user: User) -> tuple[BrowserContext, Page]:
        context = open_context(width=820, height=1180)
        sign_in_to(context, user)
        page = context.new_page()
        page.goto(url_of(session))
        return context, page

    return opened


def sheets(session: GroupSession):
    return GroupSession.objects.filter(pk=session.pk)


def test_two_people_see_each_others_marks(open_sheet, session, facilitator, colleague):
    _, one = open_sheet(facilitator)
    _, two = open_sheet(colleague)
    choose(one, "Amara", "Present")
    choose(two, "Ben", "Absent")
    expect(row(two, "Amara").locator(".chip").first).to_have_text("Present", timeout=SOON)
    expect(row(one, "Ben").locator(".chip").first).to_have_text("Unexcused", timeout=SOON)
    for page in (one, two):
        expect(page.get_by_text("2 of 5 marked")).to_be_visible()
    assert marks(session) == {"Amara": Mark.PRESENT, "Ben": Mark.UNEXCUSED}


def test_a_conflict_shows_both_and_overwrites_nothing(open_sheet, session, facilitator, colleague):
    context, page = open_sheet(facilitator)
    context.set_offline(True)
    choose(page, "Ben", "Present")
    press(page, "Ben", "leaves now")
    ben = people(session)["Ben"]
    absent = RowMarks(ben.id, seen=ben.state, choice=str(Ask.UNEXCUSED))
    record_attendance(session=sheets(session), marks=[absent], by=colleague, now=timezone.now())
    context.set_offline(False)
    expect_sent(page)
    expect(row(page, "Ben")).to_contain_text(
        re.compile(r"Cora Quinn marked Unexcused at .+; you said Left early", re.S)
    )
    expect(row(page, "Ben").get_by_role("radio", name="Absent")).to_be_checked()
    assert marks(session) == {"Ben": Mark.UNEXCUSED}
    row(page, "Ben").get_by_role("button", name=re.compile("^Use mine")).click()
    expect_mark(page, "Ben", "Left early")
    expect_sent(page)
    assert marks(session) == {"Ben": Mark.LEFT_EARLY}


def test_two_tabs_share_one_queue(open_sheet, session, facilitator):
    context, one = open_sheet(facilitator)
    two = context.new_page()
    two.goto(url_of(session))
    sent: list[str] = []
    for page in (one, two):
        page.on("request", lambda request: sent.append(request.post_data or ""))
    context.set_offline(True)
    choose(one, "Amara", "Present")
    choose(two, "Ben", "Late")
    choose(two, "Amara", "Absent")
    for page in (one, two):
        expect(page.locator("#taps")).to_contain_text("3 marks waiting")
        expect(row(page, "Amara").get_by_role("radio", name="Absent")).to_be_checked()
    sent.clear()
    context.set_offline(False)
    for page in (one, two):
        expect_sent(page)
        expect_mark(page, "Amara", "Unexcused")
        expect_mark(page, "Ben", "Late")
    assert marks(session) == {"Amara": Mark.UNEXCUSED, "Ben": Mark.LATE}
    ids = [found[1] for text in sent if (found := re.search(r"mark_id=([\w-]+)", text))]
    assert len(ids) == len(set(ids)) == 3


def test_what_is_typed_here_is_left_alone(open_sheet, session, facilitator, colleague):
    """News of a row comes when its times are saved or let go of; others come meanwhile."""
    _, page = open_sheet(facilitator)
    page.get_by_role("checkbox", name=re.compile(r"Dev O\.")).press("Space")
    arrived = row(page, "Dev").get_by_label("Arrived")
    arrived.fill("09:20")
    dev, ben = people(session)["Dev"], people(session)["Ben"]
    news = [RowMarks(each.id, seen=each.state, choice=str(Ask.UNEXCUSED)) for each in (dev, ben)]
    record_attendance(session=sheets(session), marks=news, by=colleague, now=timezone.now())
    expect(row(page, "Ben").locator(".chip").first).to_have_text("Unexcused", timeout=SOON)
    expect(arrived).to_have_value("09:20")
    expect(row(page, "Dev").locator(".chip").first).to_have_text("Not marked")
    arrived.fill("")
    page.locator("#main").focus()
    expect(row(page, "Dev").locator(".chip").first).to_have_text("Unexcused", timeout=SOON)


def test_a_walk_in_of_a_colleague_comes_onto_the_sheet(open_sheet, session, facilitator, colleague):
    _, page = open_sheet(facilitator)
    guest = build.a_participant(first_name="Mateo", last_name="Diaz")
    build.an_enrollment(session.group.program, guest, admitted_on="2020-01-01")
    mark = RowMarks(guest.public_id, act=Ask.WALK_IN)
    record_attendance(session=sheets(session), marks=[mark], by=colleague, now=timezone.now())
    mateo = page.locator("[data-row]").filter(has_text="Mateo D.")
    expect(mateo).to_be_visible(timeout=SOON)
    mateo.locator(".seg label").filter(has_text="Absent").click()
    expect_sent(page)


def test_signed_by_a_colleague(open_sheet, session, facilitator, colleague):
    _, page = open_sheet(facilitator)
    page.get_by_role("button", name=REST).click()
    expect_sent(page)
    sign_session(
        session=sheets(session), reason="", is_substitute=False, by=colleague, now=timezone.now()
    )
    expect(page.get_by_text("Signed by Cora Quinn")).to_be_visible(timeout=SOON)
    assert kept(page) == []


def test_signing_waits_until_everything_is_sent(open_sheet, session, facilitator):
    context, page = open_sheet(facilitator)
    page.get_by_role("button", name=REST).click()
    expect_sent(page)
    context.set_offline(True)
    choose(page, "Ben", "Absent")
    page.get_by_role("button", name="Sign attendance").click()
    expect(page.locator("#todo")).to_contain_text("1 mark to send before you sign.")
    context.set_offline(False)
    expect_sent(page)
    page.get_by_role("button", name="Sign attendance").click()
    expect(page.get_by_text("Signed by Fay Marlow")).to_be_visible()
    assert marks(session)["Ben"] == Mark.UNEXCUSED
