"""The rules of a program in a real browser: a known rule, tried over past weeks, and saved."""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from programs.models import HoursRule, Program
from programs.weeks import local_date
from tests import build
from tests.browser.looks import SCHEMES, WAYS, WIDTHS, assert_looks_right
from tests.build_hours import a_week_close, an_alert_rule


@pytest.fixture
def ruled(program: Program) -> Program:
    """Two people with six hours on two days last week, under a rule that asks for just that."""
    last_week = program.week_of(local_date(timezone.now(), program.zone)).moved(-1)
    rule = build.a_rule(
        program,
        effective_from=date(2020, 1, 6),
        min_minutes_per_week=360,
        min_days_per_week=2,
        citation="Example 1.2",
    )
    a_week_close(program, rule, week_on=last_week.first_on)
    group = build.a_group(program)
    sessions = [build.a_session(group, day) for day in last_week.dates[:2]]
    for first, last in (("Amara", "Okoye"), ("Bruno", "Vega")):
        enrollment = build.an_enrollment(
            program,
            build.a_participant(first_name=first, last_name=last),
            admitted_on=last_week.first_on,
        )
        build.a_membership(group, enrollment)
        for session in sessions:
            build.a_record(session, enrollment.participant, "09:00-12:00")
    return program


@pytest.fixture
def office(open_context, sign_in_to, director, ruled):
    """Return a function that opens a page as the director."""

    def open_page(path: str, **options) -> Page:
        context = open_context(**options)
        sign_in_to(context, director)
        page = context.new_page()
        page.goto(path.format(program=ruled.public_id))
        return page

    return open_page


@pytest.mark.parametrize(("width", "javascript"), WAYS)
def test_a_known_rule_is_tried_and_saved(office, program, width, javascript):
    page = office("/rules/{program}/", width=width, java_script_enabled=javascript)
    page.get_by_role("link", name="New rule", exact=True).click()
    page.get_by_label("Starting point").select_option(
        label="Adults: 9 to 19 hours on 3 days (ASAM level 2.1)"
    )
    page.get_by_role("button", name="Fill in").click()
    expect(page.get_by_label("Hours a week, at least")).to_have_value("9")
    page.get_by_label("Days a week, at least").fill("8")
    page.get_by_role("button", name="Preview").click()
    page.get_by_role("link", name="Enter 7 or less").click()
    expect(page.get_by_label("Days a week, at least")).to_be_focused()
    page.get_by_label("Days a week, at least").fill("3")
    page.get_by_label("Days a week, at least").press("Enter")
    said = "Under this rule, the last quarter would have had 2 more weeks not met."
    expect(page.get_by_role("heading", name=said)).to_be_visible()
    page.get_by_role("button", name="Show whose weeks").click()
    expect(page.get_by_role("rowheader", name="Amara O.")).to_be_visible()
    page.get_by_role("button", name="Change something").click()
    expect(page.get_by_label("Hours a week, at most")).to_have_value("19")
    page.get_by_role("button", name="Preview").click()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The rule is added.")).to_be_visible()
    added = HoursRule.objects.get(min_minutes_per_week=540)
    assert added.citation.startswith("ASAM")
    card = page.get_by_role("article").filter(has_text="Still to come")
    card.get_by_role("button", name="I have checked this against the citation").click()
    expect(page.get_by_text("It is kept that you checked this rule.")).to_be_visible()
    expect(card).to_contain_text("by Dina Osei")


ADDRESSES = [
    "/rules/{program}/",
    "/rules/{program}/new/?start=adult",
    "/rules/{program}/try/",
    "/rules/{program}/alerts/new/",
]


def test_every_width_in_light_and_dark(office, ruled):
    build.a_rule(ruled, effective_from=date(2019, 1, 1))
    build.a_rule(ruled, effective_from=date(2098, 1, 8), counts=["process", "skills", "family"])
    an_alert_rule(ruled, effective_from=date(2098, 1, 8))
    page = office(ADDRESSES[0])
    for width, scheme in itertools.product((360, *WIDTHS[1:]), SCHEMES):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for address in ADDRESSES:
            page.goto(address.format(program=ruled.public_id))
            for fold in page.locator("details.fold > summary").all()[:3]:
                fold.click()
            assert_looks_right(page, f"{address}, {width} px, {scheme}")
        page.goto(ADDRESSES[1].format(program=ruled.public_id))
        page.get_by_role("button", name="Preview").click()
        page.get_by_role("button", name="Show whose weeks").click()
        expect(page.get_by_role("rowheader", name="Amara O.")).to_be_visible()
        assert_looks_right(page, f"preview, {width} px, {scheme}")
