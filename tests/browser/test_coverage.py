"""The coverage pages in a real browser: widths, schemes, keyboard, and a seat that is booked."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from curriculum.models import Lesson
from programs.models import Enrollment, Program
from tests import build, build_curriculum
from tests.browser.looks import PHONE_AND_DESK, assert_looks_right

WIDTHS = (360, 1440)
NAMES = ("Triggers and cravings", "Refusal skills", "Sleep", "Distress tolerance", "Family")


@pytest.fixture
def lessons(program: Program) -> list[Lesson]:
    """Five lessons, of which one each is received, missed, coming, waived and never offered."""
    module = build.a_module(program, name="Early recovery")
    lessons = [
        build.a_lesson(module=module, name=name, position=n, is_core=n < 3)
        for n, name in enumerate(NAMES)
    ]
    today = timezone.localdate()
    group, other = (build.a_group(program, name=name) for name in ("Core A", "Evening B"))
    past = build.a_session(group, today - timedelta(days=7))
    second = build.a_session(group, today - timedelta(days=5))
    build_curriculum.taught(past, lessons[0])
    build_curriculum.taught(second, lessons[1])
    build_curriculum.planned(build.a_session(group, today + timedelta(days=3)), lessons[2])
    build_curriculum.planned(build.a_session(other, today + timedelta(days=4)), lessons[1])
    for first, last in (("Ada", "Nolan"), ("Bea", "Ortiz"), ("Cyd", "Petersen")):
        enrollment = build.an_enrollment(
            program,
            build.a_participant(first_name=first, last_name=last),
            admitted_on=today - timedelta(days=30),
            planned_discharge_on=today + timedelta(days=30),
        )
        build.a_membership(group, enrollment)
        build.a_record(past, enrollment.participant, "09:00-12:00")
        build.a_record(second, enrollment.participant, absence="excused")
        build_curriculum.a_waiver(enrollment, lessons[3])
    return lessons


@pytest.fixture
def desk(open_context, sign_in_to, director, lessons):
    """Return a function that opens a page."""

    def open_page(url: str, **options) -> Page:
        context = open_context(**options)
        sign_in_to(context, director)
        page = context.new_page()
        page.goto(url)
        return page

    return open_page


@pytest.mark.parametrize(("width", "scheme"), PHONE_AND_DESK)
def test_looks(desk, program: Program, lessons, scheme, width: int) -> None:
    ada = Enrollment.objects.get(participant__first_name="Ada").participant
    base = f"/coverage/{program.public_id}/"
    page = desk(base, width=width, color_scheme=scheme, reduced_motion="reduce")
    for url in (
        base,
        f"{base}?shown=table",
        f"{base}?track=nonsense",
        f"{base}lesson/{lessons[1].public_id}/",
        f"{base}lesson/{lessons[4].public_id}/",
        f"{base}person/{ada.public_id}/",
        f"{base}person/{ada.public_id}/waive/{lessons[1].public_id}/",
    ):
        page.goto(url)
        assert_looks_right(page, f"{url} {width} {scheme}")


def test_map_says_in_words_and_scrolls_by_keyboard(desk, program: Program) -> None:
    page = desk(f"/coverage/{program.public_id}/", width=820)
    region = page.get_by_role("region", name="Map of people by lessons")
    region.focus()
    expect(region).to_be_focused()
    table = page.get_by_role("table", name="Where each person stands with each lesson")
    row = table.get_by_role("row").filter(has_text="Ada N")
    words = [cell.inner_text() for cell in row.get_by_role("cell").all()[:5]]
    assert [word.strip() for word in words] == [
        "received",
        "missed",
        "coming",
        "waived",
        "never offered",
    ]


def test_phone_shows_a_list_of_people(desk, program: Program) -> None:
    page = desk(f"/coverage/{program.public_id}/", width=360)
    expect(page.get_by_role("table")).to_have_count(0)
    line = page.get_by_role("link").filter(has_text="Ada N")
    expect(line).to_contain_text("1 of 4 received, 1 coming")
    expect(line).to_contain_text("Missing: Refusal skills and Family")


def test_a_seat_is_booked_for_a_missed_lesson(desk, program: Program, lessons) -> None:
    page = desk(f"/coverage/{program.public_id}/lesson/{lessons[1].public_id}/", width=1280)
    expect(page.get_by_text("3 are missing it")).to_be_visible()
    page.get_by_role("button", name="Book a seat for Ada N.").click()
    expect(page.get_by_text("The seat is booked.")).to_be_visible()
    expect(page.get_by_text("it is coming for 1, 2 are missing it")).to_be_visible()


def test_a_lesson_is_waived_and_taken_back(desk, program: Program, lessons) -> None:
    ada = Enrollment.objects.get(participant__first_name="Ada").participant
    page = desk(f"/coverage/{program.public_id}/person/{ada.public_id}/", width=1280)
    page.get_by_role("link", name="Waive Refusal skills").click()
    page.get_by_role("button", name="Waive the lesson").click()
    expect(page.get_by_role("alert")).to_contain_text("Say why the lesson need not be heard")
    page.get_by_label("Reason").fill("Heard it in residential care")
    page.get_by_role("button", name="Waive the lesson").click()
    expect(page.get_by_text("The lesson is waived.")).to_be_visible()
    page.get_by_role("button", name="Take back Refusal skills").click()
    expect(page.get_by_text("The waiver is taken back.")).to_be_visible()
