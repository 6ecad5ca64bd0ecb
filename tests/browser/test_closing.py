"""Closing days and opening them again in a real browser, with and without JavaScript."""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from django.utils import timezone
from playwright.sync_api import Page, Route, expect

from groups.actions import generate_sessions
from groups.models import GroupSession, ScheduleException
from programs.models import Closure, Program
from tests import build
from tests.browser.looks import SCHEMES, WAYS, WIDTHS, assert_looks_right
from tests.groups.closing import WHY, a_wish, close, next_week, reopen

SPACE = "\N{NO-BREAK SPACE}"


@pytest.fixture
def week(program: Program) -> list[date]:
    return next_week(program)


@pytest.fixture
def planned(program: Program) -> Program:
    """Two groups on three days of the week, and two people who need all of their hours."""
    build.a_rule(program, effective_from="2020-01-01", closures="count")
    groups = [build.a_group(program, name=name) for name in ("Process A", "DBT skills")]
    for group, starts, ends in zip(groups, ("09:00", "13:00"), ("10:30", "14:30"), strict=True):
        room = build.a_room(program.site)
        for weekday in (0, 1, 3):
            build.a_pattern(group, starts, ends, weekday=weekday, first_on="2026-01-05", room=room)
    generate_sessions(now=timezone.now(), by=None)
    for first_name in ("Ada", "Bertram"):
        person = build.a_participant(first_name=first_name, last_name="Quill")
        enrollment = build.an_enrollment(program, person, admitted_on="2026-01-05")
        for group in groups:
            build.a_membership(group, enrollment)
    return program


@pytest.fixture
def desk(open_context, sign_in_to, director, planned):
    """Return a function that opens the closed days as the director does."""

    def open_page(path: str = "", **options) -> Page:
        context = open_context(**options)
        sign_in_to(context, director)
        page = context.new_page()
        page.goto(f"/closures/{planned.public_id}/{path}")
        return page

    return open_page


def fill_in(page: Page, name: str, day: date) -> None:
    group = page.get_by_role("group", name=name)
    for label, value in (("Month", day.month), ("Day", day.day), ("Year", day.year)):
        group.get_by_label(label).fill(str(value))


@pytest.mark.parametrize(("width", "javascript"), WAYS)
def test_a_day_is_closed_and_the_week_made_longer(desk, week, width, javascript):
    page = desk(width=width, java_script_enabled=javascript)
    page.get_by_role("link", name="Close days").click()
    fill_in(page, "First day", week[1])
    page.get_by_label("Reason").fill("Staff training")
    if javascript:
        page.get_by_label("Reason").blur()
    else:
        page.get_by_role("button", name="Work it out").click()
    expect(page.get_by_text("2 sessions fall away.")).to_be_visible()
    below = page.get_by_role("region", name="Below the hours they need")
    expect(below).to_contain_text("Ada Q. and Bertram Q.")
    expect(below).to_contain_text(f"9{SPACE}h before, 6{SPACE}h after")
    page.get_by_text("Extend the other sessions of the week").click()
    expect(page.get_by_text(f"4 sessions each end 45{SPACE}min later")).to_be_visible()
    if javascript:
        expect(page.get_by_text("With it everybody reaches the hours")).to_be_visible()
    page.get_by_role("button", name="Close these days").click()
    expect(page.get_by_text("Closed: ")).to_be_visible()
    expect(page.get_by_text("2 sessions fall away")).to_be_visible()
    longer = GroupSession.objects.filter(status="scheduled", held_on=week[0]).order_by("starts_at")
    ends = [build.moment(week[0], clock) for clock in ("11:15", "15:15")]
    assert list(longer.values_list("ends_at", flat=True)) == ends


