"""Enrolling in a real browser: somebody whole, wide and narrow, with and without JavaScript."""

from __future__ import annotations

import itertools
import re

import pytest
from playwright.sync_api import Page, expect

from programs.models import Enrollment, Participant, Program
from tests import build
from tests.browser.looks import SCHEMES, WAYS, WIDTHS, assert_looks_right

GROUPS = (("Process B", "09:00", "12:00", (0, 2, 3)), ("Mindfulness", "11:00", "12:30", (2, 5)))


@pytest.fixture
def offer(program: Program) -> Program:
    """A program with three groups, of which one is full, and somebody who was here before."""
    build.a_rule(program, effective_from="2020-01-01", citation="Example rule 1.2")
    for name, starts, ends, weekdays in GROUPS:
        group = build.a_group(program, name=name, capacity=4)
        for weekday in weekdays:
            build.a_pattern(group, starts, ends, weekday=weekday)
    full = build.a_group(program, name="Dialectics", kind="process", capacity=1)
    build.a_pattern(full, "13:00", "14:30", weekday=1)
    build.a_membership(full)
    build.an_enrollment(
        program,
        build.a_participant(first_name="Zoë", last_name="Muñoz", email="zoe@example.org"),
        discharged_on="2026-11-03",
        discharge_reason="completed",
    )
    return program


@pytest.fixture
def desk(open_context, sign_in_to, administrator, offer):
    """Return a function that opens the page as the front desk does."""

    def open_page(**options) -> Page:
        context = open_context(**options)
        sign_in_to(context, administrator)
        page = context.new_page()
        page.goto(f"/enroll/{offer.public_id}/")
        return page

    return open_page


def fill_in_the_person(page: Page) -> None:
    page.get_by_label("First name").fill("Leila")
    page.get_by_label("Last name").fill("Farah")
    born = page.get_by_role("group", name="Birth date")
    for label, value in (("Month", "3"), ("Day", "9"), ("Year", "1990")):
        born.get_by_label(label).fill(value)
    page.get_by_label("Email", exact=True).fill("leila@example.org")


def answer(page: Page, question: str, said: str) -> None:
    page.get_by_role("group", name=question).get_by_text(said, exact=True).click()


@pytest.mark.parametrize(("width", "javascript"), WAYS)
def test_somebody_is_enrolled_whole(desk, width, javascript):
    page = desk(width=width, java_script_enabled=javascript)
    fill_in_the_person(page)
    page.get_by_role("checkbox", name="Process B").check()
    if not javascript:
        page.get_by_role("button", name="Work out the hours").click()
    offers = page.locator(".live-big")
    expect(offers).to_contain_text("These groups offer 9\N{NO-BREAK SPACE}h on 3 days")
    expect(page.get_by_label("First name")).to_have_value("Leila")
    expect(page.get_by_text("not answered: email, text message")).to_be_visible()
    answer(page, "Do they agree to reminders by email?", "Yes")
    answer(page, "Do they agree to reminders by text?", "No")
    page.get_by_role("button", name="Enroll", exact=True).click()
    expect(page.get_by_role("heading", name="Leila F.", level=1)).to_be_visible()
    expect(page.get_by_text("Enrolled. The first day is")).to_be_visible()
    expect(page.get_by_text("Process B").first).to_be_visible()
    made = Enrollment.objects.get(participant__last_name="Farah")
    assert [each.group.name for each in made.memberships.all()] == ["Process B"]
    assert [each.channel for each in made.participant.consents.filter(withdrawn_at=None)] == [
        "email"
    ]


def test_every_tick_is_worked_out_and_a_clash_is_said(desk):
    page = desk()
    page.get_by_role("checkbox", name="Process B").check()
    expect(page.locator("#chosen")).to_have_text("1 chosen")
    expect(page.get_by_text("Missing any one session loses the week.")).to_be_visible()
    page.get_by_role("checkbox", name="Mindfulness").check()
    expect(page.locator("#chosen")).to_have_text("2 chosen")
    clash = "Mindfulness and Process B meet at the same time"
    expect(page.locator(".group-option").filter(has_text=clash)).to_have_count(2)
    page.get_by_role("checkbox", name="Mindfulness").uncheck()
    expect(page.get_by_text(clash)).to_have_count(0)
    page.get_by_label("Ordered hours a week").fill("12")
    page.get_by_label("Ordered hours a week").blur()
    expect(page.locator(".live-big")).to_contain_text("the order asks 12\N{NO-BREAK SPACE}h")


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "plain"])
def test_somebody_on_record_is_found_and_enrolled(desk, javascript):
    page = desk(java_script_enabled=javascript)
    page.get_by_label("Name, chart number or birth date").fill("munoz")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("button", name="Choose Zoë Muñoz").click()
    expect(page.get_by_label("First name")).to_have_count(0)
    page.get_by_role("checkbox", name="Process B").check()
    answer(page, "Do they agree to reminders by email?", "Yes")
    answer(page, "Do they agree to reminders by text?", "No")
    page.get_by_role("button", name="Enroll", exact=True).click()
    expect(page.get_by_role("heading", name="Zoë M.", level=1)).to_be_visible()
    assert Participant.objects.get(last_name="Muñoz").enrollments.count() == 2
    assert "Mu" not in page.url


def test_what_is_missing_is_summed_up_and_led_to(desk):
    page = desk()
    page.get_by_label("Ordered hours a week").press("Enter")
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    summary.get_by_role("link", name="Enter a birth date").click()
    born = page.get_by_role("group", name="Birth date")
    expect(born.get_by_label("Month")).to_be_focused()
    summary.get_by_role("link", name="Say whether they agree to reminders by text").click()
    expect(page.locator("#id_sms_consent_0")).to_be_focused()


def test_every_width_in_light_and_dark(desk):
    page = desk()
    for width, scheme in itertools.product(WIDTHS, SCHEMES):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.goto(page.url)
        for group in ("Process B", "Mindfulness", "Dialectics"):
            page.get_by_role("checkbox", name=re.compile(f"^{group}")).check()
        expect(page.locator("#chosen")).to_have_text("3 chosen")
        expect(page.get_by_text("full: Dialectics")).to_be_visible()
        assert_looks_right(page, f"enroll, {width} px, {scheme}")
        page.get_by_role("button", name="Enroll", exact=True).click()
        expect(page.get_by_role("alert")).to_be_visible()
        assert_looks_right(page, f"enroll refused, {width} px, {scheme}")
