"""What people answered beforehand, on the sheet and on Today, in a real browser."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from attendance.beforehand import said_on
from attendance.marks import Mark
from attendance.models import AttendanceRecord
from attendance.sheet.people import Details
from groups.models import GroupSession
from programs.models import Participant
from programs.weeks import local_date, whole_minute
from tests import build
from tests.browser.looks import SCHEMES, WIDTHS, assert_looks_right
from tests.browser.sheet_room import (
    REST,
    a_room,
    choose,
    expect_sent,
    faults,
    marks,
    people,
    row,
    url_of,
)
from tests.build_reminders import an_answer

__all__ = ["faults"]  # the fixture, for this file
ALL_WIDTHS = (*WIDTHS, 1280)


@pytest.fixture
def session(program, facilitator) -> GroupSession:
    """Ben and Elena cannot come, Carla and Dev have confirmed, Amara has not answered."""
    session = a_room(program, facilitator)
    who = {name: each.participant for name, each in people(session).items()}
    says_no(who["Ben"], session.held_on, "ill")
    says_no(who["Elena"], session.held_on, "other_date")
    for name in ("Carla", "Dev"):
        an_answer(who[name], session.held_on)
    return session


def says_no(person: Participant, day, reason: str) -> None:
    at = timezone.now() - timedelta(hours=2)
    an_answer(person, day, word="not_coming", reason=reason, answered_at=at)


@pytest.fixture
def context(open_context, sign_in_to, facilitator):
    context = open_context()
    sign_in_to(context, facilitator)
    return context


@pytest.fixture
def page(context, session) -> Page:
    page = context.new_page()
    page.goto(url_of(session))
    return page


def details(session: GroupSession, name: str) -> Details:
    return people(session)[name].details


def as_said(session: GroupSession, name: str) -> Details:
    person = people(session)[name].participant
    said = said_on([person], session.held_on)[person.pk]
    return Details(whole_minute(said.at), said.why)


def test_suggested_until_a_hand_decides(page, session):
    ben = row(page, "Ben")
    expect(ben).to_contain_text("Said they cannot come: ill")
    expect(ben.locator(".is-suggested")).to_have_text("Excused")
    expect(ben.get_by_role("radio", name="Excused")).to_have_accessible_description(
        "Said they cannot come: ill"
    )
    expect(row(page, "Carla")).to_contain_text("Confirmed")
    assert not AttendanceRecord.objects.exists()
    choose(page, "Ben", "Excused")
    expect(row(page, "Ben").locator(".roster-state .chip")).to_contain_text("Excused")
    expect_sent(page)
    assert details(session, "Ben") == as_said(session, "Ben")
    expect(ben).to_contain_text("notice")
    expect(ben.locator(".is-suggested")).to_have_count(0)
    ben.get_by_role("checkbox").click()
    expect(ben.get_by_label("Reason")).to_have_value("Ill")


def test_the_key_e_and_the_rest_without_a_network(context, page, session):
    context.set_offline(True)
    row(page, "Elena").focus()
    page.keyboard.press("e")
    page.get_by_role("button", name=REST).click()
    expect(page.locator("#taps")).to_contain_text("4 marks waiting")
    expect(row(page, "Ben").locator(".seg :checked")).to_have_count(0)
    context.set_offline(False)
    expect_sent(page)
    assert marks(session) == {
        "Amara": Mark.PRESENT,
        "Carla": Mark.PRESENT,
        "Dev": Mark.PRESENT,
        "Elena": Mark.EXCUSED,
    }
    assert details(session, "Elena") == as_said(session, "Elena")
    expect(page.get_by_role("button", name=REST)).to_be_hidden()
    expect(page.get_by_text("1 person to mark before you sign")).to_be_visible()


def test_present_all_the_same(page, session):
    choose(page, "Ben", "Present")
    expect(row(page, "Ben").locator(".roster-state .chip")).to_contain_text("Present")
    expect_sent(page)
    assert marks(session) == {"Ben": Mark.PRESENT}
    assert details(session, "Ben") == Details()


def test_an_answer_comes_while_the_sheet_is_open(page, session):
    expect(row(page, "Amara")).not_to_contain_text("cannot come")
    says_no(people(session)["Amara"].participant, session.held_on, "ride")
    expect(row(page, "Amara")).to_contain_text(
        "Said they cannot come: no way to get there", timeout=30_000
    )
    expect(row(page, "Amara").locator(".is-suggested")).to_be_visible()


def test_excused_without_an_answer_leads_to_the_reason(page):
    choose(page, "Amara", "Excused")
    row(page, "Amara").get_by_text("Add the reason").click()
    expect(row(page, "Amara").get_by_label("Reason")).to_be_visible()


def test_without_a_script_it_is_the_same_form(open_context, sign_in_to, facilitator, session):
    context = open_context(width=820, java_script_enabled=False)
    sign_in_to(context, facilitator)
    page = context.new_page()
    page.goto(url_of(session))
    choose(page, "Ben", "Excused")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("1 mark saved.")).to_be_visible()
    assert details(session, "Ben") == as_said(session, "Ben")
    page.get_by_role("button", name=REST).click()
    assert set(marks(session)) == {"Amara", "Ben", "Carla", "Dev"}


def test_the_sheet_at_every_width(page, session):
    choose(page, "Elena", "Excused")
    choose(page, "Amara", "Excused")
    expect_sent(page)
    for width, scheme in itertools.product(ALL_WIDTHS, SCHEMES):
        page.set_viewport_size({"width": width, "height": 1100})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.goto(page.url)
        expect(row(page, "Ben").locator(".is-suggested")).to_be_visible()
        assert_looks_right(page, f"sheet-answers, {width} px, {scheme}")


@pytest.mark.parametrize("whose", ["mine", "clinic"])
def test_today_at_every_width(open_context, sign_in_to, clinician, session, whose):
    program = session.group.program
    build.a_facilitation(session, clinician)
    today = local_date(timezone.now(), program.zone)
    group = build.a_group(program, name="Relapse prevention")
    later = build.a_session(group, today, "23:58", "23:59", facilitators=[clinician])
    for name in ("Ann", "Theodora", "Cid", "Dee"):
        person = build.a_participant(first_name=name, last_name="Okafor")
        enrollment = build.an_enrollment(program, person, admitted_on="2020-01-01")
        build.a_membership(later.group, enrollment)
        if name in ("Ann", "Theodora"):
            says_no(person, today, "family" if name == "Ann" else "ride")
        elif name == "Cid":
            an_answer(person, today)
    AttendanceRecord.objects.create(
        session=session,
        participant=people(session)["Ben"].participant,
        absence="excused",
        recorded_at=timezone.now(),
    )
    context = open_context()
    sign_in_to(context, clinician)
    page = context.new_page()
    page.goto(f"/today/{program.public_id}/?day_of={whose}")
    expect(page.get_by_text("1 confirmed · 2 cannot come · 1 no answer")).to_be_visible()
    expect(page.locator(".said-list")).to_contain_text("Theodora O. Cannot come")
    for width, scheme in itertools.product(ALL_WIDTHS, SCHEMES):
        page.set_viewport_size({"width": width, "height": 1100})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.goto(page.url)
        expect(page.get_by_text("Cannot come · Ill").first).to_be_visible()
        assert_looks_right(page, f"today-{whose}-answers, {width} px, {scheme}")
