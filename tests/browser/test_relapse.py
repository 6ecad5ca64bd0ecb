"""The relapse prevention plan and the skills diary in a real browser, at every width."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from attendance.models import RelapsePlan, SkillUse
from attendance.relapse.reading import latest_plan
from programs.models import Participant, Program
from tests import build
from tests.attendance.relapse import stored, without
from tests.browser.looks import PHONE_AND_DESK, assert_looks_right
from tests.build_curriculum import a_skill_use

WIDTHS = (360, 1280)


@pytest.fixture
def person(program: Program) -> Participant:
    named = build.a_participant(first_name="Elena", last_name="Moss")
    return build.an_enrollment(program, named, admitted_on="2026-01-05").participant


def url_of(name: str, program: Program, person: Participant, *more) -> str:
    return reverse(name, args=[program.public_id, person.public_id, *more])


@pytest.mark.parametrize("java_script", [True, False])
def test_begun_in_one_group_and_continued(
    open_context, sign_in_to, clinician, program, person, java_script: bool
):
    context = open_context(width=360, java_script_enabled=java_script)
    sign_in_to(context, clinician)
    page = context.new_page()
    page.goto(url_of("relapse:plan", program, person))
    page.get_by_role("link", name="Begin the plan").click()
    page.get_by_label("My reasons for recovery").fill("My daughter")
    page.get_by_role("button", name="One more person").click()
    third = page.get_by_role("textbox", name="Person 3")
    expect(third).to_be_visible()
    if java_script:
        expect(third).to_be_focused()
    third.fill("Jo")
    page.get_by_label("Phone").nth(2).fill("12")
    page.get_by_role("button", name="Save as the next version").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter a phone number like")
    expect(page.get_by_label("My reasons for recovery")).to_have_value("My daughter")
    page.get_by_label("Phone").nth(2).fill("(402) 555-0100")
    page.get_by_role("button", name="Save as the next version").click()
    expect(page.get_by_text("22 %")).to_be_visible()
    plan = latest_plan(person)
    assert plan is not None
    assert [each.name for each in plan.contacts.all()] == ["Jo"]
    assert RelapsePlan.objects.count() == 1


@pytest.mark.parametrize("java_script", [True, False])
def test_a_skill_in_three_taps(
    open_context, sign_in_to, clinician, program, person, java_script: bool
):
    today = timezone.now().date() - timedelta(days=1)
    a_skill_use(person.enrollments.get(), skill="Cold water", used_on=today)
    context = open_context(width=360, java_script_enabled=java_script)
    sign_in_to(context, clinician)
    page = context.new_page()
    page.goto(url_of("diary:diary", program, person))
    page.locator("label").filter(has_text="Cold water").click()
    page.locator("label").filter(has_text="Helped a little").click()
    page.get_by_role("button", name="Add to the diary").click()
    expect(page.get_by_text("The entry is in the diary.")).to_be_visible()
    assert SkillUse.objects.filter(skill="Cold water", helped="little").count() == 1


@pytest.mark.parametrize(("width", "scheme"), PHONE_AND_DESK)
def test_the_pages_look_right(
    open_context, sign_in_to, clinician, program, person, width: int, scheme
):
    first = stored(person, without("contacts", "what_worked"))
    second = stored(person, without("review_on"))
    enrollment = person.enrollments.get()
    for number, helped in enumerate(["yes", "little", "no", "yes"] * 3):
        a_skill_use(
            enrollment,
            helped=helped,
            skill=f"Skill {number % 3}",
            used_on=timezone.now().date() - timedelta(days=3 * number),
            words="In line at the bank." if number % 2 else "",
        )
    use = a_skill_use(enrollment, used_on=timezone.now().date())
    context = open_context(width=width, color_scheme=scheme)
    sign_in_to(context, clinician)
    page = context.new_page()
    empty = build.an_enrollment(program).participant
    for name, whose, *more in (
        ("relapse:plan", person),
        ("relapse:plan", empty),
        ("relapse:version", person, first.public_id),
        ("relapse:version", person, second.public_id),
        ("relapse:edit", person),
        ("diary:diary", person),
        ("diary:diary", empty),
        ("diary:enter", person),
        ("diary:withdraw", person, use.public_id),
    ):
        page.goto(url_of(name, program, whose, *more))
        assert_looks_right(page, f"{name} {width} {scheme}")
    for name in ("relapse:edit", "diary:diary", "diary:enter"):
        page.goto(url_of(name, program, empty))
        page.locator("main form").last.evaluate("form => form.submit()")
        expect(page.get_by_role("alert")).to_contain_text("There is a problem")
        assert_looks_right(page, f"{name}, refused, {width} {scheme}")
