"""Lessons are dragged, moved by keyboard and looked at before they are saved, in a real browser."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from groups.models import SessionLesson
from groups.rotation.actions import reflow
from programs.weeks import local_date
from tests import build, build_curriculum
from tests.browser.looks import PHONE_AND_DESK, assert_looks_right
from tests.groups.rotations import NAMES, planned

WIDTHS = (360, 1440)


@pytest.fixture
def group(program):
    """A group with four lessons in its rotation and five sessions to come."""
    module = build.a_module(program)
    lessons = [build.a_lesson(module=module, name=name, minutes=60) for name in NAMES]
    group = build.a_group(program, name="Skills A", teaches=module.track)
    today = local_date(timezone.now(), program.zone)
    for ahead in range(2, 7):
        build.a_session(group, today + timedelta(days=ahead))
    build_curriculum.a_rotation(group, lessons)
    person = build.an_enrollment(program, admitted_on="2026-01-05")
    build.a_membership(group, person)
    reflow(group=group, by=None, now=timezone.now())
    return group


@pytest.fixture
def desk(open_context, sign_in_to, director, group):
    """Return a function that opens a page of the plan as the director does."""

    def open_page(path: str = "", **options) -> Page:
        context = open_context(reduced_motion="reduce", **options)
        sign_in_to(context, director)
        page = context.new_page()
        page.goto(f"/rotation/{group.program.public_id}/{group.public_id}/{path}")
        return page

    return open_page


def save(page: Page) -> None:
    page.get_by_role("button", name="Save the plan").click()
    expect(page.get_by_text("The plan of lessons is saved.")).to_be_visible()


def test_a_lesson_is_taken_to_another_session_by_keyboard(desk, group):
    page = desk()
    page.get_by_role("button", name="Move Sleep of").press("Enter")
    said = page.locator("#grab-said")
    expect(said).to_contain_text("Sleep picked up.")
    page.keyboard.press("ArrowUp")
    expect(said).to_contain_text("Sleep over")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="What moves")).to_be_visible()
    expect(page.get_by_text("Sleep moves from")).to_be_visible()
    save(page)
    assert planned(group) == ["Sleep", "Triggers", "Cravings", "Anger", "Triggers"]
    assert SessionLesson.objects.filter(is_fixed=True).count() == 1


def test_escape_lets_go(desk, group):
    page = desk()
    page.get_by_role("button", name="Move Sleep of").press(" ")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(page.locator("#grab-said")).to_contain_text("Sleep stays where it was.")
    expect(page.locator(".is-target")).to_have_count(0)


def test_a_lesson_is_dragged_to_another_session(desk, group):
    page = desk()
    handle = page.get_by_role("button", name="Move Anger of").bounding_box()
    target = page.locator(".rotation-slot").first.bounding_box()
    page.mouse.move(handle["x"] + 20, handle["y"] + 20)
    page.mouse.down()
    page.mouse.move(target["x"] + 60, target["y"] + 20, steps=8)
    page.mouse.up()
    expect(page.get_by_text("Anger moves from")).to_be_visible()
    save(page)
    assert planned(group)[:2] == ["Anger", "Triggers"]


def test_the_order_is_changed_by_keyboard_and_buttons(desk, group):
    page = desk("order/")
    page.get_by_role("button", name="Move Anger", exact=True).press("Enter")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator("#grab-said")).to_contain_text("Anger is number 2.")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Move Cravings up").click()
    expect(page.locator(".rotation-name")).to_have_text(["Triggers", "Cravings", "Anger", "Sleep"])
    page.get_by_role("button", name="See what changes").last.click()
    save(page)
    assert planned(group) == ["Triggers", "Cravings", "Anger", "Sleep", "Triggers"]


def test_it_all_works_without_a_script(desk, group):
    page = desk("order/", java_script_enabled=False)
    page.get_by_role("button", name="Move Cravings up").click()
    page.get_by_role("button", name="See what changes").last.click()
    page.get_by_role("button", name="Save the plan").click()
    page.get_by_role("link", name="Change lesson of").first.click()
    page.get_by_label("Cravings").uncheck()
    page.get_by_label("Anger").check()
    page.get_by_role("button", name="See what changes").click()
    page.get_by_role("button", name="Save the plan").click()
    assert planned(group)[:3] == ["Anger", "Cravings", "Triggers"]


@pytest.mark.parametrize(("width", "scheme"), PHONE_AND_DESK)
def test_every_page_looks_right(desk, group, width, scheme):
    page = desk(width=width, color_scheme=scheme)
    assert_looks_right(page, "plan")
    own = page.url
    page.goto(own + "order/")
    assert_looks_right(page, "order")
    page.get_by_role("button", name="Move Cravings up").click()
    page.get_by_role("button", name="See what changes").last.click()
    expect(page.get_by_role("heading", name="What moves")).to_be_visible()
    assert_looks_right(page, "preview")
    page.goto(own)
    page.get_by_role("link", name="Change lesson of").first.click()
    assert_looks_right(page, "lesson")
    page.goto(own.replace(f"{group.public_id}/", ""))
    assert_looks_right(page, "all groups")