def test_every_change_is_worked_out_and_what_is_typed_stays(desk, week):
    page = desk(f"new/?first_on={week[1]}&reason=Founders+Day")
    expect(page.get_by_text("2 sessions fall away.")).to_be_visible()
    page.get_by_text("Add a session").click()
    expect(page.get_by_text("Choose the day to see whether it is enough.")).to_be_visible()
    page.get_by_label("Day", exact=True).last.select_option(week[2].isoformat())
    expect(page.get_by_role("region", name="Still below")).to_contain_text("Ada Q.")
    page.get_by_label("Ends").fill("12:00")
    expect(page.get_by_text("With it everybody reaches the hours they need.")).to_be_visible()
    page.get_by_label("Ends").fill("10:00")
    page.get_by_label("Why this is all right").fill(WHY)
    expect(page.get_by_role("region", name="Still below")).to_be_visible()
    expect(page.get_by_label("Why this is all right")).to_have_value(WHY)
    page.get_by_text("Accept it, with a reason").click()
    page.get_by_role("button", name="Close these days").click()
    expect(page.get_by_text("Closed: ")).to_be_visible()
    assert ScheduleException.objects.filter(kind="short_week").count() == 2


def test_what_is_chosen_while_the_days_are_worked_out_is_kept(desk, week):
    page = desk(f"new/?first_on={week[1]}&reason=Founders+Day")
    expect(page.get_by_text("2 sessions fall away.")).to_be_visible()
    going: list[Route] = []

    def hold_the_first(route: Route) -> None:
        if going:
            route.continue_()
        going.append(route)

    page.route("**/new/", hold_the_first)
    reason = page.get_by_role("textbox", name="Reason")
    reason.fill("Staff training")
    reason.blur()
    expect(page.locator(".htmx-request")).to_be_visible()
    page.get_by_text("Extend the other sessions").click()
    page.get_by_label("Why this is all right").fill(WHY)
    going[0].continue_()
    expect(page.get_by_text("With it everybody reaches the hours they need.")).to_be_visible()
    expect(page.get_by_role("radio", name="Extend the other sessions")).to_be_checked()
    expect(page.get_by_label("Why this is all right")).to_have_value(WHY)


def test_what_is_missing_is_summed_up_and_led_to(desk):
    page = desk("new/")
    page.get_by_role("button", name="Close these days").click()
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    summary.get_by_role("link", name="Enter the first day").click()
    expect(page.get_by_role("group", name="First day").get_by_label("Month")).to_be_focused()


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "plain"])
def test_days_are_opened_again(desk, planned, week, javascript):
    close(a_wish(planned, week[4]), now=timezone.now())
    page = desk(java_script_enabled=javascript)
    page.get_by_role("link", name="Remove the closure").click()
    expect(page.get_by_text("No session of yours comes back.")).to_be_visible()
    page.get_by_role("button", name="Remove the closure").click()
    expect(page.get_by_text("is open again.")).to_be_visible()
    page.get_by_text("1 removed closure").click()
    expect(page.get_by_text("by Dina Osei")).to_be_visible()
    assert not Closure.objects.in_force().exists()


def test_every_width_in_light_and_dark(desk, planned, week):
    now = timezone.now()
    closure = close(a_wish(planned, week[4], week[6]), now=now)
    reopen(close(a_wish(planned, week[5]), now=now), now=now)
    page = desk()
    closing = f"new/?first_on={week[1]}&reason=Founders+Day"
    for width, scheme in itertools.product(WIDTHS, SCHEMES):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for path in ("", "new/", closing, f"{closure.public_id}/remove/"):
            page.goto(f"/closures/{planned.public_id}/{path}")
            assert_looks_right(page, f"closures/{path}, {width} px, {scheme}")
        page.goto(f"/closures/{planned.public_id}/{closing}")
        page.get_by_text("Add a session").click()
        expect(page.get_by_text("Choose the day to see whether it is enough.")).to_be_visible()
        assert_looks_right(page, f"adding a session, {width} px, {scheme}")
        page.get_by_role("button", name="Close these days").click()
        expect(page.get_by_role("alert")).to_be_visible()
        assert_looks_right(page, f"closing refused, {width} px, {scheme}")
