"""The library in a real browser: read, arranged by keyboard, written, held against, published."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from curriculum.models import Lesson, VersionHandout
from programs.models import Program
from tests import build
from tests import build_curriculum as having
from tests.browser.looks import PHONE_AND_DESK, assert_looks_right

WIDTHS = (360, 1280)
GUIDE = "# Opening (5 min)\n\n- Welcome everybody\n- Ask for one word\n\nName three triggers each."


@pytest.fixture
def lesson(program: Program) -> Lesson:
    """A lesson with a prerequisite, a handout, a published version and a draft that differs."""
    track = build.a_track(program, name="DBT skills", subject="dbt", source="Unit names only")
    module = build.a_module(track=track, name="Distress tolerance")
    before = build.a_lesson(module=module, name="STOP", minutes=45)
    found = build.a_lesson(module=module, name="TIPP", minutes=50, is_core=True, position=1)
    build.a_lesson(module=module, name="Pros and cons " * 9, minutes=50, position=2)
    build.a_lesson(module=module, name="Old", retired_at=build.NOW)
    build.a_module(track=track, name="Interpersonal effectiveness")
    having.needs(found, before)
    said: dict[str, Any] = {
        "objectives": "Calm the body in minutes.",
        "guide": GUIDE,
        "homework": "Try it once.",
    }
    said |= {"skills": ["Cold water", "Paced breathing"], "checklist": ["Opened with a check-in"]}
    version = having.a_draft(found, **said)
    VersionHandout.objects.create(version=version, handout=having.a_page(found, name="My week"))
    version.published_at, version.change_note = build.NOW, "A guide, and a page to take home"
    version.save()
    changed = GUIDE.replace("three", "four")
    draft = having.a_draft(found, **{**said, "guide": changed, "skills": ["Cold water", "Walks"]})
    VersionHandout.objects.create(version=draft, handout=having.a_page(found, name="My morning"))
    return found


@pytest.fixture
def desk(open_context, sign_in_to, clinician, lesson):
    """Return a function that opens a page of the library."""

    def open_page(address: str = "", **options) -> Page:
        context = open_context(reduced_motion="reduce", **options)
        sign_in_to(context, clinician)
        page = context.new_page()
        page.goto(f"/curriculum/{lesson.module.track.program.public_id}/{address}")
        return page

    return open_page


def addresses(lesson: Lesson) -> dict[str, str]:
    here = f"lesson/{lesson.public_id}/"
    program = lesson.module.track.program.public_id
    draft = lesson.versions.get(published_at=None).public_id
    handouts = f"/handouts/{program}/draft/{draft}/"
    return {
        "library": "",
        "arranging": "?arrange=1",
        "nothing found": "?q=nowhere",
        "lesson": here,
        "changes": f"{here}changes/",
        "draft": f"{here}draft/",
        "publish": f"{here}draft/publish/",
        "version": f"{here}version/{draft}/",
        "retire": f"{here}retire/",
        "new track": "new-track/",
        "new lesson": f"module/{lesson.module.public_id}/new-lesson/",
        "handouts": handouts,
        "new page": f"{handouts}new-page/",
        "new file": f"{handouts}new-file/",
    }


@pytest.mark.parametrize(("width", "scheme"), PHONE_AND_DESK)
def test_every_page_looks_right(desk, lesson: Lesson, width: int, scheme: str) -> None:
    page = desk(width=width, color_scheme=scheme)
    for where, address in addresses(lesson).items():
        if address.startswith("/"):
            page.goto(address)
        else:
            page.goto(f"/curriculum/{lesson.module.track.program.public_id}/{address}")
        assert_looks_right(page, f"{where} at {width} in {scheme}")


def test_an_empty_library_and_a_wrong_form_look_right(
    open_context, sign_in_to, clinician, program: Program
) -> None:
    context = open_context(width=360, reduced_motion="reduce")
    sign_in_to(context, clinician)
    page = context.new_page()
    page.goto(f"/curriculum/{program.public_id}/")
    expect(page.get_by_role("heading", name="Nothing to teach yet")).to_be_visible()
    assert_looks_right(page, "empty")
    page.get_by_role("link", name="Add a track").click()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_be_focused()
    assert_looks_right(page, "wrong")


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "plain"])
def test_lessons_are_arranged_by_keyboard(desk, lesson: Lesson, *, javascript: bool) -> None:
    page = desk("?arrange=1", java_script_enabled=javascript)
    up = page.get_by_role("button", name="Move TIPP up")
    up.focus()
    page.keyboard.press("Enter")
    first = page.locator("ol.lesson-rows > li").first
    expect(first.get_by_role("link")).to_have_text("TIPP")
    if javascript:
        expect(up).to_be_focused()
    lesson.refresh_from_db()
    assert lesson.position < lesson.module.lessons.get(name="STOP").position


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "plain"])
def test_from_the_library_to_a_published_version(desk, lesson: Lesson, *, javascript: bool) -> None:
    page = desk(java_script_enabled=javascript)
    page.get_by_role("searchbox", name="Find").fill("breathing")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name="TIPP", exact=True).click()
    expect(page.get_by_role("heading", name="Opening (5 min)")).to_be_visible()
    page.get_by_role("link", name="Go on writing").click()
    page.get_by_label("Homework").fill("Try it twice.")
    page.get_by_role("button", name="Save and see to its handouts").click()
    page.get_by_role("link", name="Write a page").click()
    page.get_by_label("Name").fill("My evening")
    page.get_by_label("Text").fill("# Evenings\n- Walk")
    if not javascript:
        page.get_by_role("button", name="Look at it").click()
    expect(page.locator("#preview").get_by_role("heading", name="Evenings")).to_be_visible()
    page.get_by_role("button", name="Keep it in the draft").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="My evening", exact=True).click()
    assert download.value.suggested_filename == "my-evening.pdf"
    page.get_by_role("link", name="TIPP", exact=True).click()
    page.get_by_role("link", name="Look through and publish").click()
    expect(page.locator("ins", has_text="twice.")).to_be_visible()
    page.get_by_label("What is new").fill("Homework twice")
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Version 3 is published")).to_be_visible()
    lesson.refresh_from_db()
    assert lesson.versions.published().count() == 3
