"""People and one participant in a real browser: found, opened, read; every width and scheme."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from programs.models import Program
from programs.weeks import local_date
from tests import build
from tests.browser.looks import SCHEMES, WAYS, WIDTHS, assert_looks_right


@pytest.fixture
def weeks(program: Program) -> Program:
    """Amara with three weeks behind her and every kind of mark; Bruno on track; Cyd to come."""
    today = local_date(timezone.now(), program.zone)
    build.a_rule(program, effective_from="2020-01-01")
    group = build.a_group(program, name="Evening core", kind="process")
    for weekday in (0, 2):
        build.a_pattern(group, weekday=weekday)
    amara = build.an_enrollment(
        program,
        build.a_participant(first_name="Amara", last_name="Okoye", phone="+14025550142"),
        admitted_on="2020-01-01",
        planned_discharge_on=today + timedelta(days=40),
    )
    build.a_consent(amara.participant)
    bruno = build.an_enrollment(
        program, build.a_participant(first_name="Bruno", last_name="Vega"), admitted_on="2020-01-01"
    )
    build.an_order(bruno, 60)
    build.an_enrollment(
        program,
        build.a_participant(first_name="Cyd", last_name="Lund"),
        admitted_on=today + timedelta(days=7),
    )
    for each in (amara, bruno):
        build.a_membership(group, each)
    stretches = (["09:00-12:00"], ["09:30-12:00"], ["09:00-11:00"], ["09:00-10:00", "10:30-12:00"])
    for number, times in enumerate(stretches):
        session = build.a_session(group, today - timedelta(days=2 + 3 * number))
        build.a_record(session, amara.participant, *times)
    for number, absence in enumerate(("excused", "unexcused", "no_call", "")):
        session = build.a_session(group, today - timedelta(days=15 + 2 * number))
        build.a_record(session, amara.participant, absence=absence)
    build.a_session(group, today + timedelta(days=1))
    return program


@pytest.fixture
def desk(open_context, sign_in_to, administrator, weeks):
    """Return a function that opens the list of people."""

    def open_page(**options) -> Page:
        context = open_context(**options)
        sign_in_to(context, administrator)
        page = context.new_page()
        page.goto(f"/people/{weeks.public_id}/")
        return page

    return open_page


@pytest.mark.parametrize(("width", "javascript"), WAYS)
def test_from_a_search_to_the_weeks(desk, width, javascript):
    page = desk(width=width, java_script_enabled=javascript)
    expect(page.get_by_role("heading", name="2 people enrolled")).to_be_visible()
    page.get_by_label("Search", exact=True).fill("okoye")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("heading", name="1 person found")).to_be_visible()
    assert "okoye" not in page.url.lower()
    page.get_by_role("link", name="Amara O.").click()
    expect(page.get_by_role("heading", name="Amara O.", level=1)).to_be_visible()
    expect(page.get_by_role("heading", name="This week, session by session")).to_be_visible()
    expect(page.get_by_role("row", name="now")).to_be_visible()
    expect(page.get_by_text("Amara Okoye")).to_be_visible()
    assert "Amara" not in page.title()
    page.get_by_role("link", name="People").first.click()
    expect(page.get_by_role("heading", name="2 people enrolled")).to_be_visible()


def test_every_width_in_light_and_dark(desk):
    page = desk()
    addresses = [page.url]
    page.get_by_role("link", name="Amara O.").click()
    addresses.append(page.url)
    page.goto(addresses[0])
    page.get_by_label("Search", exact=True).fill("cyd")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Cyd L.").click()
    addresses.append(page.url)
    for width, scheme in itertools.product(WIDTHS, SCHEMES):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for address in addresses:
            page.goto(address)
            assert_looks_right(page, f"{address}, {width} px, {scheme}")
        page.goto(addresses[0])
        page.get_by_label("Search", exact=True).fill("nobody of this name")
        page.get_by_role("button", name="Search").click()
        expect(page.get_by_text("Nobody found.")).to_be_visible()
        assert_looks_right(page, f"nobody found, {width} px, {scheme}")
