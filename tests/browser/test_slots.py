"""Groups and weekly slots in a real browser: made, changed, ended; with JavaScript and without."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from groups.actions import generate_sessions
from groups.models import GroupSession, MeetingPattern, TherapyGroup
from programs.models import Program
from programs.weeks import local_date
from tests import build
from tests.browser.looks import SCHEMES, WAYS, WIDTHS, assert_looks_right

SPACE = "\N{NO-BREAK SPACE}"


@pytest.fixture
def monday(program: Program) -> date:
    today = local_date(timezone.now(), program.zone)
    return today + timedelta(days=7 - today.weekday())


@pytest.fixture
def skills(program: Program, monday: date, facilitator, clinician) -> TherapyGroup:
    """A group on Mondays and Wednesdays with two people in it, and what is in its way."""
    build.a_rule(program, effective_from="2020-01-01", min_minutes_per_week=300)
    garden = build.a_room(program.site, name="Garden room", capacity=10)
    build.a_track(program, name="DBT skills")
    group = build.a_group(
        program,
        name="Evening skills",
        default_room=garden,
        video_link="https://video.example/evening-skills",
    )
    for weekday in (0, 2):
        build.a_pattern(
            group,
            "17:30",
            "20:30",
            breaks="19:00-19:15",
            weekday=weekday,
            first_on=monday,
            last_on=monday + timedelta(weeks=6),
            room=garden,
            facilitators=[facilitator],
        )
    for first, last in (("Amara", "Okoye"), ("Leila", "Farah")):
        person = build.a_participant(first_name=first, last_name=last)
        build.a_membership(group, build.an_enrollment(program, person, admitted_on="2020-01-06"))
    other = build.a_group(program, name="Process B", kind="process")
    build.a_pattern(other, "13:00", "14:30", room=garden, first_on=monday, facilitators=[clinician])
    generate_sessions(now=timezone.now(), by=None, program=program)
    return group


@pytest.fixture
def desk(open_context, sign_in_to, clinician, skills):
    """Return a function that opens an address as the clinician does."""

    def open_page(path: str, **options) -> Page:
        context = open_context(**options)
        sign_in_to(context, clinician)
        page = context.new_page()
        page.goto(path)
        return page

    return open_page


def groups_of(group: TherapyGroup) -> str:
    return f"/groups/{group.program.public_id}/"


@pytest.mark.parametrize(("width", "javascript"), WAYS)
def test_a_group_is_made_whole(desk, skills, facilitator, width, javascript):
    page = desk(groups_of(skills), width=width, java_script_enabled=javascript)
    page.get_by_role("link", name="New group").click()
    page.get_by_label("Name").fill("Saturday process")
    page.get_by_label("Kind").select_option("Process")
    page.get_by_label("Seats").fill("8")
    page.get_by_role("checkbox", name="Tuesday").check()
    page.get_by_role("checkbox", name="Saturday").check()
    page.get_by_label("Starts").fill("09:00")
    page.get_by_label("Ends").fill("11:30")
    page.get_by_role("checkbox", name="Fay Marlow").check()
    if not javascript:
        page.get_by_role("button", name="Work it out").click()
    expect(page.locator("#outlook")).to_contain_text("on Tuesday and")
    expect(page.locator("#outlook")).to_contain_text("Nothing clashes.")
    page.get_by_role("button", name="Make the group").click()
    expect(page.get_by_role("heading", name="Saturday process", level=1)).to_be_visible()
    expect(page.get_by_text("Tuesday, 9:00 AM to 11:30 AM").first).to_be_visible()
    made = TherapyGroup.objects.get(name="Saturday process")
    assert sorted(made.patterns.values_list("weekday", flat=True)) == [1, 5]
    assert made.sessions.count() > 4


def test_a_clash_is_told_while_one_types(desk, skills):
    page = desk(f"/schedule/{skills.program.public_id}/groups/{skills.public_id}/slots/")
    page.get_by_role("checkbox", name="Monday").check()
    page.get_by_label("Starts").fill("13:30")
    page.get_by_label("Ends").fill("15:00")
    page.get_by_label("Ends").blur()
    outlook = page.locator("#outlook")
    expect(outlook).to_contain_text("Garden room is taken")
    expect(outlook).to_contain_text("by Process B (Ortiz)")
    page.get_by_label("Starts").fill("15:00")
    page.get_by_label("Ends").fill("16:00")
    page.get_by_label("Ends").blur()
    expect(outlook).not_to_contain_text("Garden room is taken")
    expect(outlook).to_contain_text("Nobody leads Evening skills")
    page.get_by_label("Why go ahead in spite of the warnings?").fill("A student leads it")
    page.get_by_role("button", name="Add the slots").click()
    expect(page.get_by_text("The slots are in the calendar.")).to_be_visible()
    assert skills.patterns.filter(starts="15:00").exists()


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "plain"])
def test_a_slot_changes_from_a_date_on_and_back(desk, skills, monday, javascript):
    page = desk(f"{groups_of(skills)}{skills.public_id}/", java_script_enabled=javascript)
    page.get_by_role("link", name="Change Monday").click()
    if javascript:
        words = "Change something: it is as the slot is now"
        expect(page.locator("#outlook")).to_contain_text(words)
    from_on = monday + timedelta(weeks=2)
    page.get_by_label("Change it from").select_option(from_on.isoformat())
    page.get_by_label("Ends").fill("19:30")
    if javascript:
        page.get_by_label("Ends").blur()
    else:
        page.get_by_role("button", name="Work it out").click()
    outlook = page.locator("#outlook")
    expect(outlook).to_contain_text(f"5{SPACE}h{SPACE}30{SPACE}min before")
    expect(outlook).to_contain_text("Amara O. and Leila F.")
    reason = page.get_by_label("Why go ahead in spite of the warnings?")
    if reason.is_visible():
        reason.fill("They asked for it")
    page.get_by_role("button", name="Change the slot").click()
    expect(page.get_by_text("The slot is changed.")).to_be_visible()
    assert MeetingPattern.objects.filter(follows__group=skills, ends="19:30").exists()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Undone.")).to_be_visible()
    assert not skills.patterns.in_force().filter(ends="19:30").exists()


def test_a_slot_ends(desk, skills, monday):
    page = desk(f"{groups_of(skills)}{skills.public_id}/")
    page.get_by_role("link", name="End Wednesday").click()
    expect(page.locator("#outlook")).to_contain_text("6 sessions leave the calendar.")
    page.get_by_label("Why go ahead in spite of the warnings?").fill("Mondays are enough")
    page.get_by_role("button", name="End the slot").click()
    expect(page.get_by_text("The slot ends.")).to_be_visible()
    wednesdays = GroupSession.objects.in_calendar().filter(pattern__weekday=2, group=skills)
    assert not wednesdays.exists()


def test_what_is_wrong_is_summed_up_and_led_to(desk, skills):
    page = desk(f"/schedule/{skills.program.public_id}/groups/new/")
    page.get_by_role("button", name="Make the group").click()
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    summary.get_by_role("link", name="Choose at least one weekday").click()
    expect(page.get_by_role("checkbox", name="Monday")).to_be_focused()
    summary.get_by_role("link", name="Enter a name").click()
    expect(page.get_by_label("Name")).to_be_focused()


def test_every_width_in_light_and_dark(desk, skills, monday):
    slot, program = skills.patterns.order_by("weekday").first(), skills.program.public_id
    page = desk("/")
    paths = {
        "groups": groups_of(skills),
        "group": f"{groups_of(skills)}{skills.public_id}/",
        "edit": f"/schedule/{program}/groups/{skills.public_id}/",
        "change": f"/schedule/{program}/slots/{slot.public_id}/",
        "end": f"/schedule/{program}/slots/{slot.public_id}/end/",
        "new-slot": f"/schedule/{program}/groups/{skills.public_id}/slots/",
        "new-group": f"/schedule/{program}/groups/new/",
    }
    for width, scheme in itertools.product(WIDTHS, SCHEMES):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for name, path in paths.items():
            page.goto(path)
            page.wait_for_load_state("networkidle")
            if name == "group":
                page.get_by_text("Details for other calendars").click()
            assert_looks_right(page, f"{name}, {width} px, {scheme}")
        page.get_by_role("button", name="Make the group").click()
        expect(page.get_by_role("alert")).to_be_visible()
        assert_looks_right(page, f"new group refused, {width} px, {scheme}")
