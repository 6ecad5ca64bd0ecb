"""The lessons of a session in a real browser: read on a phone, confirmed in one tap or in words."""

from __future__ import annotations

import itertools

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from groups.models import SessionLesson, Teaching
from tests import build
from tests.attendance.teaching import a_session_yesterday, a_written_lesson, url_of, with_plan
from tests.browser.looks import SCHEMES, assert_looks_right
from tests.build_curriculum import a_page, an_answer

pytestmark = pytest.mark.django_db(transaction=True)
WIDTHS = (360, 1280)
PHONE: ViewportSize = {"width": 360, "height": 780}


@pytest.fixture
def session(program, facilitator):
    return a_session_yesterday(program, facilitator)


@pytest.fixture
def plan(session, program):
    waves = build.a_lesson(program, name="Riding out a craving", minutes=60, is_core=True)
    handout = a_page(waves, name="A name as long as a handout of a very thorough clinic may have")
    version = waves.versions.create(
        number=2,
        minutes=60,
        objectives="Notice a craving early.",
        guide="# Begin\n\nAsk around.\n\n- One\n- Two\n\n" + "A long sentence. " * 40,
        skills=["Urge surfing"],
        homework="Ride out one wave.",
        checklist=["Opened with a round", "Practiced once"],
        written_at=build.NOW,
    )
    version.handouts.create(handout=handout)
    waves.versions.filter(pk=version.pk).update(published_at=build.NOW)
    return with_plan(session, waves, a_written_lesson(program, "A plan for the evening"))


def opened(open_context, sign_in_to, user, session) -> Page:
    context = open_context(reduced_motion="reduce")
    sign_in_to(context, user)
    page = context.new_page()
    page.set_viewport_size(PHONE)
    page.goto(url_of(session))
    return page


def at_both_widths(page: Page, where: str) -> None:
    for width, scheme in itertools.product(WIDTHS, SCHEMES):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        assert_looks_right(page, f"{where} at {width} px, {scheme}")
    page.set_viewport_size(PHONE)


def test_read_on_a_phone_and_confirmed_in_one_tap(
    open_context, sign_in_to, facilitator, session, plan
):
    page = opened(open_context, sign_in_to, facilitator, session)
    expect(page.get_by_role("heading", name="Riding out a craving")).to_be_visible()
    at_both_widths(page, "planned")
    page.get_by_role("button", name="It went as planned").click()
    expect(page.get_by_text("What was taught is on record.")).to_be_visible()
    assert SessionLesson.objects.taught().count() == 2
    person = build.a_participant()
    build.a_record(session, person, "09:00-12:00")
    an_answer(SessionLesson.objects.taught()[0], person, session)
    page.goto(url_of(session))
    expect(page.get_by_text("Given to 1: 1 done")).to_be_visible()
    for fold in page.locator("details.fold > summary").all():
        fold.click()
    at_both_widths(page, "confirmed, all open")
    first = page.get_by_role("article", name="Riding out a craving")
    first.get_by_label("Practiced once").check()
    first.get_by_role("button", name="Save").click()
    expect(page.get_by_text("1 of 2 steps")).to_be_visible()


def test_something_else_instead(open_context, sign_in_to, facilitator, session, plan, faults):
    page = opened(open_context, sign_in_to, facilitator, session)
    page.get_by_text("Something was different").click()
    for name in ("Riding out a craving", "A plan for the evening"):
        page.get_by_role("checkbox", name=name).uncheck()
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("alert")).to_contain_text("Tick a lesson, say what else it was")
    assert all(each.startswith("Failed to load resource") for each in faults)
    faults.clear()
    at_both_widths(page, "with what is wrong")
    page.get_by_label("Something else, in your own words").fill("A walk by the river.")
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_text("2 planned lessons were not taught")).to_be_visible()
    expect(page.get_by_role("region", name="On record")).to_contain_text("A walk by the river.")
    assert Teaching.objects.get().other == "A walk by the river."
    assert not SessionLesson.objects.exists()


def test_with_nothing_planned(open_context, sign_in_to, facilitator, session):
    page = opened(open_context, sign_in_to, facilitator, session)
    expect(page.get_by_text("No lesson is planned for this session.")).to_be_visible()
    at_both_widths(page, "nothing planned")
