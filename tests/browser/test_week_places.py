"""Today, the calendar and the groups in a real browser: every width, light and dark."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from programs.weeks import local_date
from tests import build
from tests.browser.looks import SCHEMES, WIDTHS, assert_looks_right

TEST_DAY_SHIFT = 2


@pytest.fixture
def today(program):
    """Today, made the third day of the program's week."""
    day = local_date(timezone.now(), program.zone)
    program.week_starts_on = (day.weekday() - TEST_DAY_SHIFT) % 7
    program.save(update_fields=["week_starts_on"])
    return day


@pytest.fixture
def busy(program, facilitator, today):
    """A week with a running session, overlaps, a closed day and a cancelled session."""
    room = build.a_room(program.site, name="Harbor room")
    running = build.a_group(program, name="Process A", kind="process")
    build.a_pattern(running, facilitators=[facilitator], weekday=today.weekday())
    now = build.a_session(running, today, "00:05", "23:55", facilitators=[facilitator], room=room)
    now.lessons.create(lesson=build.a_lesson(program, name="Riding out a craving"))
    for number, name in enumerate(("Ana", "Ben", "Cid", "Dee", "Eli")):
        person = build.a_participant(first_name=name)
        build.a_membership(running, build.an_enrollment(program, person, admitted_on="2020-01-06"))
        if number < 2:
            build.a_record(now, person, "00:05-")
        elif number < 4:
            build.a_record(now, person, absence=("excused", "no_call")[number - 2])
    tomorrow = today + timedelta(days=1)
    kinds = ("skills", "psychoeducation", "relapse_prevention", "mindfulness")
    for kind, start in zip(kinds, ("09:00", "09:10", "10:00", "13:00"), strict=True):
        group = build.a_group(program, name=kind.replace("_", " ").title(), kind=kind)
        build.a_session(group, tomorrow, start, "14:05", facilitators=[build.a_user()])
    solo = build.a_group(program, name="Individual", kind="individual", capacity=1)
    build.a_session(solo, tomorrow, "16:00", "16:15")
    build.a_session(solo, today - timedelta(days=1), "16:00", "16:30", status="cancelled")
    closed = today + timedelta(days=3)
    closure = build.a_closure(program, first_on=closed, last_on=closed, reason="Staff training")
    build.a_session(solo, closed, status="cancelled", cancelled_for=closure)
    owed = build.a_session(running, today - timedelta(days=2), facilitators=[facilitator])
    build.a_record(owed, person, "09:00-10:00")
    build.an_enrollment(program, admitted_on=tomorrow, planned_discharge_on=tomorrow)
    return running


@pytest.fixture
def looks_right(open_context, sign_in_to):
    """Return a function that looks at one page of one person at every width."""

    def look(user, path, words, where):
        context = open_context()
        sign_in_to(context, user)
        page = context.new_page()
        for width, scheme in itertools.product(WIDTHS, SCHEMES):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.goto(path)
            expect(page.get_by_text(words).first).to_be_visible()
            assert_looks_right(page, f"{where}, {width} px, {scheme}")

    return look


@pytest.mark.parametrize(
    ("who", "words"),
    [("facilitator", "Now, in Harbor room"), ("administrator", "Sessions today")],
)
def test_today_looks_right(request, looks_right, program, busy, who, words):
    looks_right(request.getfixturevalue(who), f"/today/{program.public_id}/", words, f"today {who}")


@pytest.mark.parametrize("who", ["facilitator", "administrator"])
def test_an_empty_today_looks_right(request, looks_right, program, today, who):
    user = request.getfixturevalue(who)
    looks_right(user, f"/today/{program.public_id}/", "No session is planned", "an empty today")


def test_a_full_week_looks_right(looks_right, program, director, busy):
    looks_right(director, f"/calendar/{program.public_id}/", "Staff training", "a full week")


def test_an_empty_week_looks_right(looks_right, program, director):
    looks_right(director, f"/calendar/{program.public_id}/", "No session in this week.", "no week")


def test_a_closed_week_looks_right(looks_right, program, director, today):
    first = today - timedelta(days=7)
    build.a_closure(program, first_on=first, last_on=today + timedelta(days=7), reason="Flood")
    looks_right(director, f"/calendar/{program.public_id}/", "Flood.", "a closed week")


def test_the_groups_look_right(looks_right, program, director, busy):
    looks_right(director, f"/groups/{program.public_id}/", "Process A", "groups")


def test_one_group_looks_right(looks_right, program, director, busy):
    path = f"/groups/{program.public_id}/{busy.public_id}/"
    looks_right(director, path, "Not signed", "one group")


def test_no_two_blocks_cover_each_other(open_context, sign_in_to, program, director, busy):
    context = open_context()
    sign_in_to(context, director)
    page = context.new_page()
    page.goto(f"/calendar/{program.public_id}/")
    boxes = page.evaluate(
        "[...document.querySelectorAll('.block > a')].map(each => each.getBoundingClientRect())"
        ".map(({left, right, top, bottom}) => ({left, right, top, bottom}))"
    )
    assert len(boxes) == 8
    for one, other in itertools.combinations(boxes, 2):
        wide = min(one["right"], other["right"]) - max(one["left"], other["left"])
        high = min(one["bottom"], other["bottom"]) - max(one["top"], other["top"])
        assert wide <= 0 or high <= 0


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "plain"])
def test_weeks_and_filters_hold_together(
    open_context, sign_in_to, program, director, busy, javascript
):
    context = open_context(java_script_enabled=javascript)
    sign_in_to(context, director)
    page = context.new_page()
    page.goto(f"/calendar/{program.public_id}/")
    page.get_by_label("Kind", exact=True).select_option("process")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("link", name="Process A")).to_have_count(2)
    expect(page.get_by_role("link", name="Skills")).to_have_count(0)
    page.get_by_role("link", name="Week after").click()
    expect(page.get_by_text("No session fits.")).to_be_visible()
    page.get_by_role("link", name="This week").click()
    expect(page.get_by_role("link", name="Process A")).to_have_count(2)
    page.get_by_role("link", name="Show everything").click()
    expect(page.get_by_role("link", name="Skills")).to_have_count(1)


def test_a_group_shows_its_last_sessions_also_without_a_script(
    open_context, sign_in_to, program, director, busy
):
    context = open_context(java_script_enabled=False)
    sign_in_to(context, director)
    page = context.new_page()
    page.goto(f"/groups/{program.public_id}/{busy.public_id}/")
    page.get_by_role("link", name="How the last sessions went").click()
    expect(page.get_by_text("Not signed")).to_be_visible()


def test_the_printed_week_is_one_page_wide(open_context, sign_in_to, program, director, busy):
    context = open_context(width=1000, height=740)
    sign_in_to(context, director)
    page = context.new_page()
    page.goto(f"/calendar/{program.public_id}/")
    page.emulate_media(media="print")
    expect(page.get_by_text("Confidential")).to_be_visible()
    expect(page.get_by_role("navigation", name="Main")).to_be_hidden()
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) <= 0
    assert page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == 1
