"""Bringing a library in, beginning with ours, and offered hours, in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from curriculum.files.written import curriculum_csv
from curriculum.models import Lesson
from curriculum.starter.adding import add_starters
from curriculum.starter.shelf import starter
from groups.models import TherapyGroup
from programs.models import Program, Role
from tests import build
from tests.browser.looks import assert_looks_right
from tests.groups.matrix import A_DAY, next_week

LOOKS = ((360, "light"), (1280, "dark"))
SPACE = "\N{NO-BREAK SPACE}"
GOOD = """\
program,track,module,lesson,minutes,required,prerequisites
,CBT,Thoughts,One,50,yes,
,CBT,Thoughts,Two,50,no,One
"""
WRONG = GOOD.replace("Two,50,no,One", "Two,ninety,maybe,One")


@pytest.fixture
def desk(open_context, sign_in_to, clinician, program):
    """Return a function that opens a page as the clinician does."""

    def open_page(path: str, **options) -> Page:
        context = open_context(reduced_motion="reduce", **options)
        sign_in_to(context, clinician)
        page = context.new_page()
        page.goto(path.format(program=program.public_id))
        return page

    return open_page


def choose(page: Page, text: str) -> None:
    """Choose a file of this text and look at it."""
    file = {"name": "curriculum.csv", "mimeType": "text/csv", "buffer": text.encode()}
    page.get_by_label("File", exact=True).set_input_files(file)  # type: ignore[arg-type]
    page.get_by_role("button", name="See what it would do").click()


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_the_file_page_looks_right(desk, width: int, scheme: str, program: Program):
    page = desk("/curriculum-files/{program}/", width=width, color_scheme=scheme)
    assert_looks_right(page, "empty")
    page.get_by_role("button", name="See what it would do").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose a curriculum.csv")
    assert_looks_right(page, "no file")
    choose(page, WRONG)
    expect(page.get_by_text("2 things are to correct.")).to_be_visible()
    assert_looks_right(page, "wrong")
    choose(page, GOOD)
    expect(page.get_by_role("heading", name="What this file would do")).to_be_visible()
    assert_looks_right(page, "new lessons")


def test_a_library_goes_out_and_comes_back(desk, program: Program, tmp_path: Path):
    add_starters(program=program, starters=[starter("cbt")], now=timezone.now(), by=None)
    page = desk("/curriculum-files/{program}/")
    with page.expect_download() as download:
        page.get_by_role("link", name="The library, curriculum.csv").click()
    download.value.save_as(tmp_path / "curriculum.csv")
    content = (tmp_path / "curriculum.csv").read_bytes()
    assert content == curriculum_csv(program)
    page.get_by_label("File", exact=True).set_input_files(tmp_path / "curriculum.csv")
    page.get_by_role("button", name="See what it would do").click()
    expect(page.get_by_text("Nothing would change.")).to_be_visible()
    choose(page, content.decode("utf-8-sig").replace("Begin with an event", "Start with an event"))
    page.get_by_label("What is new (optional)").fill("Said more plainly")
    page.get_by_role("button", name="Put it in the library").click()
    expect(page.get_by_text("The file is in the library.")).to_be_visible()
    lesson = Lesson.objects.get(name="Thought, feeling, act")
    assert [each.change_note for each in lesson.versions.all()] == ["", "Said more plainly"]


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_the_starter_page_looks_right(desk, width: int, scheme: str, program: Program):
    add_starters(program=program, starters=[starter("cbt")], now=timezone.now(), by=None)
    page = desk("/starter/{program}/", width=width, color_scheme=scheme)
    assert_looks_right(page, "all of them")
    page.get_by_role("button", name="See what would be added").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose at least one library")
    assert_looks_right(page, "none chosen")
    page.get_by_role("checkbox", name="Matrix").check()
    page.get_by_role("checkbox", name="CBT skills").check()
    page.get_by_text("Its lessons").first.click()
    page.get_by_role("button", name="See what would be added").click()
    expect(page.get_by_role("heading", name="What would be added")).to_be_visible()
    assert_looks_right(page, "chosen")


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "plain"])
def test_a_library_begins_with_ours(desk, javascript: bool, program: Program):
    page = desk("/starter/{program}/", java_script_enabled=javascript)
    page.get_by_role("checkbox", name="Mindfulness and grounding").check()
    page.get_by_role("button", name="See what would be added").click()
    page.get_by_role("button", name="Add them to the library").click()
    expect(page.get_by_text("5 lessons are in the library.")).to_be_visible()
    expect(page.get_by_text("Wise mind")).to_be_visible()


@pytest.fixture
def lead(program: Program):
    """Who leads every group, and a rule of nine hours."""
    build.a_rule(program, effective_from="2020-01-01")
    return build.a_colleague(program, Role.FACILITATOR, name="Lee Marsh")


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "plain"])
def test_the_matrix_schedule_is_set_up_and_its_gap_is_told(
    desk, javascript: bool, lead, program: Program
):
    add_starters(program=program, starters=[starter("cbt")], now=timezone.now(), by=None)
    page = desk("/offered/{program}/matrix/", java_script_enabled=javascript)
    for box in page.get_by_label("Who leads it").all():
        box.select_option(label="Lee Marsh")
    if javascript:
        expect(page.get_by_text("sessions are added.").first).to_be_visible()
        page.wait_for_load_state("networkidle")
    else:
        page.get_by_role("button", name="Work it out").click()
    page.get_by_role("button", name="Set it up").click()
    if page.get_by_text("Nothing is saved yet.").is_visible():
        page.get_by_role("button", name="Set it up").click()
    expect(page.get_by_text("The Matrix schedule is in the calendar.")).to_be_visible()
    says = f"Weeks 1 to 4 offer 6{SPACE}h{SPACE}10{SPACE}min a week"
    expect(page.get_by_text(says)).to_be_visible()
    expect(page.get_by_text("Two sessions a week of 90 minutes of CBT skills")).to_be_visible()
    assert TherapyGroup.objects.filter(program=program).count() == 4


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_the_matrix_form_looks_right(desk, width: int, scheme: str, lead, program: Program):
    page = desk("/offered/{program}/matrix/", width=width, color_scheme=scheme)
    assert_looks_right(page, "as it is suggested")
    page.get_by_label("Minutes").first.fill("40")
    page.get_by_role("button", name="Set it up").click()
    expect(page.get_by_role("alert")).to_contain_text("A session takes at least 50 minutes")
    assert_looks_right(page, "wrong")


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_offered_hours_look_right(desk, width: int, scheme: str, lead, program: Program):
    page = desk("/offered/{program}/", width=width, color_scheme=scheme)
    assert_looks_right(page, "empty")
    add_starters(program=program, starters=[starter("cbt")], now=timezone.now(), by=None)
    group = build.a_group(program, name="Evening process", kind="process")
    for day in (0, 2):
        build.a_session(group, next_week(program) + day * A_DAY, "18:00", "20:00")
    page.reload()
    expect(page.get_by_role("heading", name="What would fill the gap")).to_be_visible()
    assert_looks_right(page, "full")
