"""Trends, and a participant's own weeks, in a real browser: widths, schemes, keyboard, print."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from hours.program_week import current_week
from programs.models import Enrollment, Program
from tests import build
from tests.browser.looks import SCHEMES, WAYS, WIDTHS, assert_looks_right
from tests.build_hours import a_conclusion, a_week_close

TABLES = (
    "People who met their hours",
    "Hours required, offered and attended",
    "Attendance by group and weekday",
    "Absences by kind",
)


@pytest.fixture
def people(program: Program) -> list[Enrollment]:
    """Six weeks of two groups: met, not met, pending, exempt, and every kind of absence."""
    build.a_rule(program, effective_from="2020-01-01", partial_weeks="exempt")
    last = current_week(program, timezone.now()).moved(-1)
    groups = [build.a_group(program, name=name) for name in ("Process A", "Coping and skills")]
    people = [
        build.an_enrollment(
            program, admitted_on=last.moved(-back).first_on + timedelta(days=back % 2)
        )
        for back in (20, 19, 5, 5, 3, 1)
    ]
    for group, each in itertools.product(groups, people):
        build.a_membership(group, each)
    absences = ("excused", "unexcused", "no_call", "")
    for back, (day, group) in itertools.product(range(6), zip((0, 2), groups, strict=True)):
        session = build.a_session(group, last.moved(-back).dates[day], "12:00", "17:00")
        for number, each in enumerate(people[: 5 - back % 2]):
            if each.admitted_on > session.held_on:
                continue
            kind = absences[(number + back) % 4]
            if number < 3:
                build.a_record(session, each.participant, "12:00-17:00")
            else:
                build.a_record(session, each.participant, absence=kind)
    a_conclusion(a_week_close(program, week_on=last.moved(-1).first_on), people[0])
    return people


@pytest.fixture
def desk(open_context, sign_in_to, director, people, program):
    """Return a function that opens the page."""

    def open_page(**options) -> Page:
        context = open_context(**options)
        sign_in_to(context, director)
        page = context.new_page()
        page.goto(f"/trends/{program.public_id}/")
        return page

    return open_page


@pytest.mark.parametrize(("width", "javascript"), WAYS)
def test_each_picture_has_its_table_by_keyboard(desk, width: int, javascript: bool) -> None:
    page = desk(width=width, java_script_enabled=javascript)
    expect(page.get_by_role("heading", name="Trends", level=1)).to_be_visible()
    for name in TABLES:
        panel = page.get_by_role("region", name=name, exact=True).first
        table = panel.get_by_role("table", name=name, exact=True)
        expect(table).to_be_hidden()
        panel.locator("summary").focus()
        page.keyboard.press("Enter")
        expect(table).to_be_visible()
        page.keyboard.press("Enter")
        expect(table).to_be_hidden()
    # Each picture says its numbers to those who do not see it.
    expect(
        page.get_by_role("img", name="People who met their hours, of those held")
    ).to_be_visible()
    expect(page.get_by_text("met as concluded").first).to_be_visible()
    page.get_by_role("link", name="Last 26 weeks").click()
    expect(page.get_by_role("link", name="Last 26 weeks")).to_have_attribute("aria-current", "true")
    page.get_by_label("From", exact=True).fill("2026-11-02")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_label("From", exact=True)).to_have_value("2026-11-02")


def test_every_width_in_light_and_dark(desk, program: Program) -> None:
    page = desk()
    addresses = [
        f"/trends/{program.public_id}/?weeks=26",
        f"/trends/{program.public_id}/?first_on=2020-01-06&last_on=2020-02-02&weeks=1",
    ]
    for width, scheme in itertools.product((360, *WIDTHS), SCHEMES):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for address in addresses:
            page.goto(address)
            for fold in page.locator("main summary").all():
                fold.click()
            assert_looks_right(page, f"{address}, {width} px, {scheme}")
    page.goto(addresses[0])
    page.emulate_media(media="print", color_scheme="light")
    expect(page.get_by_label("From", exact=True)).to_be_hidden()
    expect(page.get_by_role("link", name="CSV")).to_have_count(0)
    expect(page.get_by_text("Confidential")).to_be_visible()
    for name in TABLES:
        expect(page.get_by_role("table", name=name, exact=True)).to_be_visible()


def test_names_under_a_picture_do_not_touch(desk) -> None:
    page = desk(width=360)
    for weeks, width in itertools.product((4, 12, 26), (360, 820, 1280)):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"{page.url.split('?')[0]}?weeks={weeks}")
        boxes = page.locator(".trend-picture").first.locator("text.name:visible")
        spans = [box for each in boxes.all() if (box := each.bounding_box())]
        assert len(spans) >= 2
        for left, right in itertools.pairwise(spans):
            assert left["x"] + left["width"] < right["x"], (weeks, width)


def test_a_participants_own_weeks(desk, program: Program, people: list[Enrollment]) -> None:
    page = desk(width=360)
    address = f"/people/{program.public_id}/{people[0].participant.public_id}/"
    page.goto(address)
    page.get_by_role("link", name="All weeks").click()
    expect(page.get_by_role("link", name="All weeks")).to_have_attribute("aria-current", "true")
    expect(page.get_by_text("Closed as not met, 6 h of 9 h")).to_be_visible()
    page.locator(".weeks tbody th a").nth(1).click()
    expect(page.get_by_role("heading", name="Weekly hours", level=1)).to_be_visible()
    for width, scheme in itertools.product((360, *WIDTHS), SCHEMES):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.goto(f"{address}?weeks=all")
        assert_looks_right(page, f"own weeks, {width} px, {scheme}")
    page.emulate_media(media="print", color_scheme="light")
    expect(page.get_by_role("heading", name="Hours by week")).to_be_visible()
    expect(page.get_by_role("heading", name="Person and contact")).to_be_hidden()
    expect(page.get_by_text("Confidential")).to_be_visible()
