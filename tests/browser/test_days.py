"""Qualifying days in a real browser: every width and scheme, without a script, in print."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from programs.models import Program
from tests import build
from tests.browser.looks import SCHEMES, WAYS, WIDTHS, assert_looks_right
from tests.build import MONDAY

RANGE = "?first_on=2026-11-23&last_on=2026-11-29"


@pytest.fixture
def days(program: Program) -> Program:
    """Four people, two sessions a day on two days, and every reason."""
    build.a_rule(program, min_minutes_per_day=180, counts=["process", "skills"])
    process = build.a_group(program, name="Process A", kind="process")
    skills = build.a_group(program, name="Skills", kind="skills")
    family = build.a_group(program, name="Family night", kind="family")
    people = []
    for given, name in (("Amara", "Okoye"), ("Bruno", "Vega"), ("Cyd", "Lund"), ("Dot", "Ray")):
        enrollment = build.an_enrollment(
            program, build.a_participant(first_name=given, last_name=name)
        )
        build.a_membership(process, enrollment)
        build.a_membership(skills, enrollment)
        people.append(enrollment.participant)
    stretches = (("09:00-11:00",), ("09:20-10:00", "10:20-10:50"), (), ("09:00-10:45",))
    for day in (MONDAY, MONDAY + timedelta(days=2)):
        first = build.a_session(process, day, "09:00", "11:00")
        second = build.a_session(skills, day, "11:15", "12:15")
        evening = build.a_session(family, day, "17:00", "18:30")
        for person, times in zip(people, stretches, strict=True):
            build.a_record(first, person, *times, absence="" if times else "excused")
        build.a_record(second, people[0], "11:15-12:15")
        build.a_record(evening, people[3], "17:00-18:30")
    return program


@pytest.fixture
def desk(open_context, sign_in_to, director, days):
    """Return a function that opens the page."""

    def open_page(**options) -> Page:
        context = open_context(**options)
        sign_in_to(context, director)
        page = context.new_page()
        page.goto(f"/days/{days.public_id}/{RANGE}")
        return page

    return open_page


@pytest.mark.parametrize(("width", "javascript"), WAYS)
def test_from_the_board_to_one_persons_days(desk, days: Program, width: int, javascript: bool):
    page = desk(width=width, java_script_enabled=javascript)
    page.goto(f"/hours/{days.public_id}/?week=2026-11-25")
    page.get_by_role("link", name="Qualifying days").click()
    expect(page.get_by_role("heading", name="Qualifying days", level=1)).to_be_visible()
    expect(page.get_by_role("heading", name="8 days: 2 qualify, 6 do not")).to_be_visible()
    page.get_by_label("Person", exact=True).select_option("Bruno V.")
    page.get_by_label("Days", exact=True).select_option("Only days that do not")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("rowheader", name="Bruno V.")).to_be_visible()
    expect(page.get_by_text("out 10:00 AM – 10:20 AM").first).to_be_visible()
    assert "Bruno" not in page.url
    assert "Bruno" not in page.title()
    page.get_by_role("link", name="Show everything").click()
    expect(page.get_by_role("rowheader", name="Cyd L.")).to_be_visible()
    page.get_by_role("link", name="Last 4 weeks").click()
    expect(page.get_by_label("From", exact=True)).not_to_have_value("2026-11-23")


def test_every_width_in_light_and_dark(desk, days: Program) -> None:
    page = desk()
    addresses = [
        page.url,
        f"/days/{days.public_id}/?first_on=2026-11-30&last_on=2026-12-06",
        f"/days/{days.public_id}/{RANGE}&which=qualifying&person=1",
    ]
    for width, scheme in itertools.product((360, *WIDTHS), SCHEMES):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for address in addresses:
            page.goto(address)
            assert_looks_right(page, f"{address}, {width} px, {scheme}")
    page.goto(addresses[0])
    page.emulate_media(media="print", color_scheme="light")
    expect(page.get_by_label("From", exact=True)).to_be_hidden()
    expect(page.get_by_text("Confidential")).to_be_visible()
