"""From the phone call to the first roster, in a real browser, in English and in Spanish."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from accounts.models import User
from groups.actions import generate_sessions
from groups.models import GroupSession, TherapyGroup
from programs.models import Enrollment, EnrollmentDraft, EpisodeStep, Program, Referral
from programs.weeks import local_date
from tests import build
from tests.browser.looks import assert_looks_right

SPACE = "\N{NO-BREAK SPACE}"


@pytest.fixture
def group(program: Program, facilitator: User) -> TherapyGroup:
    """Three hours on three evenings, with sessions in the calendar; one seat is free."""
    build.a_rule(program, effective_from="2020-01-01", citation="Example rule 1.2")
    group = build.a_group(program, name="Process B", kind="process", capacity=1)
    since = local_date(timezone.now(), program.zone) - timedelta(days=7)
    for weekday in (0, 2, 3):
        build.a_pattern(
            group, "17:30", "20:30", weekday=weekday, first_on=since, facilitators=[facilitator]
        )
    generate_sessions(now=timezone.now(), by=None, program=program)
    return group


def enter_by_the_form(context: BrowserContext, user: User) -> Page:
    page = context.new_page()
    page.goto("/sign-in/")
    page.locator("#id_login").fill(user.email)
    page.locator("#id_password").fill(build.PASSWORD)
    page.locator("#id_password").press("Enter")
    page.wait_for_url(lambda address: "sign-in" not in address)
    return page


def take_the_call(page: Page, program: Program) -> None:
    """Keep a first call, and put the caller on the waiting list."""
    page.goto(reverse("referrals:referrals", args=[program.public_id]))
    page.locator(".page-actions a").click()
    page.locator("#id_first_name").fill("Leila")
    page.locator("#id_last_name").fill("Farah")
    page.locator("#id_birth_date").fill("1990-03-09")
    page.locator("#id_phone").fill("(402) 555-0142")
    page.locator("#id_source").select_option("residential")
    page.locator("#id_admission").select_option("step_down")
    page.locator("#id_came_from").select_option("residential")
    page.locator("button[name=act][value=keep]").click()
    call = page.locator(".call-row").filter(has_text="Leila Farah")
    expect(call).to_have_count(1)
    call.locator("button[name=to][value=waitlisted]").click()
    expect(page.locator("ol .call-row").filter(has_text="Leila Farah")).to_have_count(1)


def begin(page: Page) -> None:
    """Choose a group on the enroll page; the hours come at once, and a draft is kept."""
    page.locator(".call-row button[name=participant]").click()
    expect(page.locator("#known")).to_contain_text("Leila Farah")
    expect(page.locator("#id_admission")).to_have_value("step_down")
    expect(page.locator("#id_came_from")).to_have_value("residential")
    page.locator("#id_groups_0").check()
    expect(page.locator(".live-big")).to_contain_text(f"9{SPACE}h")
    page.locator("#id_ordered_hours").fill("9")
    page.locator("#id_ordered_hours").blur()
    expect(page.locator("#draft-kept")).not_to_be_empty()


def go_on(page: Page, program: Program) -> None:
    """Open the draft that a closed tab left behind, and enroll."""
    page.goto(reverse("enroll:enroll", args=[program.public_id]))
    page.get_by_role("link", name="Leila Farah").click()
    expect(page.locator("#known")).to_contain_text("Leila Farah")
    expect(page.locator("#id_groups_0")).to_be_checked()
    expect(page.locator("#id_ordered_hours")).to_have_value("9")
    page.locator("label[for=id_agreement]").click()
    page.locator("label[for=id_email_consent_1]").click()
    page.locator("label[for=id_sms_consent_0]").click()
    page.locator(".enroll-actions button[value=enroll]").click()
    expect(page.get_by_role("heading", name="Leila F.", level=1)).to_be_visible()


@pytest.mark.parametrize("language", ["en", "es"])
def test_from_the_phone_call_to_the_first_roster(
    open_context, sign_in_to, administrator, facilitator, program, group, language
) -> None:
    context = open_context(locale=f"{language}-US")
    page = enter_by_the_form(context, administrator)
    expect(page.locator("html")).to_have_attribute("lang", language)
    take_the_call(page, program)
    begin(page)
    page.close()
    assert EnrollmentDraft.objects.get().kept_by == administrator
    page = context.new_page()
    go_on(page, program)
    made = Enrollment.objects.get()
    first = GroupSession.objects.filter(held_on__gte=made.admitted_on).earliest("starts_at")
    members = reverse("joining:members", args=[program.public_id, group.public_id])
    page.goto(f"{members}?on={first.held_on:%Y-%m-%d}")
    expect(page.locator("main")).to_contain_text("Leila F.")
    sign_in_to(context, facilitator)
    page.goto(reverse("sheet:sheet", args=[program.public_id, first.public_id]))
    expect(page.locator("main")).to_contain_text("Leila F.")
    steps = list(EpisodeStep.objects.values_list("came_from", "to"))
    assert steps[:2] == [("", "referred"), ("referred", "waitlisted")]
    assert steps[2][0] == "waitlisted"
    assert Referral.objects.get().enrollment == made
    assert not EnrollmentDraft.objects.exists()


def test_the_list_and_the_call_at_every_width(open_context, sign_in_to, administrator, program):
    build.an_enrollment(program)
    context = open_context()
    sign_in_to(context, administrator)
    page = context.new_page()
    take_the_call(page, program)
    for width, scheme in ((360, "light"), (820, "dark"), (1440, "light")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for address in ("referrals:referrals", "referrals:new"):
            page.goto(reverse(address, args=[program.public_id]))
            assert_looks_right(page, f"{address}, {width} px, {scheme}")


def test_a_full_program_and_a_full_group_at_every_width(
    open_context, sign_in_to, administrator, program, group
):
    Program.objects.filter(pk=program.pk).update(seats=1)
    build.a_membership(group)
    context = open_context()
    sign_in_to(context, administrator)
    page = context.new_page()
    page.goto(reverse("enroll:enroll", args=[program.public_id]))
    page.locator("#id_first_name").fill("Leila")
    page.locator("#id_groups_0").check()
    expect(page.locator("#enroll-why textarea")).to_be_visible()
    expect(page.locator("#id_waits_0")).to_be_visible()
    expect(page.locator("#draft-kept")).not_to_be_empty()
    draft = reverse(
        "enroll:draft", args=[program.public_id, EnrollmentDraft.objects.get().public_id]
    )
    for width, scheme in ((360, "dark"), (820, "light"), (1440, "dark")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.goto(draft)
        assert_looks_right(page, f"enroll, {width} px, {scheme}")
