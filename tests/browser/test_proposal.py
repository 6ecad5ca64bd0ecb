"""The proposed order of lessons in a real browser: looked at, used, and right at every width."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from groups.rotation.actions import reflow
from programs.weeks import local_date
from tests import build, build_curriculum
from tests.browser.looks import PHONE_AND_DESK, assert_looks_right
from tests.groups.rotations import NAMES, planned

WIDTHS = (360, 1440)
LONG = "Refusing, Delaying and Distracting without Losing Friends"


@pytest.fixture
def group(program):
    """Six sessions to come; the rotation begins with lessons that nobody needs first."""
    module = build.a_module(program)
    names = [*reversed(NAMES), LONG]
    lessons = [
        build.a_lesson(module=module, name=name, minutes=60, is_core=name in NAMES[:2])
        for name in names
    ]
    group = build.a_group(program, name="Skills A", teaches=module.track)
    today = local_date(timezone.now(), program.zone)
    for ahead in range(2, 8):
        build.a_session(group, today + timedelta(days=ahead))
    build_curriculum.a_rotation(group, lessons)
    for name, stay in (("Ada", 3), ("Ben", 20), ("Cleo", 2)):
        person = build.a_participant(first_name=name, last_name="Nolan")
        enrollment = build.an_enrollment(
            program,
            person,
            admitted_on=today - timedelta(days=9),
            planned_discharge_on=today + timedelta(days=stay),
        )
        build.a_membership(group, enrollment)
    reflow(group=group, by=None, now=timezone.now())
    return group


@pytest.fixture
def desk(open_context, sign_in_to, director, group):
    """Return a function that opens the proposal as the director does."""

    def open_page(**options) -> Page:
        context = open_context(reduced_motion="reduce", **options)
        sign_in_to(context, director)
        page = context.new_page()
        page.goto(f"/proposal/{group.program.public_id}/{group.public_id}/")
        return page

    return open_page


@pytest.mark.parametrize(("width", "scheme"), PHONE_AND_DESK)
def test_it_looks_right(desk, width, scheme):
    page = desk(width=width, color_scheme=scheme)
    expect(page.get_by_role("heading", name="2 of 3 people finish every core")).to_be_visible()
    expect(page.get_by_role("heading", name="Who would not finish")).to_be_visible()
    assert_looks_right(page, f"proposal, {width} px, {scheme}")


@pytest.mark.parametrize("script", [True, False])
def test_the_proposed_plan_becomes_the_plan(desk, group, script):
    page = desk(java_script_enabled=script)
    row = page.get_by_role("row").filter(has_text="changes").first
    expect(row).to_contain_text("serves")
    page.get_by_role("button", name="Use this plan").click()
    expect(page.get_by_text("The proposed plan is saved.")).to_be_visible()
    assert set(planned(group)[:2]) == set(NAMES[:2])
    page.get_by_role("link", name="Propose the best order").click()
    expect(page.get_by_text("Every coming session was chosen by hand.")).to_be_visible()
    page.get_by_role("link", name="Let the proposal change those too").click()
    expect(page.get_by_text("Nothing needs to change")).to_be_visible()


def test_a_plan_that_changed_meanwhile_is_not_used(desk, group):
    page = desk()
    session = group.sessions.order_by("starts_at").last()
    session.lessons.update(is_fixed=True)
    page.get_by_role("button", name="Use this plan").click()
    expect(page.get_by_role("alert")).to_contain_text("The plan has changed since you looked at it")
    assert_looks_right(page, "proposal, refused")
