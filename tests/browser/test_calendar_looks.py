"""Every view of the calendar looks right at every width, light and dark, and prints to one page."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from programs.models import Role
from programs.weeks import local_date
from tests import build
from tests.browser.looks import SCHEMES, WIDTHS, assert_looks_right

VIEWS = ("week", "day", "rooms")


@pytest.fixture
def day(program):
    """Tomorrow, made the fourth day of the program's week."""
    today = local_date(timezone.now(), program.zone)
    program.week_starts_on = (today.weekday() - 2) % 7
    program.save(update_fields=["week_starts_on"])
    return today + timedelta(days=1)


@pytest.fixture
def other(program, director):
    """Another program of the director's, of another site."""
    site = build.a_site(name="Denver site", timezone="America/Denver")
    found = build.a_program(site, code="denver", name="Denver IOP")
    build.an_assignment(director, found, Role.CLINICIAN)
    return found


@pytest.fixture
def clashing(program, other, facilitator, clinician, day):
    """A day with every clash, a full session, a room that others have, a cancelled session."""
    harbor, loft = (
        build.a_room(program.site, name=name, capacity=3) for name in ("Harbor", "Loft")
    )
    process = build.a_group(program, name="Process A", kind="process", min_to_hold=6)
    skills = build.a_group(program, name="Women’s skills", capacity=4)
    for _ in range(4):
        enrollment = build.an_enrollment(program, admitted_on="2020-01-06")
        for group in (process, skills):
            build.a_membership(group, enrollment)
    build.a_session(process, day, "09:00", "10:30", facilitators=[facilitator], room=harbor)
    build.a_session(skills, day, "09:30", "11:00", facilitators=[clinician])
    full = build.a_group(program, kind="mindfulness", name="Evening mindfulness", capacity=1)
    for _ in range(2):
        build.a_membership(full, build.an_enrollment(program, admitted_on="2020-01-06"))
    build.a_session(full, day, "13:00", "13:30")
    solo = build.a_group(program, name="Individual", kind="individual", capacity=1)
    build.a_session(solo, day, "16:00", "16:15", facilitators=[facilitator])
    build.a_session(solo, day, "14:00", "15:00", status="cancelled", cancelled_reason="Ill")
    elsewhere = build.a_group(build.a_program(program.site))
    build.a_session(elsewhere, day, "12:00", "14:00", room=loft)
    west = build.a_group(other, name="Family of Denver", kind="family")
    build.a_session(west, day, "09:00", "12:00", facilitators=[build.a_user()])
    return day


@pytest.fixture
def looks_right(open_context, sign_in_to, program, director):
    """Return a function that looks at one calendar at every width, in light and dark."""

    def look(query, words):
        context = open_context()
        sign_in_to(context, director)
        page = context.new_page()
        for width, scheme in itertools.product(WIDTHS, SCHEMES):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.goto(f"/calendar/{program.public_id}/{query}")
            expect(page.get_by_text(words).first).to_be_visible()
            assert_looks_right(page, f"{query}, {width} px, {scheme}")

    return look


@pytest.mark.parametrize("view", VIEWS)
def test_with_clashes(looks_right, clashing, view):
    looks_right(f"?view={view}&day={clashing}&programs=all", "What clashes")


@pytest.mark.parametrize("view", VIEWS)
def test_empty(looks_right, day, view):
    looks_right(f"?view={view}", "No session")


@pytest.mark.parametrize("view", VIEWS)
def test_closed(looks_right, program, day, view):
    build.a_closure(program, first_on=day, last_on=day, reason="Flood")
    build.a_session(build.a_group(program), day, status="cancelled")
    looks_right(f"?view={view}&day={day}", "Flood.")


@pytest.mark.parametrize("view", VIEWS)
def test_it_prints_to_one_page(open_context, sign_in_to, program, director, clashing, view):
    context = open_context(width=1000, height=740)
    sign_in_to(context, director)
    page = context.new_page()
    page.goto(f"/calendar/{program.public_id}/?view={view}&day={clashing}&programs=all")
    page.emulate_media(media="print")
    expect(page.get_by_text("Confidential")).to_be_visible()
    expect(page.locator(".clash-tag").first).to_be_visible()
    for hidden in (".kbd-hint", ".clash-panel", ".filters", ".page-actions", ".sidebar"):
        expect(page.locator(hidden)).to_be_hidden()
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) <= 0
    assert page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == 1


def test_a_day_on_a_phone_is_a_grid_with_its_neighbors_a_tap_away(
    open_context, sign_in_to, program, director, clashing
):
    context = open_context(width=390, height=844, has_touch=True)
    sign_in_to(context, director)
    page = context.new_page()
    page.goto(f"/calendar/{program.public_id}/?view=day&day={clashing}")
    process, skills = (
        page.locator(".block", has=page.get_by_text(name, exact=True)).bounding_box()
        for name in ("Process A", "Women’s skills")
    )
    assert process["y"] < skills["y"] < process["y"] + process["height"]
    assert process["x"] + process["width"] <= skills["x"]
    page.get_by_role("link", name="Day before").tap()
    expect(page.get_by_text("No session on this day.")).to_be_visible()
    page.get_by_role("link", name="Day after").tap()
    expect(page.get_by_role("link", name="Process A").first).to_be_visible()
