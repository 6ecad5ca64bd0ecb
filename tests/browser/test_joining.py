"""Who is in a group, in a real browser: added, moved, let in, with and without JavaScript."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from groups.models import GroupMembership, MakeUpSeat, TherapyGroup, WaitingPlace
from programs.models import Enrollment, Program
from programs.weeks import local_date
from tests import build
from tests.browser.looks import SCHEMES, WAYS, WIDTHS, assert_looks_right

HIRED = "2026-01-05"
NAMES = ("Amara Okoye", "Ben Diaz", "Cem Ilgaz", "Dee Fox", "Eli Kern", "Flo Marsh", "Gil Moss")


@pytest.fixture
def people(program: Program) -> dict[str, Enrollment]:
    found = {}
    for name in NAMES:
        first, last = name.split()
        person = build.a_participant(first_name=first, last_name=last)
        found[first] = build.an_enrollment(program, person, admitted_on=HIRED)
    return found


@pytest.fixture
def group(program: Program, people: dict[str, Enrollment]) -> TherapyGroup:
    """A full group of three that meets today and in the weeks to come; two wait for it."""
    build.a_rule(program, effective_from="2020-01-01")
    today = local_date(timezone.now(), program.zone)
    group = build.a_group(program, name="Process A", kind="process", capacity=3)
    pattern = build.a_pattern(group, "22:00", "23:30", weekday=today.weekday(), first_on=HIRED)
    for week in range(-1, 6):
        build.a_session(group, today + timedelta(weeks=week), "22:00", "23:30", pattern=pattern)
    other = build.a_group(program, name="Skills B", capacity=2)
    other_slot = build.a_pattern(other, "22:30", "23:30", weekday=today.weekday(), first_on=HIRED)
    for week in range(1, 6):
        day = today + timedelta(weeks=week)
        build.a_session(other, day, "22:30", "23:30", pattern=other_slot)
    for name in ("Amara", "Ben", "Cem"):
        build.a_membership(group, people[name], last_on=None)
    build.a_membership(group, people["Dee"], last_on=today - timedelta(9))
    build.a_membership(other, people["Gil"], last_on=None)
    build.a_leave(people["Cem"].participant, today, today + timedelta(3))
    MakeUpSeat.objects.create(
        session=group.sessions.get(held_on=today),
        enrollment=people["Gil"],
        booked_at=timezone.now(),
    )
    for number, name in enumerate(("Eli", "Flo")):
        asked_at = timezone.now() - timedelta(days=2 - number)
        WaitingPlace.objects.create(group=group, enrollment=people[name], asked_at=asked_at)
    return group


@pytest.fixture
def desk(open_context, sign_in_to, clinician, group):
    """Return a function that opens the members page as a clinician does."""

    def open_page(path: str = "", **options) -> Page:
        context = open_context(**options)
        sign_in_to(context, clinician)
        page = context.new_page()
        page.goto(f"/members/{group.program.public_id}/{group.public_id}/{path}")
        return page

    return open_page


def fill_date(page: Page, name: str, day) -> None:
    boxes = page.get_by_role("group", name=name)
    for label, value in (("Month", day.month), ("Day", day.day), ("Year", day.year)):
        boxes.get_by_label(label).fill(str(value))
    boxes.get_by_label("Year").blur()


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "plain"])
def test_somebody_is_added_with_a_reason_or_waits(desk, group, people, javascript):
    page = desk(java_script_enabled=javascript)
    page.get_by_role("link", name="Add someone").click()
    page.wait_for_load_state()
    page.get_by_label("Participant").select_option("Gil M.")
    if not javascript:
        page.get_by_role("button", name="Work it out").click()
    live = page.locator("#live")
    expect(live).to_contain_text("Gil M. is expected in Skills B")
    expect(live).to_contain_text("Process A expects 4 people")
    expect(live).to_contain_text("2 people are before them")
    expect(page.get_by_label("Participant")).to_have_value(str(people["Gil"].public_id))
    page.get_by_label("Why all the same").fill("The team agreed.")
    page.get_by_role("button", name="Add to the group").click()
    expect(page.get_by_text("Added. The first day is")).to_be_visible()
    assert people["Gil"].memberships.filter(group=group).count() == 1
    page.get_by_role("link", name="Add someone").click()
    page.wait_for_load_state()
    page.get_by_label("Participant").select_option("Dee F.")
    if not javascript:
        page.get_by_role("button", name="Work it out").click()
    page.get_by_role("button", name="Put on the waiting list").click()
    expect(page.get_by_text("On the waiting list.")).to_be_visible()
    line = page.get_by_role("region", name="Waiting list").get_by_role("listitem")
    expect(line).to_have_count(3)
    expect(line.last).to_contain_text("Dee F.")


@pytest.mark.parametrize(("width", "javascript"), WAYS)
def test_somebody_leaves_and_the_first_in_line_comes_in(desk, group, people, javascript, width):
    page = desk(width=width, java_script_enabled=javascript)
    page.get_by_role("link", name="End: Amara O.").click()
    yesterday = local_date(timezone.now(), group.program.zone) - timedelta(1)
    fill_date(page, "Last day in the group", yesterday)
    if javascript:
        expect(page.get_by_text("before, 0\N{NO-BREAK SPACE}h after").first).to_be_visible()
    page.get_by_role("button", name="End the place").click()
    expect(page.get_by_text("1 person came in from the waiting list.")).to_be_visible()
    expect(page.get_by_text("From the waiting list", exact=True)).to_be_visible()
    assert GroupMembership.objects.filter(group=group, enrollment=people["Eli"]).exists()
    assert "Eli" not in page.url


def test_another_date_is_shown_in_place(desk):
    page = desk()
    page.get_by_role("link", name="Session before").click()
    expect(page.get_by_role("heading", level=2).first).not_to_have_text("Today")
    expect(page.get_by_text("Gil M.")).to_have_count(0)
    assert "?on=" in page.url
    page.go_back()
    expect(page.get_by_role("heading", level=2).first).to_have_text("Today")
    page.get_by_label("Roster on").fill("2026-02-02")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.get_by_role("heading", name="Monday, February 2, 2026")).to_be_visible()
    expect(page.get_by_role("link", name="Dee F.")).to_be_visible()


def test_what_is_refused_is_summed_up_and_led_to(desk):
    page = desk("join/")
    page.get_by_role("button", name="Add to the group").click()
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    summary.get_by_role("link", name="Choose somebody").click()
    expect(page.get_by_label("Participant")).to_be_focused()


def test_every_width_in_light_and_dark(desk, group):
    page = desk()
    members, program = page.url, group.program.public_id
    place = group.memberships.filter(last_on=None).first()
    waiting = group.waiting.first()
    for width, scheme in itertools.product(WIDTHS, SCHEMES):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.goto(members)
        assert_looks_right(page, f"members, {width} px, {scheme}")
        page.goto(f"{members}join/")
        page.get_by_label("Participant").select_option("Gil M.")
        expect(page.get_by_label("Why all the same")).to_be_visible()
        page.get_by_role("button", name="Add to the group").click()
        expect(page.get_by_role("alert")).to_be_visible()
        assert_looks_right(page, f"join refused, {width} px, {scheme}")
    paths = [
        f"{members}wait/",
        f"/members/{program}/move/{place.public_id}/",
        f"/members/{program}/end/{place.public_id}/",
        f"/members/{program}/stop-waiting/{waiting.public_id}/",
    ]
    looks = zip((360, 1440), SCHEMES, strict=True)
    for path, (width, scheme) in itertools.product(paths, looks):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.goto(path)
        assert_looks_right(page, f"{path}, {width} px, {scheme}")
