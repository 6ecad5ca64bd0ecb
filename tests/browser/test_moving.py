"""Moving a session in a real browser: live preview, dialog, undo; with and without JavaScript."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from groups.models import GroupSession, TherapyGroup
from programs.models import Program, Room
from programs.weeks import local_date
from tests import build
from tests.browser.looks import SCHEMES, WIDTHS, assert_accessible, assert_looks_right


@dataclass(frozen=True)
class Scene:
    """Process A in three days' time, Skills B in the afternoon, and the rooms of the site."""

    program: Program
    day: date
    group: TherapyGroup
    session: GroupSession
    garden: Room

    def url(self, act: str = "") -> str:
        return f"/sessions/{self.program.public_id}/{self.session.public_id}/{act}"


@pytest.fixture
def scene(program, facilitator, clinician) -> Scene:
    today = local_date(timezone.now(), program.zone)
    day = today + timedelta(days=3)
    build.a_rule(program, effective_from="2020-01-01", min_minutes_per_week=165)
    harbor = build.a_room(program.site, name="Harbor Room")
    garden = build.a_room(program.site, name="Garden Room", capacity=1)
    group = build.a_group(program, name="Process A", kind="process")
    slot = build.a_pattern(
        group, weekday=day.weekday(), first_on=today, room=harbor, facilitators=[facilitator]
    )
    sessions = [
        build.a_session(
            group,
            day + timedelta(weeks=week),
            breaks="10:30-10:45",
            room=harbor,
            pattern=slot,
            facilitators=[facilitator],
        )
        for week in range(3)
    ]
    for name in ("Ada", "Ben"):
        person = build.a_participant(first_name=name, last_name="Katz")
        enrollment = build.an_enrollment(program, person, admitted_on=today - timedelta(days=30))
        build.a_membership(group, enrollment)
    skills = build.a_group(program, name="Skills B")
    build.a_session(skills, day, "13:00", "15:00", room=garden, facilitators=[clinician])
    return Scene(program, day, group, sessions[0], garden)


@pytest.fixture
def desk(open_context, sign_in_to, clinician, scene):
    """Return a function that opens a page as a clinician does."""

    def open_page(url: str, **options) -> Page:
        context = open_context(**options)
        sign_in_to(context, clinician)
        page = context.new_page()
        page.goto(url)
        return page

    return open_page


def starts(scene: Scene) -> str:
    scene.session.refresh_from_db()
    return f"{scene.session.starts_at.astimezone(scene.program.zone):%H:%M}"


def test_what_would_happen_follows_every_change(desk, scene):
    page = desk(scene.url("move/"))
    preview = page.locator("#preview")
    page.get_by_label("Starts").fill("14:00")
    page.get_by_label("Starts").blur()
    expect(page.get_by_label("Ends")).to_have_value("17:00")
    expect(page.locator("#id_breaks_0")).to_have_value("15:30")
    expect(preview).to_contain_text("Nothing clashes.")
    page.get_by_label("Starts").fill("15:30")
    page.get_by_label("Starts").blur()
    expect(page.get_by_label("Ends")).to_have_value("18:30")
    page.get_by_label("Room").select_option("Garden Room")
    expect(preview).to_contain_text("Process A expects 2 people")
    expect(preview.get_by_label("Why go ahead")).to_be_visible()
    page.get_by_label("Starts").fill("14:00")
    page.get_by_label("Starts").blur()
    expect(preview).to_contain_text("by Skills B (Ortiz)")
    expect(preview.get_by_label("Why go ahead")).to_be_hidden()
    page.get_by_label("Ends").fill("13:00")
    page.get_by_label("Ends").blur()
    expect(preview).to_contain_text("This cannot be worked out yet:")


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "plain"])
def test_it_moves_with_a_reason_and_can_be_undone(desk, scene, javascript):
    page = desk(scene.url("move/"), java_script_enabled=javascript)
    page.get_by_label("Starts").fill("16:00")
    page.get_by_label("Room").select_option("Garden Room")
    if not javascript:
        page.get_by_role("button", name="Work it out").click()
    page.get_by_label("Why go ahead").fill("One of them comes by video")
    page.get_by_role("button", name="Move", exact=True).click()
    note = page.locator(".toast-note")
    expect(note).to_contain_text("Moved to ")
    assert "/calendar/" in page.url
    assert starts(scene) == "16:00"
    undo = note.get_by_role("button", name="Undo")
    undo.focus()
    expect(undo).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Undone.")).to_be_visible()
    assert starts(scene) == "09:00"


def test_a_note_stays_until_it_is_dismissed(desk, scene):
    page = desk(scene.url("cancel/"))
    page.get_by_label("Reason").fill("Fay is ill")
    page.get_by_role("button", name="Cancel session").click()
    note = page.locator(".toast-note")
    expect(note).to_contain_text("Cancelled: Process A")
    assert_accessible(page, "the calendar with a note")
    note.get_by_role("button", name="Dismiss").click()
    expect(note).to_have_count(0)
    expect(page.locator("#main")).to_be_focused()
    page.reload()
    expect(note).to_have_count(0)


def test_in_a_dialog_of_the_calendar(desk, scene):
    page = desk(f"/calendar/{scene.program.public_id}/?week={scene.day.isoformat()}")
    dialog = page.locator("#move-dialog")
    ask = "url => document.dispatchEvent(new CustomEvent('session:move', {detail: {url}}))"
    page.evaluate(ask, scene.url("move/") + "?starts=16:00")
    expect(dialog.get_by_role("heading", name="Move Process A")).to_be_visible()
    expect(dialog.get_by_label("Ends")).to_have_value("19:00")
    expect(dialog).to_contain_text("Nothing clashes.")
    assert_accessible(page, "the Move dialog")
    dialog.get_by_role("button", name="Cancel").click()
    expect(dialog).to_be_hidden()
    page.evaluate(ask, scene.url("move/"))
    dialog.get_by_label("Ends").fill("08:00")
    dialog.get_by_role("button", name="Move", exact=True).click()
    expect(dialog.get_by_role("alert")).to_be_focused()
    dialog.get_by_label("Ends").fill("12:30")
    dialog.get_by_role("button", name="Move", exact=True).click()
    expect(page.locator(".toast-note")).to_contain_text("12:30 PM")


def test_every_width_in_light_and_dark(desk, scene):
    session = scene.url()
    tomorrow = (scene.day + timedelta(days=1)).isoformat()
    pages = [
        session,
        f"{session}move/?starts=14:00&room={scene.garden.public_id}",
        f"{session}cancel/",
        f"{session}combine/",
        f"/sessions/{scene.program.public_id}/add/",
        f"/sessions/{scene.program.public_id}/add/?group={scene.group.public_id}&held_on={tomorrow}",
    ]
    page = desk(session)
    for width, scheme in itertools.product(WIDTHS, SCHEMES):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for url in pages:
            page.goto(url)
            assert_looks_right(page, f"{url}, {width} px, {scheme}")
