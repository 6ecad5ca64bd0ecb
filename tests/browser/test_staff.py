"""Staff in a real browser: a leave worked out, a substitute chosen and undone, every width."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from groups.models import Facilitation, GroupSession
from programs.models import Program, Role, StaffLeave
from programs.weeks import local_date
from tests import build, build_staff
from tests.browser.looks import SCHEMES, WAYS, WIDTHS, assert_looks_right

OPEN_FOLDS = "document.querySelectorAll('main details').forEach((fold) => { fold.open = true; })"


@pytest.fixture
def today(program: Program) -> date:
    return local_date(timezone.now(), program.zone)


@pytest.fixture
def session(program: Program, facilitator: User, clinician: User, today: date) -> GroupSession:
    """A session of the day after tomorrow that Fay leads; Ines is free, Cleo lacks the license."""
    rule = build.a_schedule_rule(program)
    build_staff.a_required_credential(rule, "LPC", "process")
    there = build.a_program(name="Day PHP")
    for user in (facilitator, build.a_colleague(program, Role.FACILITATOR, name="Ines Haddad")):
        build_staff.a_license(user, expires_on=today + timedelta(days=20))
        build.a_session(build.a_group(there), today, "08:00", "09:30", facilitators=[user])
    build_staff.a_license(clinician, credential="LCSW", expires_on=today - timedelta(days=2))
    build_staff.a_staff_leave(facilitator, today + timedelta(days=1), today + timedelta(days=4))
    for weekday in range(7):
        build_staff.an_availability(facilitator, weekday=weekday)
    group = build.a_group(program, name="Process A", kind="process")
    day = today + timedelta(days=2)
    return build.a_session(group, day, "09:00", "11:00", facilitators=[facilitator])


@pytest.fixture
def desk(open_context, sign_in_to, director, program, session):
    """Return a function that opens the list of staff."""

    def open_page(**options) -> Page:
        context = open_context(**options)
        sign_in_to(context, director)
        page = context.new_page()
        page.goto(f"/staff/{program.public_id}/")
        return page

    return open_page


def fill_date(page: Page, field: str, day: date) -> None:
    for place, part in enumerate((day.month, day.day, day.year)):
        page.locator(f"#id_leave-{field}_{place}").fill(str(part))


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "plain"])
def test_a_leave_says_what_it_leaves_before_it_is_added(desk, facilitator, today, javascript):
    page = desk(java_script_enabled=javascript)
    page.get_by_role("link", name="Fay Marlow, LPC").click()
    expect(page.get_by_role("heading", name="Fay Marlow, LPC", level=1)).to_be_visible()
    page.locator("summary", has_text="Add a leave").click()
    fill_date(page, "first_on", today + timedelta(days=2))
    fill_date(page, "last_on", today + timedelta(days=3))
    if not javascript:
        page.get_by_role("button", name="Show what it leaves").click()
    else:
        page.get_by_label("Reason").focus()
    left = page.locator("#left")
    expect(
        left.get_by_text("Leaves 1 session, 2\N{NO-BREAK SPACE}h, without a leader")
    ).to_be_visible()
    expect(left.get_by_role("link", name="Find a substitute for Process A")).to_be_visible()
    assert StaffLeave.objects.filter(user=facilitator).count() == 1
    page.get_by_role("button", name="Add the leave").click()
    expect(page.get_by_text("The leave is on record.")).to_be_visible()
    assert StaffLeave.objects.filter(user=facilitator).count() == 2


@pytest.mark.parametrize(("width", "javascript"), WAYS)
def test_from_a_colleague_to_a_substitute_and_back(desk, session, width, javascript):
    page = desk(width=width, java_script_enabled=javascript)
    page.get_by_role("link", name="Fay Marlow, LPC").click()
    page.get_by_role("link", name="Find a substitute for Process A").first.click()
    expect(page.get_by_role("radio", name="Fay Marlow, LPC")).to_be_checked()
    page.get_by_role("button", name="Choose as substitute").click()
    expect(page.get_by_role("link", name="Say why somebody stands in")).to_be_visible()
    page.get_by_label("Reason").fill("Ill")
    page.get_by_role("radio", name="Cleo Ortiz").check()
    page.get_by_role("button", name="Choose as substitute").click()
    expect(page.get_by_text("Cleo Ortiz has no LPC license in force")).to_be_visible()
    page.get_by_role("radio", name="Ines Haddad").check()
    page.get_by_role("button", name="Choose as substitute").click()
    expect(page.get_by_text("Ines Haddad leads the session.")).to_be_visible()
    assert _leading(session) == ["Ines Haddad"]
    page.get_by_role("button", name="Undo").first.click()
    expect(page.get_by_text("Undone.")).to_be_visible()
    assert _leading(session) == ["Fay Marlow"]


def _leading(session: GroupSession) -> list[str]:
    found = Facilitation.objects.filter(session=session, is_former=False)
    return list(found.values_list("user__name", flat=True))


def test_another_week_without_a_reload(desk):
    page = desk()
    page.get_by_role("link", name="Week after").click()
    page.wait_for_url("**?week=*")
    expect(page.get_by_role("heading", name="Staff", level=1)).to_be_visible()
    page.get_by_role("link", name="This week").click()
    expect(page.get_by_role("link", name="This week")).to_have_attribute("aria-current", "date")


def test_every_width_in_light_and_dark(desk, session, facilitator, program):
    page = desk()
    base = f"/staff/{program.public_id}/"
    substitute = f"{base}session/{session.public_id}/?instead_of={facilitator.public_id}"
    for width, scheme in itertools.product(WIDTHS, SCHEMES):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        where = f"{width} px, {scheme}"
        page.goto(base)
        assert_looks_right(page, f"staff, {where}")
        page.goto(f"{base}{facilitator.public_id}/")
        page.locator("summary", has_text="Add a license").click()
        page.get_by_role("button", name="Add the license").click()
        expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
        page.evaluate(OPEN_FOLDS)
        assert_looks_right(page, f"colleague, {where}")
        page.goto(substitute)
        page.get_by_label("Reason").fill("Ill")
        page.get_by_role("radio", name="Cleo Ortiz").check()
        page.get_by_role("button", name="Choose as substitute").click()
        expect(page.get_by_text("Why go ahead in spite of the warnings?")).to_be_visible()
        assert_looks_right(page, f"substitute, {where}")
